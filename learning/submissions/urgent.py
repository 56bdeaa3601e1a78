"""What cannot wait: it goes to the lead at once, and not only when the audit is submitted (domain.md A41).

This is not the referral route. Whoever thinks that a child is unsafe phones the duty team.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.dispatch import Signal

from learning.events.services import record_event
from learning.submissions.models import AuditSubmission
from learning.submissions.permissions import user_has_opened, user_is_of_pair

concern_reported = Signal()
"""Sent within the transaction that records a concern, or more about it: `submission`, `reported_by`, and
`words`, what the pair says of it for those who have to act."""


@transaction.atomic
def answer_urgent_question(
    *, submission: AuditSubmission, is_concern: bool, by: Any, words: str = ""
) -> AuditSubmission:
    """The submission with the pair's answer. A yes stays: it is for the lead to close what it opened."""
    if is_concern:
        return report_concern(submission=submission, by=by, words=words)
    locked = _of_pair(submission, by)
    if locked.has_immediate_concern is None:
        locked.has_immediate_concern = False
        locked.save(update_fields=["has_immediate_concern"])
        record_event(actor=by, action="auditsubmission.no_immediate_concern", about=locked)
    return locked


@transaction.atomic
def report_concern(*, submission: AuditSubmission, by: Any, words: str = "") -> AuditSubmission:
    """The submission, marked; those who listen open an escalation at once. Reporting again without a word
    changes nothing; `words` are added to what stands."""
    locked = _of_pair(submission, by)
    if locked.has_immediate_concern and not words.strip():
        return locked
    if not locked.has_immediate_concern:
        locked.has_immediate_concern = True
        locked.save(update_fields=["has_immediate_concern"])
        record_event(actor=by, action="auditsubmission.immediate_concern", about=locked)
    concern_reported.send(
        sender=AuditSubmission, submission=locked, reported_by=by, words=words.strip()
    )
    return locked


def _of_pair(submission: AuditSubmission, by: Any) -> AuditSubmission:
    """The submission, locked, for one of the pair who has opened it and before it is locked for good."""
    locked = AuditSubmission.objects.select_for_update().get(pk=submission.pk)
    if not (user_is_of_pair(by, locked) and user_has_opened(by, locked)) or locked.locked_at:
        raise PermissionDenied("Only the pair reports from its audit.")
    return locked
