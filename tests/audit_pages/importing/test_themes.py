"""Themes are suggested by a finding's words, and are its own once an editor confirms them."""

from typing import Any

import pytest
from django.urls import reverse

from audit_pages.importing.models import ThemeTag
from audit_pages.importing.suggesting import phrases_of, suggest_themes, themes_in
from audit_pages.publishing.records import record_changed, record_of
from learning.vocabulary.models import Theme
from tests.audit_pages.importing.conftest import approve, finding, page_of

pytestmark = pytest.mark.django_db

TEXT = "Children living with domestic abuse wait for direct work."


def codes(text: str) -> list[str]:
    themes = Theme.objects.all()
    by_id = {theme.pk: theme.code for theme in themes}
    return [by_id[pk] for pk in themes_in(text, phrases_of(themes))]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Fathers are seldom seen.", "P04"),
        ("A father’s views were missing.", "P04"),
        ("Reflective supervision is rare.", "P16"),
        ("The impact of domestic abuse on children", "R02"),
    ],
)
def test_whole_names_suggest_their_theme(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Decisions are recorded by managers.", "P10"),
        ("Signs of safety are used.", "O01"),
        ("Chapters are missing.", "R11"),
        ("The grandfathered scheme", "P04"),
    ],
)
def test_look_alikes_do_not(text: str, code: str) -> None:
    assert code not in codes(text)


def test_a_text_gets_four_themes_at_most() -> None:
    everything = ". ".join(theme.also_called[0] for theme in Theme.objects.all()[:30])

    assert len(codes(everything)) == 4


def test_suggestions_are_no_themes_until_they_are_confirmed(
    json_lines: Any, load: Any, lead: Any, client_of: Any
) -> None:
    approve(load(json_lines(finding(1, TEXT)))["batch"], lead)
    page = page_of("EX001")
    record = record_of(page.pk)
    assert set(record.suggested_themes) == {"P02", "R02"}
    assert record.themes == ()

    told = change(client_of(lead), "confirm", tags_of(page, "R02"))

    record = record_of(page.pk)
    assert (record.themes, record.suggested_themes) == (("R02",), ("P02",))
    assert ThemeTag.objects.get(page=page, theme__code="R02").confirmed_by == lead
    assert [page.pk] in told


def tags_of(page: Any, *themes: str) -> list[int]:
    return list(
        ThemeTag.objects.filter(page=page, theme__code__in=themes).values_list("pk", flat=True)
    )


def change(client: Any, step: str, entries: list[int], **query: str) -> list[list[int]]:
    """What was told to readers of records while this was pressed."""
    told: list[list[int]] = []

    def hear(page_ids: list[int], **kwargs: Any) -> None:
        told.append(page_ids)

    record_changed.connect(hear)
    try:
        address = reverse("imports:themes", query=query)
        client.post(address, {"step": step, "entry": entries}, follow=True)
    finally:
        record_changed.disconnect(hear)
    return told


def test_what_is_turned_down_does_not_come_back(
    json_lines: Any, load: Any, lead: Any, editor: Any, client_of: Any
) -> None:
    approve(load(json_lines(finding(1, TEXT)))["batch"], lead)
    page = page_of("EX001")
    change(client_of(editor), "dismiss", tags_of(page, "P02"))

    approve(load(json_lines(finding(1, TEXT + " And direct work helps.")))["batch"], lead)
    suggest_themes({page.pk: TEXT})

    assert record_of(page.pk).suggested_themes == ("R02",)


def test_a_theme_that_was_turned_down_can_be_suggested_again(
    json_lines: Any, load: Any, editor: Any, client_of: Any
) -> None:
    load(json_lines(finding(1, TEXT)))
    page, client = page_of("EX001"), client_of(editor)
    change(client, "dismiss", tags_of(page, "P02"))
    shown = client.get(reverse("imports:themes", query={"state": "dismissed"}))
    (entry,) = [e.pk for e in shown.context["entries"] if e.page_id == page.pk]

    change(client, "suggest", [entry], state="dismissed")

    assert tags_of(page, "P02")


def test_a_changed_text_changes_its_suggestions_when_it_goes_live(
    json_lines: Any, load: Any, lead: Any, editor: Any, client_of: Any
) -> None:
    approve(load(json_lines(finding(1, TEXT)))["batch"], lead)
    page = page_of("EX001")
    change(client_of(editor), "confirm", tags_of(page, "R02"))
    second = load(json_lines(finding(1, "Reflective supervision is rare.")))["batch"]
    assert set(page_of("EX001").suggested_theme_list) == set(Theme.objects.filter(code="P02"))

    approve(second, lead)

    assert record_of(page.pk).themes == ("R02",)
    assert record_of(page.pk).suggested_themes == ("P16",)


def test_many_are_confirmed_at_once_by_a_filter(
    json_lines: Any, load: Any, editor: Any, client_of: Any
) -> None:
    load(json_lines(*[finding(n, f"{TEXT} {n}") for n in range(1, 71)]))
    load(json_lines(finding(1, TEXT, published="2015-01-01")), source="Elsewhere")

    change(client_of(editor), "confirm_all", [], theme="R02", year="2021")

    confirmed = ThemeTag.objects.filter(is_confirmed=True)
    assert confirmed.count() == 70
    assert {tag.theme.code for tag in confirmed} == {"R02"}


def test_everything_is_never_confirmed_without_a_filter(
    json_lines: Any, load: Any, editor: Any, client_of: Any
) -> None:
    load(json_lines(finding(1, TEXT)))

    change(client_of(editor), "confirm_all", [])

    assert not ThemeTag.objects.filter(is_confirmed=True, page=page_of("EX001")).exists()


def test_the_list_shows_the_words_and_narrows_by_source_and_year(
    json_lines: Any, load: Any, editor: Any, client_of: Any
) -> None:
    load(json_lines(finding(1, TEXT)))
    load(json_lines(finding(2, TEXT, published="2015-01-01")), source="Elsewhere")
    client = client_of(editor)

    def pages(**query: str) -> set[int]:
        shown = client.get(reverse("imports:themes", query=query))
        assert TEXT in shown.content.decode()
        return {entry.page_id for entry in shown.context["entries"]}

    here, elsewhere = page_of("EX001").pk, page_of("EX002", "Elsewhere").pk
    assert {here, elsewhere} <= pages()
    assert pages(source="Elsewhere") == {elsewhere}
    assert elsewhere in pages(year="2015")
    assert here not in pages(year="2015")
    assert here in pages(theme="R02", year="2021")


def test_others_do_not_decide_on_themes(json_lines: Any, load: Any, client_of: Any) -> None:
    from learning.people.roles import Role
    from tests.audit_pages.importing.conftest import make_person

    load(json_lines(finding(1, TEXT)))
    page = page_of("EX001")

    change(client_of(make_person("Stan", Role.QA_OFFICER)), "confirm", tags_of(page, "R02"))

    assert not ThemeTag.objects.filter(page=page, is_confirmed=True).exists()


def test_the_list_asks_the_database_no_more_for_more_rows(
    json_lines: Any, load: Any, editor: Any, client_of: Any, django_assert_max_num_queries: Any
) -> None:
    client = client_of(editor)
    load(json_lines(finding(1, TEXT)))
    with django_assert_max_num_queries(60) as for_few:
        client.get(reverse("imports:themes"))
    load(json_lines(*[finding(n, f"{TEXT} {n}") for n in range(2, 40)]))
    with django_assert_max_num_queries(len(for_few)):
        client.get(reverse("imports:themes"))
