"""Nobody picks a child by hand without a reason: strata of their own, cases left out (domain.md A6, A71)."""

from typing import Any

import pytest
from django.urls import reverse

from learning.events.models import Event
from learning.impact.models import ImpactTest
from learning.people.roles import Role
from learning.programme.states import CycleState
from learning.recommendations.states import RecommendationState
from learning.selection import drawing, leaving_out, loading
from learning.selection.files import read_file
from learning.selection.keys import child_pseudonym
from learning.selection.loading import FrameNotLoadable
from learning.selection.models import CaseFrame, CaseKey, FrameCase
from learning.selection.states import CaseState, ExclusionReason, SelectionRoute
from portal.demo.loader import first_with
from tests.learning.audit import a_cycle, a_recommendation, a_sampled_case
from tests.learning.selection.conftest import the_proposal, usual_lists, workbook

pytestmark = pytest.mark.django_db

AUDITED = "7007001"
WHY = "All children of the earlier recommendation on plans."


@pytest.fixture
def earlier(cycle: Any) -> Any:
    """A cycle in which one child of the list was audited a while ago."""
    closed = a_cycle("2030-Q4", CycleState.CLOSED, cycle.first_day)
    audited = a_sampled_case(closed, state=CaseState.COMPLETE)
    CaseKey.objects.create(case=audited.case, council_id=AUDITED)
    return closed


@pytest.fixture
def frame(earlier: Any, cycle: Any, officer: Any) -> CaseFrame:
    """The usual lists, with a case that was closed long ago and one without an area."""
    lists = usual_lists()
    lists[6][0][2] = "2001-02-03"
    lists[1][0][5] = "a) 9: Unknown"
    loading.promise_seed(cycle=cycle, promised_by=officer)
    return loading.load_frame(cycle=cycle, read=read_file(workbook(lists)), loaded_by=officer)


@pytest.fixture
def planned(earlier: Any, cycle: Any) -> ImpactTest:
    """This cycle asks a question of the earlier one again."""
    lead = first_with(Role.LEAD_QA)
    done = a_recommendation(cycle=earlier, owner=lead, state=RecommendationState.VERIFIED)
    return ImpactTest.objects.create(
        recommendation=done, cycle=cycle, question="Is it better?", planned_by=lead
    )


def numbered(frame: CaseFrame, number: str) -> FrameCase:
    return frame.cases.get(pseudonym=child_pseudonym(frame.draw, number))


def set_apart(frame: CaseFrame, officer: Any, reason: str = WHY, number: str = AUDITED) -> Any:
    return leaving_out.set_apart(
        frame=frame,
        council_ids=[number],
        route=SelectionRoute.RE_AUDIT,
        reason=reason,
        set_by=officer,
    )


# --- A stratum of their own --------------------------------------------------------------------------


def test_a_re_audit_needs_a_planned_test(frame: Any, officer: Any, sign_in: Any) -> None:
    with pytest.raises(FrameNotLoadable, match="does not test yet"):
        set_apart(frame, officer)
    data = {"route": "re_audit", "council_ids": AUDITED, "reason": WHY}
    address = reverse("selection:set_apart", args=[frame.draw.cycle.ref])
    answer = sign_in(Role.QA_OFFICER).post(address, data)
    assert answer.status_code == 422
    assert "a re-audit needs its question" in answer.text
    assert numbered(frame, AUDITED).route == SelectionRoute.RANDOM
    assert numbered(frame, AUDITED).excluded == ExclusionReason.AUDITED_RECENTLY


def test_why_these_children_is_asked_and_stands_in_the_certificate(
    frame: Any, planned: Any, cycle: Any, officer: Any, sign_in: Any
) -> None:
    with pytest.raises(FrameNotLoadable, match="Say why"):
        set_apart(frame, officer, reason=" ")
    desk, address = sign_in(Role.QA_OFFICER), reverse("selection:set_apart", args=[cycle.ref])
    answer = desk.post(address, {"route": "re_audit", "council_ids": AUDITED})
    assert answer.status_code == 422
    desk.post(address, {"route": "re_audit", "council_ids": AUDITED, "reason": WHY})
    assert f"Re-audit: 1. {WHY}" in desk.get(reverse("selection:frame", args=[cycle.ref])).text
    assert Event.objects.get(action="caseframe.set_apart").reason == f"Re-audit: {WHY}"

    frame.refresh_from_db()
    loading.check_frame(frame=frame, checked_by=officer)
    plan = the_proposal(frame)
    stratum = next(name for name in plan.targets if name.startswith("re_audit"))
    targets = {**plan.targets, stratum: 1}
    draw = drawing.draw_sample(
        cycle=cycle,
        plan=the_proposal(frame, targets=targets),
        drawn_by=officer,
    )
    assert draw.certificate["set_apart"] == {numbered(frame, AUDITED).pseudonym: WHY}
    certificate = desk.get(reverse("selection:certificate", args=[cycle.ref])).text
    assert f"1 case: {WHY}" in certificate


def test_put_back_they_are_random_again_and_what_was_audited_lately_stays_out(
    frame: Any, planned: Any, cycle: Any, officer: Any, sign_in: Any
) -> None:
    before = frame.frame_hash
    set_apart(frame, officer)
    loading.check_frame(frame=frame, checked_by=officer)
    assert numbered(frame, AUDITED).excluded == ""
    address = reverse("selection:put_back", args=[cycle.ref])
    page = sign_in(Role.QA_OFFICER).post(address, {"route": "re_audit"}, follow=True).text
    assert "They stand among the random ones again" in page
    case = numbered(frame, AUDITED)
    assert (case.route, case.apart_words) == (SelectionRoute.RANDOM, "")
    assert case.excluded == ExclusionReason.AUDITED_RECENTLY
    frame.refresh_from_db()
    assert (frame.frame_hash, frame.checked_at) == (before, None)


def test_leaving_out_and_taking_back_does_not_lift_the_rule(
    frame: Any, planned: Any, officer: Any
) -> None:
    set_apart(frame, officer)
    left_out = leaving_out.exclude_case(
        case=numbered(frame, AUDITED), reason=ExclusionReason.COURT, excluded_by=officer
    )
    leaving_out.put_back(frame=frame, route=SelectionRoute.RE_AUDIT, put_back_by=officer)
    left_out.refresh_from_db()
    assert left_out.excluded == ExclusionReason.COURT
    leaving_out.take_back_exclusion(case=left_out, taken_back_by=officer)
    assert numbered(frame, AUDITED).excluded == ExclusionReason.AUDITED_RECENTLY


def test_nothing_changes_once_the_sample_is_drawn(
    frame: Any, planned: Any, cycle: Any, officer: Any
) -> None:
    loading.check_frame(frame=frame, checked_by=officer)
    drawing.draw_sample(cycle=cycle, plan=the_proposal(frame), drawn_by=officer)
    with pytest.raises(FrameNotLoadable, match="stays as it is"):
        set_apart(frame, officer)
    with pytest.raises(FrameNotLoadable, match="stays as it is"):
        leaving_out.put_back(frame=frame, route=SelectionRoute.RE_AUDIT, put_back_by=officer)


# --- Left out ----------------------------------------------------------------------------------------


def test_the_portal_leaves_out_by_rule_and_says_why(frame: Any) -> None:
    by_rule = dict(frame.cases.exclude(excluded="").values_list("key__council_id", "excluded"))
    assert by_rule == {
        AUDITED: ExclusionReason.AUDITED_RECENTLY,
        "7006000": ExclusionReason.CLOSED,
        "7001000": ExclusionReason.NO_AREA,
    }


@pytest.mark.parametrize("number", [AUDITED, "7006000", "7001000"])
def test_what_the_portal_left_out_is_not_made_drawable_by_hand(
    frame: Any, cycle: Any, officer: Any, sign_in: Any, number: str
) -> None:
    case = numbered(frame, number)
    by_rule = case.excluded
    with pytest.raises(FrameNotLoadable, match="cannot be drawn anyway"):
        leaving_out.exclude_case(case=case, reason=ExclusionReason.COURT, excluded_by=officer)
    desk, address = sign_in(Role.QA_OFFICER), reverse("selection:leave_out", args=[cycle.ref])
    answer = desk.post(address, {"council_id": number, "reason": "court"})
    assert answer.status_code == 422
    desk.post(reverse("selection:take_back", args=[cycle.ref, case.pk]))
    case.refresh_from_db()
    assert (case.excluded, case.excluded_by) == (by_rule, None)
    assert case.pseudonym not in {one.pseudonym for one in drawing.drawable(frame)}
