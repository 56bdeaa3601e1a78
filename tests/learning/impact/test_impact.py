"""Whether it made a difference: who says so, what the counts can bear, and what others may see of them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from learning.figures.figure import Figure
from learning.figures.following import by_status
from learning.figures.scope import scope_up_to
from learning.impact.comparing import Share, Verdict, difference, verdict
from learning.impact.models import ImpactAssessment, ImpactTest, SystemChange
from learning.impact.services import ImpactNotPossible, assess_impact
from learning.impact.states import ImpactStatus
from learning.models import AuditCycle, OpeningStatement, Recommendation
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.programme.states import CycleState
from learning.recommendations.states import DerivedStatus
from learning.selection.states import CaseState
from learning.submissions.grants import grant_to_pair
from tests.learning.audit import (
    a_cycle,
    a_pair,
    a_recommendation,
    a_sampled_case,
    a_submission,
)
from tests.learning.recommendations.conftest import a_colleague

pytestmark = pytest.mark.django_db

LEDGER = reverse("impact:ledger")
CANARY = "kestrelquarry"


@pytest.fixture
def later() -> AuditCycle:
    return a_cycle("2031-Q3", state=CycleState.PLANNED)


@pytest.fixture
def carried_out(person: Callable[[Role], StaffMember], later: AuditCycle) -> Recommendation:
    first = a_cycle("2031-Q1")
    for _ in range(AUDITED):
        a_sampled_case(first, state=CaseState.COMPLETE)
    return a_recommendation(
        owner=person(Role.LINE_MANAGER), cycle=first, state="closed", level="service"
    )


def url(name: str, recommendation: Recommendation) -> str:
    return reverse(f"impact:{name}", args=[recommendation.ref])


AUDITED = 24
"""How many audits each cycle of these tests makes."""


def begin(cycle: AuditCycle) -> None:
    AuditCycle.objects.filter(pk=cycle.pk).update(state=CycleState.REPORTING)
    for _ in range(AUDITED):
        a_sampled_case(cycle, state=CaseState.COMPLETE)


def an_assessment(status: str, *counts: int) -> dict[str, Any]:
    """What the form sends: before seen and of, now seen and of."""
    names = ("before_seen", "before_of", "after_seen", "after_of")
    return {
        "status": status,
        "words": "More families know who comes.",
        **dict(zip(names, counts, strict=False)),
    }


@pytest.fixture
def planned(
    carried_out: Recommendation, later: AuditCycle, sign_in: Callable[..., Client]
) -> ImpactTest:
    form = {"cycle": later.pk, "question": "In how many does the plan name who comes?"}
    assert sign_in(Role.LEAD_QA).post(url("plan", carried_out), form).status_code == 302
    return ImpactTest.objects.get()


def test_the_story_of_one_recommendation(
    planned: ImpactTest,
    carried_out: Recommendation,
    later: AuditCycle,
    sign_in: Callable[..., Client],
) -> None:
    lead, board = sign_in(Role.LEAD_QA), sign_in(Role.BOARD_MEMBER)
    today = timezone.localdate()
    change = {
        "words": "The form now asks who comes.",
        "changed_on_day": today.day,
        "changed_on_month": today.month,
        "changed_on_year": today.year,
    }
    assert lead.post(url("record_change", carried_out), change).status_code == 302
    assert "Not yet tested" in board.get(LEDGER).text
    assert "still to come" in lead.post(
        url("assess", carried_out), an_assessment("established", 6, 24, 18, 24)
    ).text  # fmt: skip
    begin(later)
    answer = lead.post(url("assess", carried_out), an_assessment("established", 6, 24, 18, 24))
    assert answer.status_code == 302
    page = board.get(LEDGER).text
    for words in (
        "The form now asks who comes.",
        "Asked again in 2031-Q3",
        "6 of 24 audits",
        "18 of 24 audits",
        Verdict.MORE.value,
        "Change established",
    ):
        assert words in page, words


@pytest.mark.parametrize(
    ("status", "counts", "is_said"),
    [
        ("established", (9, 24, 12, 24), False),
        ("deteriorated", (12, 24, 9, 24), False),
        ("emerging", (9, 24, 12, 24), True),
        ("no_change", (9, 24, 12, 24), True),
        ("too_early", (), True),
        ("established", (), False),
        ("emerging", (), True),
        ("established", (18, 24, 4, 24), False),
        ("emerging", (18, 24, 4, 24), False),
        ("deteriorated", (18, 24, 4, 24), True),
        ("deteriorated", (4, 24, 18, 24), False),
        ("established", (4, 24, 18, 24), True),
        ("sustained", (4, 24, 18, 24), False),
        ("not_yet_tested", (), False),
        ("established", (4, 24, 18), False),
        ("established", (4, 24, 25, 24), False),
        ("too_early", (0, 0, 0, 0), False),
    ],
)
def test_a_word_says_no_more_than_the_counts_can_bear(
    status: str,
    counts: tuple[int, ...],
    is_said: bool,
    planned: ImpactTest,
    carried_out: Recommendation,
    sign_in: Callable[..., Client],
) -> None:
    begin(planned.cycle)
    answer = sign_in(Role.QA_OFFICER).post(
        url("assess", carried_out), an_assessment(status, *counts)
    )
    assert answer.status_code == (302 if is_said else 422)
    assert ImpactAssessment.objects.exists() is is_said


def test_sustained_needs_an_earlier_test_that_established_it(
    planned: ImpactTest, carried_out: Recommendation, sign_in: Callable[..., Client]
) -> None:
    lead = sign_in(Role.LEAD_QA)
    begin(planned.cycle)
    lead.post(url("assess", carried_out), an_assessment("established", 4, 24, 18, 24))
    second = a_cycle("2032-Q1", state=CycleState.PLANNED)
    lead.post(url("plan", carried_out), {"cycle": second.pk, "question": "Still?"})
    begin(second)
    answer = lead.post(url("assess", carried_out), an_assessment("sustained", 4, 24, 19, 24))
    assert answer.status_code == 302


def test_nobody_assesses_their_own_and_others_not_at_all(
    later: AuditCycle, person: Callable[[Role], StaffMember], sign_in: Callable[..., Client]
) -> None:
    officer = person(Role.QA_OFFICER)
    own = a_recommendation(owner=officer, cycle=a_cycle("2031-Q1"), state="closed", level="service")
    ImpactTest.objects.create(
        recommendation=own, cycle=later, question="?", planned_by=person(Role.LEAD_QA)
    )
    begin(later)
    form = an_assessment("emerging")
    for role in Role:
        if role not in (Role.LEAD_QA, Role.QA_OFFICER):
            assert sign_in(role).post(url("assess", own), form).status_code == 403, role
    assert sign_in(officer).post(url("assess", own), form).status_code == 403
    assert not ImpactAssessment.objects.exists()
    assert sign_in(Role.LEAD_QA).post(url("assess", own), form).status_code == 302


def test_only_what_was_carried_out_is_tested_and_in_a_later_cycle(
    later: AuditCycle, person: Callable[[Role], StaffMember], sign_in: Callable[..., Client]
) -> None:
    lead = sign_in(Role.LEAD_QA)
    row = a_recommendation(
        owner=person(Role.LINE_MANAGER), cycle=later, state="in_progress", level="service"
    )
    form = {"cycle": a_cycle("2032-Q1", state=CycleState.PLANNED).pk, "question": "Is it?"}
    assert "verified" in lead.post(url("plan", row), form, follow=True).text
    Recommendation.objects.filter(pk=row.pk).update(state="verified")
    earlier = a_cycle("2031-Q1", state=CycleState.PLANNED)
    for wrong in (earlier, later, a_cycle("2032-Q2", state=CycleState.REPORTING)):
        assert lead.post(url("plan", row), {**form, "cycle": wrong.pk}).status_code == 422
    assert lead.post(url("plan", row), form).status_code == 302
    assert lead.post(url("plan", row), form).status_code == 422
    assert not SystemChange.objects.exists()


def test_small_counts_and_their_intervals_are_for_the_qa_office_alone(
    planned: ImpactTest, carried_out: Recommendation, sign_in: Callable[..., Client]
) -> None:
    begin(planned.cycle)
    lead = sign_in(Role.LEAD_QA)
    lead.post(url("assess", carried_out), an_assessment("established", 3, 24, 22, 24))
    assert "3 of 24 audits" in lead.get(LEDGER).text
    for role in (Role.BOARD_MEMBER, Role.SENIOR_MANAGER, Role.LINE_MANAGER):
        page = sign_in(role).get(LEDGER).text
        assert "fewer than 5 of 24 audits" in page
        assert "nearly all of 24 audits" in page
        assert "3 of 24" not in page
        assert "22 of 24" not in page
        assert "likely" not in page, "an interval gives its count away"


def test_words_about_one_case_do_not_stand_in_the_ledger(
    person: Callable[[Role], StaffMember], sign_in: Callable[..., Client]
) -> None:
    row = a_recommendation(owner=person(Role.LINE_MANAGER), state="verified")
    Recommendation.objects.filter(pk=row.pk).update(action=CANARY)
    page = sign_in(Role.LEAD_QA).get(LEDGER).text
    assert row.ref in page
    assert CANARY not in page
    assert row.ref not in sign_in(Role.BOARD_MEMBER).get(LEDGER).text


def test_the_database_keeps_an_assessment_honest(planned: ImpactTest) -> None:
    lead = planned.planned_by
    for wrong in (
        {"status": "not_yet_tested"},
        {"status": "emerging", "before_seen": 5, "before_of": 4, "after_seen": 1, "after_of": 4},
        {"status": "emerging", "before_seen": 5},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ImpactAssessment.objects.create(test=planned, words="x", assessed_by=lead, **wrong)


def test_the_intervals_are_those_of_the_literature() -> None:
    """Newcombe 1998, table II: 56/70 against 48/80, method 10 gives 0.0524 to 0.3339."""
    low, high = difference(Share(48, 80), Share(56, 70))
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)
    low, high = Share(9, 24).interval
    assert (round(low, 3), round(high, 3)) == (0.212, 0.573)


def test_a_verdict_does_not_depend_on_who_comes_first() -> None:
    swapped = {
        Verdict.MORE: Verdict.FEWER,
        Verdict.FEWER: Verdict.MORE,
        Verdict.CANNOT_TELL: Verdict.CANNOT_TELL,
    }
    pairs = [(seen, of) for of in (5, 12, 24) for seen in range(of + 1)]
    for before in pairs:
        assert verdict(before, before) == Verdict.CANNOT_TELL
        for after in pairs:
            assert verdict(after, before) == swapped[verdict(before, after)]


def test_the_ledger_s_queries_do_not_grow(
    planned: ImpactTest, carried_out: Recommendation, sign_in: Callable[..., Client]
) -> None:
    client = sign_in(Role.LEAD_QA)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(LEDGER).status_code == 200
        return len(asked)

    client.get(LEDGER)
    few = queries()
    for _ in range(24):
        row = a_recommendation(
            owner=carried_out.owner, cycle=carried_out.cycle, state="closed", level="team"
        )
        ImpactTest.objects.create(
            recommendation=row, cycle=planned.cycle, question="?", planned_by=planned.planned_by
        )
    assert queries() <= few
    assert few <= 14


def test_a_test_waits_in_my_work_of_the_office_once_its_cycle_has_been(
    planned: ImpactTest, carried_out: Recommendation, sign_in: Callable[..., Client]
) -> None:
    my_work, title = reverse("home:my_work"), f"Assess what 2031-Q3 showed about {carried_out.ref}"
    assert title not in sign_in(Role.LEAD_QA).get(my_work).text
    begin(planned.cycle)
    assert title in sign_in(Role.LEAD_QA).get(my_work).text
    assert title not in sign_in(Role.LINE_MANAGER).get(my_work).text
    sign_in(Role.QA_OFFICER).post(url("assess", carried_out), an_assessment("too_early"))
    assert title not in sign_in(Role.LEAD_QA).get(my_work).text


@pytest.mark.parametrize("counts", [(6, 25, 18, 24), (6, 24, 18, 25), (100, 2400, 200, 2400)])
def test_no_more_audits_are_counted_than_were_made(
    counts: tuple[int, ...],
    planned: ImpactTest,
    carried_out: Recommendation,
    sign_in: Callable[..., Client],
) -> None:
    begin(planned.cycle)
    a_sampled_case(planned.cycle, state=CaseState.EXCLUDED)
    lead = sign_in(Role.LEAD_QA)
    answer = lead.post(url("assess", carried_out), an_assessment("established", *counts))
    assert answer.status_code == 422
    assert "more audits than were made" in answer.text and ": 24." in answer.text
    assert lead.post(
        url("assess", carried_out), an_assessment("established", 6, 24, 18, 24)
    ).status_code == 302  # fmt: skip


@pytest.mark.parametrize("state", [CycleState.CANCELLED, CycleState.POSTPONED])
def test_a_cycle_that_does_not_take_place_shows_nothing_and_a_later_one_is_offered(
    state: CycleState,
    planned: ImpactTest,
    carried_out: Recommendation,
    sign_in: Callable[..., Client],
) -> None:
    lead = sign_in(Role.LEAD_QA)
    AuditCycle.objects.filter(pk=planned.cycle.pk).update(state=state)
    answer = lead.get(url("assess", carried_out), follow=True)
    assert "No test waits" in answer.text
    assert "does not take place as planned" in answer.text
    assert "Assess what it showed" not in answer.text
    with pytest.raises(ImpactNotPossible, match="asked nothing"):
        assess_impact(
            test=planned,
            before=None,
            after=None,
            status=ImpactStatus.TOO_EARLY,
            words="x",
            assessed_by=planned.planned_by,
        )
    second = a_cycle("2032-Q1", state=CycleState.PLANNED)
    lead.post(url("plan", carried_out), {"cycle": second.pk, "question": "Still?"})
    begin(second)
    assert "What 2032-Q1 showed" in lead.get(url("assess", carried_out)).text


def test_the_pairs_of_the_cycle_are_asked_where_they_write(
    planned: ImpactTest, sign_in: Callable[..., Client]
) -> None:
    pair = a_pair(planned.cycle, a_colleague("Ada"), a_colleague("Ben"))
    submission = a_submission(a_sampled_case(planned.cycle, pair=pair), "reading")
    other = a_pair(a_cycle("2031-Q2"), a_colleague("Cy"), a_colleague("Di"))
    elsewhere = a_submission(a_sampled_case(other.cycle, pair=other), "reading")
    section = submission.form.sections.first()
    for written, who, is_asked in ((submission, pair, True), (elsewhere, other, False)):
        client = sign_in(who.people[0])
        grant_to_pair(submission=written, granted_by=planned.planned_by)
        OpeningStatement.objects.create(submission=written, person=who.people[0])
        for address in (
            reverse("submissions:show", args=[written.case.ref]),
            reverse("submissions:section", args=[written.case.ref, section.key]),
            reverse("programme:cycle", args=[written.case.cycle.ref]),
        ):
            page = client.get(address)
            assert page.status_code == 200, address
            assert (planned.question in page.text) is is_asked, address
    cycle_page = reverse("programme:cycle", args=[planned.cycle.ref])
    assert planned.question in sign_in(Role.QA_OFFICER).get(cycle_page).text
    assert planned.question not in sign_in(Role.FRONT_LINE).get(cycle_page).text


def test_a_question_with_a_number_of_somebody_in_it_is_not_planned(
    carried_out: Recommendation, later: AuditCycle, sign_in: Callable[..., Client]
) -> None:
    form = {"cycle": later.pk, "question": "Does 943 476 5919 know who comes?"}
    for _ in range(2):
        answer = sign_in(Role.LEAD_QA).post(url("plan", carried_out), form)
        assert answer.status_code == 422
        looked_at = re.search(r'name="looked_at" value="([^"]+)"', answer.text)
        form["looked_at"] = looked_at[1] if looked_at else ""
    assert "Every pair of the cycle reads the question" in answer.text
    assert not ImpactTest.objects.exists()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ((), "Impact pending"),
        (("emerging", 9, 24, 12, 24), "Impact pending"),
        (("too_early",), "Impact pending"),
        (("established", 4, 24, 18, 24), "Impact shown"),
        (("no_change", 9, 24, 12, 24), "Verified"),
        (("deteriorated", 18, 24, 4, 24), "Verified"),
    ],
)
def test_a_status_follows_from_what_tests_have_shown(
    said: tuple[Any, ...],
    shown: str,
    planned: ImpactTest,
    carried_out: Recommendation,
    sign_in: Callable[..., Client],
) -> None:
    """On its page, in the register and its tabs, in what boards oversee and in the figure alike."""
    begin(planned.cycle)
    lead = sign_in(Role.LEAD_QA)
    if said:
        assert lead.post(url("assess", carried_out), an_assessment(*said)).status_code == 302
    tag = f">{shown}</strong>"
    for address in (
        carried_out.get_absolute_url(),
        reverse("recommendations:register"),
        reverse("recommendations:register") + f"?status={DerivedStatus(as_status(shown))}",
        reverse("reports:oversight"),
    ):
        assert tag in lead.get(address).text, address
    others = {"Impact pending", "Impact shown", "Verified"} - {shown}
    for other in others:
        address = reverse("recommendations:register") + f"?status={as_status(other)}"
        assert tag not in lead.get(address).text
    figure = by_status(scope_up_to(planned.cycle, timezone.localdate()))
    counted = dict(zip(figure.columns, ["Service", *words_of(figure)], strict=True))
    assert [counted[status] for status in (shown, *others)] == ["1", "0", "0"]
    assert Recommendation.objects.get(pk=carried_out.pk).status().label == shown


def as_status(label: str) -> str:
    return label.lower().replace(" ", "_")


def words_of(figure: Figure) -> list[str]:
    return next(row[1:] for row in figure.table if row[0] == "Service")


def test_a_test_of_a_cancelled_cycle_leaves_the_status_as_it_was(
    planned: ImpactTest, carried_out: Recommendation
) -> None:
    assert carried_out.status() == DerivedStatus.IMPACT_PENDING
    AuditCycle.objects.filter(pk=planned.cycle.pk).update(state=CycleState.CANCELLED)
    fresh = Recommendation.objects.get(pk=carried_out.pk)
    assert fresh.status() == DerivedStatus.VERIFIED


def test_an_empty_ledger_says_what_will_stand_there(sign_in: Callable[..., Client]) -> None:
    assert "Nothing stands in the ledger yet" in sign_in(Role.BOARD_MEMBER).get(LEDGER).text
