"""Who may ask, check and end (domain.md D2, E7). Being a superuser opens nothing here."""

from typing import Any

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.feedback.models import FamilyFeedback
from learning.submissions.models import AuditSubmission
from learning.submissions.states import SubmissionState

CLOSED = (SubmissionState.COMPLETE, SubmissionState.LOCKED, SubmissionState.DISPOSED)


def independent_of_pair(submission: AuditSubmission) -> list[Any]:
    """Those of the pair who are neither the worker of the case nor the worker's manager."""
    pair, worker = submission.case.pair, submission.case.worker
    close = {worker.pk, worker.line_manager_id} if worker else set()
    return [person for person in (pair.people if pair else []) if person.pk not in close]


def user_can_ask(user: Any, submission: AuditSubmission) -> bool:
    """One of the pair who is independent of the work; never the worker (domain.md D2)."""
    return any(person.pk == user.pk for person in independent_of_pair(submission))


def user_can_settle(user: Any, submission: AuditSubmission) -> bool:
    """The pair, and a lead whose own work it is not: somebody has to answer when a pair cannot."""
    is_lead = holds(user, Right.SETTLE_FAMILY_FEEDBACK) and submission.case.worker_id != user.pk
    return is_lead or user_can_ask(user, submission)


def takes_feedback(submission: AuditSubmission) -> bool:
    """Whether families' views can still go into this audit."""
    return submission.state not in CLOSED


def user_can_check_safety(user: Any, feedback: FamilyFeedback) -> bool:
    """The worker or the worker's manager; the lead of the cycle where neither of them can sign in."""
    return FamilyFeedback.objects.to_check_by(user).filter(pk=feedback.pk).exists()
