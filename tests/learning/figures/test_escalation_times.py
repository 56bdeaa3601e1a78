"""Figure 14: times of escalations are shown of enough of them, and never of a few (domain.md G1)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.escalations.models import Escalation
from learning.figures.auditing import escalation_times
from learning.figures.figure import Figure
from learning.figures.scope import scope_up_to
from learning.people.roles import Role
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState
from learning.reports.models import CycleReport
from learning.reports.services import take_figures
from learning.reports.states import ReportState
from learning.submissions.models import AuditSubmission
from learning.suppression.rows import NOT_SHOWN
from tests.learning.audit import a_cycle, a_report, an_escalation, audited_cases

pytestmark = pytest.mark.django_db
TOO_FEW = "fewer than 5"
HIDDEN = [NOT_SHOWN, NOT_SHOWN]


@pytest.fixture
def cycle() -> AuditCycle:
    return a_cycle(state=CycleState.REPORTING)


def times(cycle: AuditCycle) -> Figure:
    return escalation_times(scope_up_to(cycle, date(2031, 3, 1)))


def put(cycle: AuditCycle, hours: list[int]) -> None:
    """So many escalations of this cycle, verified, each conveyed after so many hours."""
    for submission, count in zip(audited_cases(cycle, len(hours)), hours, strict=True):
        raised = timezone.now() - timedelta(days=30)
        an_escalation(submission, raised_at=raised)
        Escalation.objects.filter(submission=submission).update(
            conveyed_at=raised + timedelta(hours=count),
            deadline=raised + timedelta(days=1),
            verified_at=raised + timedelta(days=count),
        )


def test_times_of_enough_are_the_middle_ones(cycle: AuditCycle) -> None:
    put(cycle, [1, 2, 3, 4, 20])
    assert times(cycle).table[-2] == [cycle.ref, "5", "about 3 h", "about 3 days"]


def test_of_four_nothing_is_told_nor_that_there_were_any(cycle: AuditCycle) -> None:
    nothing = times(cycle).table[-2]
    put(cycle, [1, 2, 3, 4])
    assert times(cycle).table[-2] == nothing == [cycle.ref, TOO_FEW, NOT_SHOWN, NOT_SHOWN]


def test_closed_cycles_with_few_are_told_together_and_without_their_number(
    cycle: AuditCycle,
) -> None:
    put(cycle, [2, 2, 2])
    later = a_cycle("2031-Q2", state=CycleState.REPORTING)
    put(later, [2, 2])
    table = times(later).table
    assert [row[1:] for row in table] == [[TOO_FEW, *HIDDEN]] * 2 + [[NOT_SHOWN, *HIDDEN]]
    AuditCycle.objects.update(state=CycleState.CLOSED, closed_at=timezone.now())
    together = times(AuditCycle.objects.get(pk=later.pk)).table[-1]
    assert together[1:] == [NOT_SHOWN, "about 2 h", "about 2 days"]


def test_no_time_is_shown_while_one_is_still_to_come(cycle: AuditCycle) -> None:
    """Whoever compared today with yesterday would learn how long that one took."""
    put(cycle, [1, 2, 3, 4, 20])
    for submission in audited_cases(cycle, 1):
        an_escalation(submission)
    assert times(cycle).table[-2] == [cycle.ref, "6", *HIDDEN]


def test_the_number_less_the_audits_with_a_concern_tells_nothing_of_the_others(
    cycle: AuditCycle,
) -> None:
    """“6 of 24 audits” stands beside it: seven would say that one came from elsewhere."""
    put(cycle, [1, 2, 3, 4, 5, 6, 7])
    concerned = Escalation.objects.values("submission")[:6]
    cycle_audits = AuditSubmission.objects.filter(case__cycle=cycle)
    cycle_audits.filter(pk__in=list(concerned.values_list("submission", flat=True))).update(
        has_immediate_concern=True
    )
    assert times(cycle).table[-2][1] == NOT_SHOWN
    cycle_audits.update(has_immediate_concern=True)
    assert times(cycle).table[-2][1] == "7"


def test_it_is_for_the_office_and_senior_managers(cycle: AuditCycle, sign_in: Any) -> None:
    address = reverse("figures:list")
    for role, finds in (
        (Role.SENIOR_MANAGER, True),
        (Role.LEAD_QA, True),
        (Role.FRONT_LINE, False),
    ):
        assert ("From concern to action" in sign_in(role).get(address).text) == finds, role


def test_the_report_has_it_and_a_board_reads_no_small_number(
    cycle: AuditCycle, sign_in: Any
) -> None:
    put(cycle, [1, 2, 3])
    report = a_report(cycle, ReportState.ASSEMBLING)
    take_figures(report=report, taken_by=cycle.lead)
    CycleReport.objects.update(
        state=ReportState.WITH_BOARDS,
        signed_by=cycle.lead,
        signed_at=timezone.now(),
        signed_name="L",
    )
    page = sign_in(Role.BOARD_MEMBER).get(reverse("reports:report", args=[cycle.ref])).text
    table = page[page.index("From concern to action") :]
    assert TOO_FEW in table[:3000]
    assert "about" not in table[: table.index("</table>")]
