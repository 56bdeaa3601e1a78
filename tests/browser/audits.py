"""One audit of the borough for the browser to look at, in which the people who sign in have their parts."""

from typing import Any

from learning.escalations.states import EscalationState
from learning.letters.states import LetterState
from learning.people.roles import Role
from learning.recommendations.states import RecommendationState
from learning.selection.models import SampledCase
from learning.selection.states import CaseState
from learning.submissions.models import AuditSubmission
from learning.submissions.states import SubmissionState
from portal.demo.loader import first_with
from tests.learning.audit import (
    a_countdown_task,
    a_cycle,
    a_letter,
    a_pair,
    a_person,
    a_recommendation,
    a_sampled_case,
    a_submission,
    an_escalation,
    parts_of_feedback,
    parts_of_report,
    parts_of_retention,
    parts_of_spot_check,
    parts_of_submission,
)

AUDITOR, WORKER, OWNER, WRITER = (
    Role.EDITOR,
    Role.FRONT_LINE,
    Role.LINE_MANAGER,
    Role.SENIOR_MANAGER,
)
"""Who has which part: an editor audits, a front-line worker's case is audited, a line manager acts on it,
a senior manager writes the letter."""


def audit_things() -> dict[str, Any]:
    """A cycle on its days, with one audit at each step that has a page of its own, by names for addresses."""
    cycle = a_cycle("2032-Q1")
    a_countdown_task(cycle)
    pair = a_pair(cycle, first_with(AUDITOR), a_person("Partner"))

    def case(state: str = CaseState.AUDITING) -> SampledCase:
        return a_sampled_case(cycle, worker=first_with(WORKER), pair=pair, state=state)

    def audit(state: str) -> AuditSubmission:
        return a_submission(case(), state)

    written, handed_in, shared = map(
        audit,
        (SubmissionState.READING, SubmissionState.SUBMITTED, SubmissionState.SHARED_WITH_WORKER),
    )
    parts = parts_of_submission(written)
    for submission in (handed_in, shared):
        parts_of_submission(submission)
    return {
        "cycle": cycle.ref,
        "prepared": case(CaseState.WORKER_NOTIFIED).ref,
        "written": written.case.ref,
        "section": parts["section_key"],
        "handed_in": handed_in.case.ref,
        "shared": shared.case.ref,
        "feedback": parts_of_feedback(shared)["feedback_id"],
        "letter_to_write": a_letter(
            handed_in, writer=first_with(WRITER), state=LetterState.NOMINATED
        ).ref,
        "conveyed": an_escalation(
            handed_in, recipient=first_with(WRITER), state=EscalationState.CONVEYED
        ).ref,
        "reported": an_escalation(
            audit(SubmissionState.SUBMITTED),
            recipient=first_with(WRITER),
            state=EscalationState.ACTION_REPORTED,
        ).ref,
        **parts_of_spot_check(handed_in.case, first_with(AUDITOR)),
        **parts_of_retention(shared, {role.value: first_with(role) for role in Role}),
        **what_came_of(shared),
    }


def what_came_of(submission: AuditSubmission) -> dict[str, Any]:
    """Recommendations, a letter, an escalation and the report that rest on this audit."""
    owner, cycle = first_with(OWNER), submission.case.cycle
    issued, confirmed, drafted = (
        a_recommendation(submission, owner=owner, state=state)
        for state in (
            RecommendationState.IN_PROGRESS,
            RecommendationState.COMPLETION_CONFIRMED,
            RecommendationState.DRAFT,
        )
    )
    report = parts_of_report(cycle, issued, {role.value: first_with(role) for role in Role})
    return {
        "recommendation": issued.ref,
        "confirmed": confirmed.ref,
        "drafted": drafted.ref,
        "letter_sent": a_letter(submission, writer=first_with(WRITER), state=LetterState.SENT).ref,
        "escalation": an_escalation(submission).ref,
        "board": report["board_id"],
        "consideration": report["consideration_id"],
    }
