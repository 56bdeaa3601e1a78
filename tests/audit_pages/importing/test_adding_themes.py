"""Editors add themes that nobody suggested, and have all findings looked at anew."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit_pages.importing import resuggesting
from audit_pages.importing.models import DismissedTheme, SuggestionRun, ThemeTag
from audit_pages.importing.resuggesting import finish_suggesting, start_suggesting
from audit_pages.publishing.records import record_of
from learning.events.models import Event
from learning.people.roles import Role
from learning.vocabulary.models import Theme
from tests.audit_pages.importing.conftest import approve, finding, make_person, page_of

pytestmark = pytest.mark.django_db

TEXT = "Children living with domestic abuse wait for direct work."
PLAIN = "Nothing here is called by any name."


def press(client: Any, step: str, entries: list[int], *, added: str = "", **query: str) -> str:
    """The page after pressing a button, as it reads."""
    address = reverse("imports:themes", query=query)
    said = {"step": step, "entry": entries, "added": added}
    return client.post(address, said, follow=True).content.decode()


def themes_of(page: Any, **more: Any) -> set[str]:
    return set(ThemeTag.objects.filter(page=page, **more).values_list("theme__code", flat=True))


def tags_of(page: Any) -> list[int]:
    return list(ThemeTag.objects.filter(page=page).values_list("pk", flat=True))


def undecided(page: Any) -> list[int]:
    tags = ThemeTag.objects.filter(page=page, is_confirmed=False)
    return list(tags.values_list("pk", flat=True))


def test_a_theme_is_added_to_all_findings_ticked(
    json_lines: Any, load: Any, lead: Any, editor: Any, client_of: Any
) -> None:
    approve(load(json_lines(finding(1, TEXT), finding(2, TEXT + " Again.")))["batch"], lead)
    first, second = page_of("EX001"), page_of("EX002")

    shown = press(client_of(editor), "add", [*tags_of(first), *tags_of(second)], added="P04")

    assert "added to 2 findings." in shown
    for page in (first, second):
        assert themes_of(page, is_confirmed=True, confirmed_by=editor) == {"P04"}
        assert record_of(page.pk).themes == ("P04",)
    assert Event.objects.filter(action="theme.added", actor_id=editor.pk).count() == 2


def test_findings_without_a_theme_are_listed_and_given_one(
    json_lines: Any, load: Any, editor: Any, client_of: Any
) -> None:
    load(json_lines(finding(1, PLAIN), finding(2, TEXT)))
    client = client_of(editor)
    shown = client.get(reverse("imports:themes", query={"state": "none", "year": "2021"}))
    assert page_of("EX001") in list(shown.context["entries"])
    assert page_of("EX002") not in list(shown.context["entries"])

    press(client, "add", [page_of("EX001").pk], added="P16", state="none")

    assert themes_of(page_of("EX001"), is_confirmed=True) == {"P16"}


def test_a_suggestion_that_is_added_is_confirmed_and_what_was_turned_down_may_be_chosen(
    json_lines: Any, load: Any, editor: Any, client_of: Any
) -> None:
    load(json_lines(finding(1, TEXT)))
    page, client = page_of("EX001"), client_of(editor)
    (turned_down,) = ThemeTag.objects.filter(page=page, theme__code="P02").values_list("pk")
    press(client, "dismiss", list(turned_down))

    press(client, "add", undecided(page), added="P02")
    press(client, "add", undecided(page)[:1], added="R02")

    assert themes_of(page, is_confirmed=True) == {"P02", "R02"}
    assert not DismissedTheme.objects.filter(page=page).exists()


def test_a_fifth_theme_is_refused_and_a_second_time_is_said(
    json_lines: Any, load: Any, editor: Any, client_of: Any
) -> None:
    load(json_lines(finding(1, TEXT)))
    page, client = page_of("EX001"), client_of(editor)
    for code in ("P01", "P03", "P04", "P05"):
        press(client, "add", undecided(page)[:1], added=code)

    assert "1 have four themes" in press(client, "add", undecided(page)[:1], added="P06")
    assert "1 had it already" in press(client, "add", undecided(page)[:1], added="P05")
    assert themes_of(page, is_confirmed=True) == {"P01", "P03", "P04", "P05"}


def test_the_other_buttons_do_without_a_theme_to_add(
    json_lines: Any, load: Any, editor: Any, client_of: Any
) -> None:
    """A browser sends nothing as long as a field that has to be filled is empty."""
    load(json_lines(finding(1, TEXT)))
    shown = client_of(editor).get(reverse("imports:themes")).content.decode()

    assert "required" not in shown[shown.index('name="added"') :].split(">")[0]


@pytest.mark.parametrize(
    ("added", "said"), [("", "Choose the theme to add."), ("Q99", "There is no such theme.")]
)
def test_a_theme_has_to_be_chosen(
    json_lines: Any, load: Any, editor: Any, client_of: Any, added: str, said: str
) -> None:
    load(json_lines(finding(1, TEXT)))

    assert said in press(client_of(editor), "add", tags_of(page_of("EX001")), added=added)


def change_vocabulary() -> None:
    """“Direct work” means nothing any more, and a plain sentence means fathers."""
    direct = Theme.objects.get(code="P02")
    direct.also_called = [name for name in direct.also_called if name != "direct work"]
    direct.save()
    fathers = Theme.objects.get(code="P04")
    fathers.also_called = [*fathers.also_called, "called by any name"]
    fathers.save()


def test_suggesting_again_follows_the_vocabulary_and_leaves_decisions_alone(
    json_lines: Any, load: Any, lead: Any, editor: Any, client_of: Any
) -> None:
    rows = [finding(1, TEXT), finding(2, TEXT + " And so on."), finding(3, PLAIN)]
    approve(load(json_lines(*rows, finding(4, PLAIN + " Again.")))["batch"], lead)
    client = client_of(editor)
    confirmed = ThemeTag.objects.get(page=page_of("EX001"), theme__code="P02")
    press(client, "confirm", [confirmed.pk])
    fathers = Theme.objects.get(code="P04")
    DismissedTheme.objects.create(page=page_of("EX004"), theme=fathers, dismissed_by=editor)
    change_vocabulary()

    client.post(reverse("imports:suggest_anew"))

    assert themes_of(page_of("EX001"), is_confirmed=True) == {"P02"}
    assert themes_of(page_of("EX002")) == {"R02"}
    assert themes_of(page_of("EX003"), is_confirmed=False) == {"P04"}
    assert themes_of(page_of("EX004")) == set()
    run = SuggestionRun.objects.get()
    assert (run.added_count, run.removed_count, run.is_running) == (1, 1, False)
    shown = client.get(reverse("imports:suggest_anew"))
    assert "1 new suggestions, 1 taken off" in shown.content.decode()
    assert "Refresh" not in shown


def test_search_is_told_of_the_pages_that_changed(
    json_lines: Any, load: Any, lead: Any, editor: Any
) -> None:
    approve(load(json_lines(finding(3, PLAIN)))["batch"], lead)
    change_vocabulary()

    finish_suggesting(start_suggesting(by=editor).pk)

    assert record_of(page_of("EX003").pk).suggested_themes == ("P04",)


def test_a_run_that_was_cut_short_goes_on_and_counts_once(
    json_lines: Any, load: Any, editor: Any, client_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(json_lines(*[finding(n, f"{PLAIN} {n}") for n in range(1, 8)]))
    change_vocabulary()
    monkeypatch.setattr(resuggesting, "CHUNK", 3)
    run = start_suggesting(by=editor)
    resuggesting._next_chunk(run.pk)
    shown = client_of(editor).get(reverse("imports:suggest_anew"))
    assert shown["Refresh"] == "2"
    assert "findings looked at." in shown.content.decode()
    SuggestionRun.objects.update(touched_at=timezone.now() - timedelta(minutes=2))
    assert "Go on" in client_of(editor).get(reverse("imports:suggest_anew")).content.decode()

    assert start_suggesting(by=editor) == run, "one run at a time"
    done = finish_suggesting(run.pk)

    assert done.findings_done == done.findings_total
    assert done.added_count == 7
    assert finish_suggesting(run.pk).added_count == 7


@pytest.mark.parametrize("role", [Role.QA_OFFICER, Role.FRONT_LINE, Role.INFORMATION_GOVERNANCE])
def test_others_neither_ask_nor_begin(role: Role, client_of: Any) -> None:
    person = make_person("Otto", role)

    assert client_of(person).post(reverse("imports:suggest_anew")).status_code in (302, 403)
    with pytest.raises(PermissionDenied):
        start_suggesting(by=person)
    assert not SuggestionRun.objects.exists()


@pytest.mark.parametrize("state", ["suggested", "none"])
def test_a_long_list_costs_no_more_queries(
    json_lines: Any, load: Any, editor: Any, client_of: Any, state: str
) -> None:
    text = PLAIN if state == "none" else TEXT
    client, address = client_of(editor), reverse("imports:themes", query={"state": state})

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    load(json_lines(*[finding(n, f"{text} {n}") for n in range(1, 3)]))
    queries()
    few = queries()
    load(json_lines(*[finding(n, f"{text} {n}") for n in range(3, 40)]))
    assert queries() <= few
