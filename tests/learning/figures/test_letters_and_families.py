"""Figures about letters, and about families who were not heard: what they count and what they hide."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from audit_pages.models import LetterPage
from learning.figures import families, recognising
from learning.figures.figure import Figure
from learning.figures.scope import scope_up_to
from learning.models import AuditCycle, AuditSubmission, GoodPracticeLetter, StaffMember
from learning.people.roles import Role
from learning.programme.states import CycleState
from learning.suppression.rows import NOT_SHOWN
from learning.vocabulary.models import Theme
from tests.learning.audit import a_cycle, a_letter, a_person, audited_cases

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def words(figure: Figure) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in figure.table}


@pytest.fixture
def closed(db: None) -> AuditCycle:
    cycle = a_cycle("2031-Q1", CycleState.CLOSED, TODAY - timedelta(days=90))
    AuditCycle.objects.filter(pk=cycle.pk).update(closed_at=timezone.now() - timedelta(days=10))
    return AuditCycle.objects.get(pk=cycle.pk)


# --- Letters ---------------------------------------------------------------------------------------------


@pytest.fixture
def letters(closed: AuditCycle, person: Any) -> list[GoodPracticeLetter]:
    """Seven letters, of which six were sent before the cycle closed."""
    return seven_letters(closed, person(Role.SENIOR_MANAGER), before=6)


def seven_letters(
    cycle: AuditCycle, writer: StaffMember, *, before: int
) -> list[GoodPracticeLetter]:
    """Seven letters, of which so many were sent before the cycle closed."""
    audits = audited_cases(cycle, 7, worker=a_person("Wendy"))
    found = [a_letter(_fresh(audit), writer=writer) for audit in audits[:before]]
    AuditCycle.objects.filter(pk=cycle.pk).update(closed_at=timezone.now())
    return found + [a_letter(_fresh(audit), writer=writer) for audit in audits[before:]]


def _fresh(audit: AuditSubmission) -> AuditSubmission:
    return AuditSubmission.objects.get(pk=audit.pk)


def test_what_was_sent_is_counted_up_to_the_day_of_closing(
    closed: AuditCycle, letters: list[GoodPracticeLetter]
) -> None:
    shown = words(recognising.letters_of_thanks(scope_up_to(None, TODAY)))
    assert shown["2031-Q1"] == ["6", "0"]


def test_few_letters_are_not_counted_out(closed: AuditCycle, person: Any) -> None:
    seven_letters(closed, person(Role.SENIOR_MANAGER), before=2)
    shown = words(recognising.letters_of_thanks(scope_up_to(None, TODAY)))
    assert shown["2031-Q1"][0] == "fewer than 5"


def test_nothing_is_counted_while_letters_are_being_sent(
    closed: AuditCycle, letters: list[GoodPracticeLetter]
) -> None:
    AuditCycle.objects.filter(pk=closed.pk).update(state=CycleState.LEARNING_PUBLISHED)
    assert "2031-Q1" not in words(recognising.letters_of_thanks(scope_up_to(None, TODAY)))


def test_themes_are_those_of_published_pages_only(
    closed: AuditCycle, letters: list[GoodPracticeLetter]
) -> None:
    scope = scope_up_to(None, TODAY)
    assert recognising.themes_of_good_work(scope).is_empty
    pages = list(LetterPage.objects.live().order_by("pk")[:7])
    for letter, page in zip(letters, pages, strict=True):
        GoodPracticeLetter.objects.filter(pk=letter.pk).update(page=page)
    carried = Counter(theme.label for page in pages for theme in page.themes.all())
    shown = words(recognising.themes_of_good_work(scope_up_to(None, TODAY)))
    assert shown == {label: [str(count)] for label, count in carried.items() if count > 1} != {}
    LetterPage.objects.filter(pk__in=[page.pk for page in pages]).update(live=False)
    assert recognising.themes_of_good_work(scope_up_to(None, TODAY)).is_empty


# --- Families --------------------------------------------------------------------------------------------


def ask(audits: list[AuditSubmission], *outcomes: tuple[str, str, int]) -> None:
    """So many of each were asked with this outcome, spread over the audits."""
    turn = 0
    for asked, state, count in outcomes:
        for _ in range(count):
            audit = audits[turn % len(audits)]
            audit.family_feedback.create(asked=asked, state=state, due_date=TODAY)
            turn += 1


def reasons_of(cycle: AuditCycle) -> list[list[str]]:
    return list(words(families.why_not_heard(scope_up_to(cycle, TODAY))).values())


def test_reasons_are_counted_where_each_is_large(closed: AuditCycle) -> None:
    audits = audited_cases(closed, 24)
    ends = ("declined", "not_safe", "not_reached", "not_appropriate")
    heard = ("parent_or_carer", "incorporated", 20)
    ask(audits, heard, *(("parent_or_carer", end, 5 + n) for n, end in enumerate(ends)))
    assert reasons_of(closed) == [["5"], ["6"], ["7"], ["8"]]


def test_one_small_reason_hides_another(closed: AuditCycle) -> None:
    """The sum of those who were not heard is known from the figure beside it."""
    audits = audited_cases(closed, 24)
    ask(
        audits,
        ("parent_or_carer", "incorporated", 20),
        ("parent_or_carer", "declined", 9),
        ("parent_or_carer", "not_safe", 2),
        ("parent_or_carer", "not_reached", 6),
        ("parent_or_carer", "not_appropriate", 7),
    )
    assert reasons_of(closed) == [["9"], [NOT_SHOWN], [NOT_SHOWN], ["7"]]


def test_reasons_do_not_tell_how_many_children_were_not_heard(closed: AuditCycle) -> None:
    """“Nearly all of 12” hides that three children were not heard. The reasons add up to all who were not,
    and the figure beside them says how many parents: the rest would be those three."""
    audits = audited_cases(closed, 24)
    ends = ("declined", "not_safe", "not_reached", "not_appropriate")
    ask(
        audits,
        ("child", "incorporated", 9),
        ("child", "declined", 3),
        ("parent_or_carer", "incorporated", 20),
        *(("parent_or_carer", end, 6) for end in ends),
    )
    voice = words(families.family_voice(scope_up_to(closed, TODAY)))
    assert voice["Child"] == ["nearly all of 12 asked"]
    assert reasons_of(closed) == [[NOT_SHOWN]] * 4


def test_agreement_does_not_tell_how_many_children_were_heard(closed: AuditCycle) -> None:
    """Two children and six young people in eight audits: eight less “6 of 6” would be the two children."""
    audits = audited_cases(closed, 24)
    ask(audits, ("child", "incorporated", 2), ("young_person", "incorporated", 6))
    for audit in audits[2:8]:
        for feedback in audit.family_feedback.all():
            feedback.raised.create(theme=Theme.objects.get(code="P01"), view="same")
    scope = scope_up_to(closed, TODAY)
    assert words(families.family_voice(scope))["Child"] == ["fewer than 5 asked"]
    assert words(families.family_voice(scope))["Young person or care leaver"][0].startswith(
        "6 of 6"
    )
    (row,) = families.family_agreement(scope).table
    assert row[1:4] == ["6", "fewer than 5", "fewer than 5"]
    ask(audits[8:], ("child", "incorporated", 4))
    assert (
        families.family_agreement(scope_up_to(closed, TODAY)).table[0][1] == "6 of 12 audits (50%)"
    )


def test_families_are_counted_only_when_all_have_been_asked(closed: AuditCycle) -> None:
    """While some are still asked, today's number less yesterday's would be one family's."""
    ask(audited_cases(closed, 20), ("parent_or_carer", "incorporated", 12))
    later = a_cycle("2031-Q2", CycleState.FAMILY_FEEDBACK, TODAY - timedelta(days=9))
    ask(audited_cases(later, 20), ("parent_or_carer", "incorporated", 7))
    scope = scope_up_to(None, TODAY)
    for make in (families.family_voice, families.why_not_heard):
        assert "2031-Q1" in make(scope).description
    assert words(families.family_voice(scope))["Parent or carer"] == ["12 of 12 asked (100%)"]


@pytest.mark.parametrize("role", [Role.FRONT_LINE, Role.BOARD_MEMBER, Role.EDITOR], ids=str)
def test_everybody_finds_them(
    sign_in: Callable[..., Any],
    role: Role,
    letters: list[GoodPracticeLetter],
    person: Callable[[Role], StaffMember],
) -> None:
    client = sign_in(role)
    page, taken = (client.get(f"/audits/figures/{end}").content.decode() for end in ("", "csv/"))
    assert "Letters of thanks, cycle by cycle" in page
    assert "Letters of thanks, cycle by cycle" in taken
    assert "Wendy" not in page + taken
