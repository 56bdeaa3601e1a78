"""The ninth cycle of the demo borough, under way: everything is in every state, and waits for somebody."""

import pytest

from home.selectors import sent_back_to
from learning.escalations.models import Escalation
from learning.people.roles import Role
from learning.programme.models import AuditCycle
from learning.recommendations.models import (
    Recommendation,
)
from learning.recommendations.states import DerivedStatus, RecommendationState
from learning.recommendations.status_days import status_days
from learning.retention.due import keys_due
from learning.retention.models import DisposalItem
from learning.selection.certificate import file_of, what_is_wrong
from learning.selection.models import (
    SampledCase,
    SelectionDraw,
)
from learning.selection.states import CaseState
from learning.submissions.models import (
    AuditSubmission,
)
from learning.submissions.states import SubmissionState
from learning.submissions.submitting import missing_for_submission
from learning.work import waiting_for
from portal.demo.audits.quarters import UNDER_WAY
from portal.demo.loader import first_with
from tests.portal.demo_audits import LOOKED_AT, audits, counted  # noqa: F401

pytestmark = pytest.mark.django_db
CASES = 24


def test_the_ninth_cycle_has_a_case_an_audit_and_a_recommendation_in_every_state() -> None:
    """A case is no longer merely drawn once the draw is confirmed; audits are disposed of years later."""
    cases = SampledCase.objects.filter(cycle__ref=UNDER_WAY)
    written = AuditSubmission.objects.filter(case__cycle__ref=UNDER_WAY)
    recommendations = Recommendation.objects.filter(cycle__ref=UNDER_WAY)
    assert counted(cases, "state").keys() == set(CaseState.values) - {CaseState.DRAWN}
    assert counted(written, "state").keys() == set(SubmissionState.values) - {
        SubmissionState.DISPOSED
    }
    assert counted(recommendations, "state").keys() == set(RecommendationState.values)
    assert cases.in_sample().count() == CASES - 1  # one was withdrawn, and one replaced


def test_the_certificate_of_the_ninth_cycle_comes_out_the_same() -> None:
    draw = SelectionDraw.objects.get(cycle__ref=UNDER_WAY)
    assert what_is_wrong(file_of(draw.certificate)) == []


def test_whatever_was_submitted_in_the_ninth_cycle_is_whole() -> None:
    submitted = AuditSubmission.objects.filter(
        case__cycle__ref=UNDER_WAY, submitted_at__isnull=False
    )
    assert submitted.count() > 8
    for submission in submitted.select_related("case__area", "form"):
        assert missing_for_submission(submission) == []


WAITING: dict[Role, list[str]] = {
    Role.FRONT_LINE: ["Prepare for the audit", "and reply", "Write audit"],
    Role.LINE_MANAGER: ["Take on recommendation 2026-Q4", "2026-Q3-R-05 in writing", "2026-Q4-R"],
    Role.LEAD_QA: [
        "Quality-assure audit",
        "Verify the statement",
        "Share audit",
        "Close escalation",
        "was opened",
    ],
    Role.QA_OFFICER: ["Verify the statement"],
    Role.AUDIT_ADMIN: ["Thank everybody"],
    Role.IT_SUPPORT: ["loan laptops"],
    Role.SENIOR_MANAGER: ["Confirm recommendation 2026-Q3"],
    Role.BOARD_MEMBER: ["Decide on more time"],
    Role.EDITOR: ["When a child does not want to talk with us"],
    Role.INFORMATION_GOVERNANCE: ["was opened", "Approve the list of what is due"],
}


@pytest.mark.parametrize("role", sorted(WAITING), ids=str)
def test_everybody_who_signs_in_has_something_to_do(role: Role) -> None:
    person = first_with(role)
    titles = [item.title for item in waiting_for(person)]
    titles += [page.title for page in sent_back_to(person)]
    for wanted in WAITING[role]:
        assert any(wanted in title for title in titles), (wanted, titles)


def test_nobody_is_left_out_of_those_who_have_something_to_do() -> None:
    assert set(WAITING) == set(Role)


def test_a_spot_check_reports_what_cannot_wait_and_one_escalation_was_handed_over() -> None:
    row = Escalation.objects.get(spot_check__isnull=False)
    assert row.spot_check.has_immediate_concern and row.state == "verified"
    assert row.notes.get().written_by == row.raised_by == row.spot_check.auditors.get()
    handed = Escalation.objects.get(times_handed_over=1)
    assert handed.handovers.get().to_person == handed.recipient == first_with(Role.SENIOR_MANAGER)
    assert handed.state == "acknowledged" and handed.handed_over_at < handed.acknowledged_at


def test_the_numbers_on_the_list_that_waits_are_due_and_the_cycle_has_a_focus() -> None:
    listed = {item.cycle for item in DisposalItem.objects.filter(list__state="checked")}
    assert len(listed) == 3 and listed <= set(keys_due())
    assert AuditCycle.objects.get(ref=UNDER_WAY).focus.theme.code == "P19"


def test_priya_audits_nobody_of_her_own_team() -> None:
    priya = first_with(Role.FRONT_LINE)
    cases = SampledCase.objects.filter(pair__members__person=priya)
    assert cases.filter(cycle__ref=UNDER_WAY).exists()
    assert not cases.filter(team=priya.team).exists()


def test_what_is_overdue_for_the_line_manager_is_so_on_the_day_of_the_demo() -> None:
    row = Recommendation.objects.get(ref="2026-Q3-R-05")
    assert row.owner == first_with(Role.LINE_MANAGER) == row.submission.case.worker.line_manager
    assert row.status(status_days(LOOKED_AT)) == DerivedStatus.OVERDUE


def test_there_are_cases_to_give_to_pairs() -> None:
    ready = SampledCase.objects.filter(cycle__ref=UNDER_WAY, state=CaseState.READY)
    assert ready.count() == 2
    assert not ready.exclude(pair=None).exists()
