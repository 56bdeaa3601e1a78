"""Who may write, review and answer a submission. Being a superuser opens nothing here (domain.md E7)."""

from typing import Any

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.submissions.models import AuditSubmission
from learning.submissions.states import SubmissionState


def user_is_of_pair(user: Any, submission: AuditSubmission) -> bool:
    """Whether this person audits the case; nobody does once it left the sample."""
    return submission.case.is_in_sample and submission.is_of(user)


def user_has_opened(user: Any, submission: AuditSubmission) -> bool:
    """Whether this person has said that no link stands in the way, and so may see the sections."""
    return any(row.person_id == user.pk for row in submission.opening_statements.all())


def user_can_write_submission(user: Any, submission: AuditSubmission) -> bool:
    """One of the pair, who has opened the case, while it is theirs to write."""
    return (
        submission.is_writable
        and user_is_of_pair(user, submission)
        and user_has_opened(user, submission)
    )


def user_can_review_submission(user: Any, submission: AuditSubmission) -> bool:
    """A lead who neither audits the case nor opened it before leaving its pair, and is not its worker, while it
    is in the sample (A38)."""
    return (
        holds(user, Right.QUALITY_ASSURE)
        and submission.case.is_in_sample
        and not user_is_of_pair(user, submission)
        and not user_has_opened(user, submission)
        and submission.case.worker_id != user.pk
    )


def user_can_reply(user: Any, submission: AuditSubmission) -> bool:
    """The worker of the case, once, while the submission waits for the reply."""
    return (
        submission.case.worker_id == user.pk
        and submission.state == SubmissionState.SHARED_WITH_WORKER
    )
