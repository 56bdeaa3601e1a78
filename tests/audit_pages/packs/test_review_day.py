"""“Start from the review day template”: twelve steps, filled from what is published."""

from typing import Any

import pytest

from audit_pages.models import (
    FindingPage,
    Pack,
    QuarterlyLearningPage,
    SevenMinuteBriefingPage,
    Slide,
)
from audit_pages.packs.prompts import steps
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.vocabulary.models import Theme


def _start(client: Any, **chosen: Any) -> Pack:
    response = client.post(
        "/packs/new/", {"title": "Our day", "start_from": "review_day", **chosen}
    )
    assert response.status_code == 302
    return Pack.objects.get(title="Our day")


def _by_kind(pack: Pack) -> dict[str, Slide]:
    return {slide.kind: slide for slide in pack.slides.all()}


def test_the_twelve_steps_stand_in_their_order(sign_in: Any, owner: StaffMember) -> None:
    pack = _start(sign_in(owner))

    assert [slide.kind for slide in pack.slides.all()] == list(Slide.TEMPLATE_KINDS)
    assert set(steps()) == set(Slide.TEMPLATE_KINDS)


def test_a_quarter_fills_its_steps(
    sign_in: Any, owner: StaffMember, take_deck: Any, words_of: Any
) -> None:
    client = sign_in(owner)
    pack = _start(client, quarter="2026-Q3")

    learning = QuarterlyLearningPage.objects.get(quarter="2026-Q3")
    slides = _by_kind(pack)
    assert slides[Slide.Kind.WHY_WE_LOOKED].page_id == learning.pk
    assert slides[Slide.Kind.FAMILIES_TOLD_US].chosen_parts == ["what-families-told-us"]
    finding = FindingPage.objects.get(pk=slides[Slide.Kind.GET_BETTER_AT].page_id)
    assert (finding.quarter, finding.statement_kind) == ("2026-Q3", "development_area")
    words = words_of(take_deck(client, pack))
    assert "We reached fewer families" not in words
    assert "Parents expected to be told off" in words
    assert "Tyrell is at infant school, and invented." in words


def test_a_theme_fills_its_steps_and_brings_its_trend(sign_in: Any, owner: StaffMember) -> None:
    theme = Theme.objects.get(code="P04")
    pack = _start(sign_in(owner), theme=theme.pk)

    slides = _by_kind(pack)
    finding = FindingPage.objects.get(pk=slides[Slide.Kind.GET_BETTER_AT].page_id)
    assert theme in finding.theme_list
    kinds = [slide.kind for slide in pack.slides.all()]
    assert kinds.index(Slide.Kind.TREND) == kinds.index(Slide.Kind.GET_BETTER_AT) + 1


def test_promises_are_what_we_will_do_and_never_what_has_changed(
    sign_in: Any, owner: StaffMember
) -> None:
    """domain.md G3, steps 8 and 9: nothing that is published yet says what a test has shown."""
    pack = _start(sign_in(owner), quarter="2026-Q3")

    slides = _by_kind(pack)
    assert slides[Slide.Kind.WE_ASK].chosen_parts == ["what-changes", "what-we-ask-of-you"]
    assert slides[Slide.Kind.WHAT_CHANGED].is_unwritten


def test_a_theme_without_briefing_asks_nothing_in_the_name_of_a_test(
    sign_in: Any, owner: StaffMember, make_finding: Any, take_deck: Any, words_of: Any
) -> None:
    theme = Theme.objects.create(code="Z91", label="A theme of its own", group="practice")
    make_finding(
        title="Plans come late",
        summary="Plans reach families late.",
        themes=[theme],
        what_changes="<p>The service manager gives each plan a day.</p>",
        how_we_will_test="<p>Auditors look at plans again next spring.</p>",
    )
    client = sign_in(owner)
    pack = _start(client, theme=theme.pk)

    asked = pack.slides.filter(kind=Slide.Kind.WE_ASK)
    assert [(slide.heading, slide.chosen_parts) for slide in asked] == [
        ("What the organisation will do", ["what-changes"])
    ]
    assert _by_kind(pack)[Slide.Kind.WHAT_CHANGED].is_unwritten
    words = words_of(take_deck(client, pack))
    assert "The service manager gives each plan a day." in words
    assert "Auditors look at plans again" not in words


def test_both_halves_stand_on_slides_of_their_own_if_two_pages_say_them(
    sign_in: Any, owner: StaffMember
) -> None:
    briefing = SevenMinuteBriefingPage.objects.live().exclude(what_to_do="").first()
    findings = FindingPage.objects.live().exclude(what_changes="")
    theme = next(
        theme
        for theme in briefing.themes.all()
        if findings.filter(themes=theme, statement_kind="development_area").exists()
    )

    pack = _start(sign_in(owner), theme=theme.pk)

    asked = pack.slides.filter(kind=Slide.Kind.WE_ASK)
    assert [(slide.heading, slide.chosen_parts) for slide in asked] == [
        ("What the organisation will do", ["what-changes"]),
        ("What we ask of you", ["what-to-do"]),
    ]


def test_a_quarter_brings_one_figure_of_what_its_finding_is_about(
    sign_in: Any, owner: StaffMember
) -> None:
    pack = _start(sign_in(owner), quarter="2026-Q3")

    slides = list(pack.slides.all())
    figures = [slide for slide in slides if slide.kind == Slide.Kind.TREND]
    finding = FindingPage.objects.get(pk=_by_kind(pack)[Slide.Kind.GET_BETTER_AT].page_id)
    assert [slide.theme for slide in figures] == [finding.theme_list[0]]
    assert slides[slides.index(figures[0]) - 1].kind == Slide.Kind.GET_BETTER_AT


def test_what_one_may_not_read_fills_nothing(
    sign_in: Any, owner: StaffMember, close_to_others: Any
) -> None:
    learning = QuarterlyLearningPage.objects.get(quarter="2026-Q3")
    close_to_others(learning, Role.LEAD_QA)
    client = sign_in(owner)
    assert "2026-Q3" not in client.get("/packs/new/").text

    response = client.post(
        "/packs/new/", {"title": "Our day", "start_from": "review_day", "quarter": "2026-Q3"}
    )

    assert "There is a problem" in response.text
    assert not Pack.objects.exists()


def test_every_theme_can_begin_a_pack(owner: StaffMember) -> None:
    """Themes that few pages or none carry, too."""
    from audit_pages.packs.review_day import start_review_day

    for theme in Theme.objects.filter(code__in=["P04", "R13", "R22", "S09"]):
        pack = start_review_day(owner=owner, title=theme.label, theme=theme)
        assert pack.slides.filter(kind=Slide.Kind.TREND).count() == 1
        assert set(pack.slides.values_list("kind", flat=True)) >= set(Slide.TEMPLATE_KINDS)


def test_an_unwritten_step_says_in_the_file_what_it_is_for(
    sign_in: Any, owner: StaffMember, take_deck: Any, words_of: Any
) -> None:
    client = sign_in(owner)
    pack = _start(client)
    asked = "Still to write. A moment when a colleague saw something differently."
    assert asked in words_of(take_deck(client, pack))

    pack.slides.filter(kind=Slide.Kind.LIGHT_BULB).update(text="She rang the father.")

    words = words_of(take_deck(client, pack))
    assert asked not in words
    assert "She rang the father." in words


@pytest.mark.parametrize("quarter", ["2024-Q4", "2025-Q2", "2026-Q1"])
def test_a_filled_pack_downloads(
    sign_in: Any, owner: StaffMember, quarter: str, take_deck: Any, titles_of: Any
) -> None:
    client = sign_in(owner)
    titles = titles_of(take_deck(client, _start(client, quarter=quarter)))

    assert titles[0] == "Our day"
    assert "What children and parents told us" in titles
    assert len(set(titles)) == len(titles)


def test_a_title_is_asked_for(sign_in: Any, owner: StaffMember) -> None:
    response = sign_in(owner).post("/packs/new/", {"title": " ", "start_from": "empty"})

    assert "Give the pack a title." in response.text
