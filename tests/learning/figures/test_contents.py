"""What each figure says, read as its reader does: counted by hand here, and found in the table there (G1)."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from learning.events.services import record_event
from learning.figures import auditing, following, impact, sample
from learning.figures.figure import Figure
from learning.figures.scope import scope_up_to
from learning.models import AuditCycle, AuditSubmission, Recommendation, Team, Verification
from learning.people.models import JobFamily
from learning.people.roles import Role
from learning.programme.settings import AuditSettings
from learning.programme.states import CycleState
from learning.recommendations.states import Rung
from learning.selection.models import FrameCase, SampledCase
from learning.selection.states import CaseState, ExclusionReason, SelectionRoute
from portal.demo.loader import first_with
from tests.learning.audit import (
    a_cycle,
    a_person,
    a_prepared_person,
    a_recommendation,
    a_sampled_case,
    audited_cases,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def cycle() -> AuditCycle:
    return a_cycle("2031-Q1", CycleState.REPORTING, TODAY - timedelta(days=40))


def words(figure: Figure, label: str) -> list[str]:
    return next(row[1:] for row in figure.table if row[0] == label)


# --- 5 and 10: recommendations -----------------------------------------------------------------------------


def stated(row: Recommendation, *, days_ago: int, accepted: bool | None) -> None:
    """The owner's statement so many days ago, and the answer to it."""
    statement = row.confirmations.create(
        statement="Done",
        completed_on=TODAY,
        evidence="Seen",
        confirmed_by=row.owner,
        confirmed_at=timezone.now() - timedelta(days=days_ago),
    )
    if accepted is not None:
        Verification.objects.create(
            confirmation=statement, is_accepted=accepted, verified_by=first_with(Role.LEAD_QA)
        )


def test_5_only_the_statement_that_stands_counts(cycle: AuditCycle) -> None:
    owner = a_person("Olive")

    def due_long_ago(state: str) -> Recommendation:
        return a_recommendation(owner=owner, cycle=cycle, level="service", state=state, due_in=-9)

    sent_back = due_long_ago("returned")
    stated(sent_back, days_ago=40, accepted=False)
    better = due_long_ago("verified")
    stated(better, days_ago=40, accepted=False)
    stated(better, days_ago=2, accepted=True)
    waiting = due_long_ago("completion_confirmed")
    stated(waiting, days_ago=40, accepted=None)
    figure = following.confirmed_in_time(scope_up_to(cycle, TODAY))
    in_time, late, awaited = words(figure, "Service")
    assert (in_time, late, awaited) == ("1", "1", "1")
    assert "Too few beyond one case have fallen due" in figure.description


def test_5_the_percentage_and_the_follow_ups_for_each(cycle: AuditCycle) -> None:
    owner, on_time = a_person("Olive"), 6
    for number in range(10):
        row = a_recommendation(owner=owner, cycle=cycle, level="team", due_in=-9)
        if number < on_time:
            stated(row, days_ago=40, accepted=True)
        for rung in (Rung.REMINDER, Rung.DUE)[: 2 if number < 5 else 1]:
            row.follow_ups.create(
                rung=rung, for_due_date=row.due_date, due_on=row.due_date, recipient=owner
            )
    description = following.confirmed_in_time(scope_up_to(cycle, TODAY)).description
    assert "60% (6 of 10) were confirmed on or before that date" in description
    assert "Each took 1.5 follow-ups on average." in description


def test_10_the_ledger_tells_the_change_and_who_asks_again(cycle: AuditCycle) -> None:
    before = a_cycle("2030-Q4", CycleState.CLOSED, TODAY - timedelta(days=130))
    advice = a_recommendation(
        owner=a_person("Olive"), cycle=before, level="service", state="closed"
    )
    bare = a_recommendation(owner=advice.owner, cycle=before, level="service")
    lead: Any = before.lead
    advice.system_changes.create(
        words="The form asks who comes.", changed_on=TODAY, recorded_by=lead
    )
    advice.impact_tests.create(cycle=cycle, question="Seen?", planned_by=lead)
    gone = a_cycle("2031-Q2", CycleState.CANCELLED)
    advice.impact_tests.create(cycle=gone, question="Seen?", planned_by=lead)
    figure = impact.impact_ledger(scope_up_to(cycle, TODAY))
    assert figure.columns[-3:] == ("What works differently now", "Asked again in", "Impact")
    assert words(figure, advice.ref)[-3:] == [
        f"Since {TODAY:%-d %B %Y}: The form asks who comes.", "2031-Q1", "Not yet tested",
    ]  # fmt: skip
    assert words(figure, bare.ref)[-3:-1] == ["–", "–"]


# --- 7, 8 and 9: the sample --------------------------------------------------------------------------------


def test_7_the_band_says_what_chance_would_give_and_hides_what_is_small(cycle: AuditCycle) -> None:
    audited_cases(cycle, 20)
    frame = FrameCase.objects.filter(frame__draw__cycle=cycle).first().frame
    main, other = sample.AreaOfWork.objects.filter(is_active=True).exclude(code="child_protection")[
        :2
    ]
    for area, count in ((main, 60), (other, 20)):
        for number in range(count):
            FrameCase.objects.create(frame=frame, pseudonym=f"{area.code}-{number}", area=area)
    figure = sample.coverage(scope_up_to(cycle, TODAY))
    assert words(figure, str(main))[-2:] == ["60%", "7 to 17"]
    hidden = [row for row in figure.table if row[-2] == "not shown"]
    assert hidden and all(row[-1] == "not shown" for row in hidden)


def test_8_a_team_reads_yes_where_one_of_its_cases_was_audited(cycle: AuditCycle) -> None:
    before = a_cycle("2030-Q4", CycleState.CLOSED, TODAY - timedelta(days=130))
    seen, unseen = Team.objects.filter(is_active=True)[:2]
    audited_cases(cycle, 1, team=seen)
    audited_cases(before, 1, team=unseen)
    excluded = a_sampled_case(cycle, state=CaseState.EXCLUDED)
    SampledCase.objects.filter(pk=excluded.pk).update(team=unseen)
    figure = sample.team_coverage(scope_up_to(cycle, TODAY))
    columns = list(figure.columns[1:])
    of_seen = dict(zip(columns, words(figure, seen.name), strict=True))
    of_unseen = dict(zip(columns, words(figure, unseen.name), strict=True))
    assert (of_seen["2030-Q4"], of_seen["2031-Q1"]) == ("no", "yes")
    assert (of_unseen["2030-Q4"], of_unseen["2031-Q1"]) == ("yes", "no")


def test_9_confirmed_in_time_is_by_the_day_asked_for_and_without_exception(
    cycle: AuditCycle,
) -> None:
    notice = timedelta(days=AuditSettings.load().confirm_days_before)
    asked_for: Any = cycle.first_day
    moment = timezone.make_aware(datetime.combine(asked_for - notice, time(12)))
    cases = [audit.case for audit in audited_cases(cycle, 20)]
    for number, case in enumerate(cases):
        late = timedelta(days=1) if number >= 12 else timedelta(0)
        case.recording_confirmations.create(
            confirmed_by=cycle.lead, confirmed_at=moment + late, is_exception=number < 3
        )
        if number < 7:
            case.attendance_confirmations.create(confirmed_by=cycle.lead, confirmed_at=moment)
    for state in (CaseState.EXCLUDED, CaseState.WITHDRAWN) * 3:
        a_sampled_case(cycle, state=state)
    row = words(sample.preparation(scope_up_to(cycle, TODAY)), "2031-Q1")
    assert row == ["9 of 20 audits (45%)", "7 of 20 audits (35%)", "6"]


def test_9_why_cases_were_not_audited_with_few_reasons_hidden(cycle: AuditCycle) -> None:
    for reason, count in (
        (ExclusionReason.WORKER_AWAY, 7),
        (ExclusionReason.CLOSED, 6),
        (ExclusionReason.COURT, 2),
    ):
        for _ in range(count):
            case = a_sampled_case(cycle, state=CaseState.EXCLUDED)
            record_event(
                actor=cycle.lead,
                action="sampledcase.take_out",
                about=case,
                reason=f"{reason.label}: as its team says",
            )
    before = a_cycle("2030-Q4", CycleState.CLOSED, TODAY - timedelta(days=130))
    for of, route in ((before, SelectionRoute.RANDOM), (cycle, SelectionRoute.THEMED)):
        other = a_sampled_case(of, state=CaseState.EXCLUDED)
        SampledCase.objects.filter(pk=other.pk).update(route=route)
        record_event(
            actor=cycle.lead,
            action="sampledcase.take_out",
            about=other,
            reason=f"{ExclusionReason.CLOSED.label}: one more, of another cycle or another draw",
        )
    shown = dict(sample.why_replaced(scope_up_to(cycle, TODAY)).table)
    assert shown[ExclusionReason.CLOSED.label] == "6"
    assert shown[ExclusionReason.COURT.label] == shown[ExclusionReason.WORKER_AWAY.label]
    assert shown[ExclusionReason.COURT.label] == "not shown"
    assert set(shown) == {reason.label for reason in ExclusionReason}


# --- 13, 14 and 15: the audits and those who make them -----------------------------------------------------


def test_13_gaps_count_once_an_audit_of_those_drawn_at_random(cycle: AuditCycle) -> None:
    audits = audited_cases(cycle, 20)
    for audit in audits[:8]:
        for _ in range(2):
            audit.gaps.create(kind="visit", text="They had met.")
    for audit in audits[:2]:
        audit.gaps.create(kind="plan", text="It had changed.")
    for audit in audited_cases(cycle, 6, route=SelectionRoute.THEMED):
        audit.gaps.create(kind="visit", text="They had met.")
    figure = auditing.recording_gaps(scope_up_to(cycle, TODAY))
    place = figure.columns.index("2031-Q1") - 1
    assert words(figure, "A visit or contact")[place] == "8 of 20 audits (40%)"
    assert words(figure, "A plan or change to it")[place] == "fewer than 5 of 20 audits"


@pytest.mark.parametrize(
    ("count", "shown"), [(6, "6 of 20 audits (30%)"), (2, "fewer than 5 of 20 audits")]
)
def test_14_concerns_of_cases_drawn_at_random(cycle: AuditCycle, count: int, shown: str) -> None:
    audits = audited_cases(cycle, 20) + audited_cases(cycle, 3, route=SelectionRoute.THEMED)
    concerned = [audit.pk for audit in (*audits[:count], *audits[20:])]
    AuditSubmission.objects.filter(pk__in=concerned).update(has_immediate_concern=True)
    assert words(auditing.concerns(scope_up_to(cycle, TODAY)), "2031-Q1") == [shown]


def test_15_who_audits_by_kind_of_work_first_timers_and_who_is_prepared(cycle: AuditCycle) -> None:
    kinds = [JobFamily.SOCIAL_WORK] * 7 + [JobFamily.MANAGEMENT] * 6 + [JobFamily.PARTNER] * 2
    for number, kind in enumerate(kinds):
        person = a_prepared_person(f"Aud{number}", job_family=kind)
        cycle.team.create(person=person, is_first_time=number < 6)
    figure = auditing.who_audits(scope_up_to(cycle, TODAY))
    shown = dict(zip(figure.columns[1:], words(figure, "2031-Q1"), strict=True))
    assert shown[JobFamily.MANAGEMENT.label] == "6" or shown[JobFamily.SOCIAL_WORK.label] == "7"
    assert shown[JobFamily.PARTNER.label] == "not shown"
    assert "2" not in shown.values()
    assert "6 of 15 people (40%)" in figure.note
    ready = int(figure.description.rsplit(" people are prepared", 1)[0].rsplit(" ", 1)[1])
    assert ready >= len(kinds)
