"""What cannot wait: it goes to the lead at once, and not only when the audit is submitted (domain.md A41).

This is not the referral route. Whoever thinks that a child is unsafe phones the duty team.
"""

from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.dispatch import Signal

from learning.events.services import record_event
from learning.submissions.models import AuditSubmission
from learning.submissions.permissions import user_has_opened, user_is_of_pair

concern_reported = Signal()
"""Sent within the transaction that records a concern, or more about it: `about`, the audit or spot check out
of which it comes, `reported_by`, and `words`, what they say of it for those who have to act."""

About = TypeVar("About", bound=Model)


@transaction.atomic
def answer_urgent_question(
    *, submission: AuditSubmission, is_concern: bool, by: Any, words: str = ""
) -> AuditSubmission:
    """The submission with the pair's answer. A yes stays: it is for the lead to close what it opened."""
    return keep_answer(_of_pair(submission, by), is_concern=is_concern, by=by, words=words)


@transaction.atomic
def report_concern(*, submission: AuditSubmission, by: Any, words: str = "") -> AuditSubmission:
    """The submission, marked; those who listen open an escalation at once."""
    return keep_answer(_of_pair(submission, by), is_concern=True, by=by, words=words)


def keep_answer(about: About, *, is_concern: bool, by: Any, words: str) -> About:
    """The audit or spot check, which the caller has locked, with the answer. Reporting again without a word
    changes nothing; `words` are added to what stands; a no after a yes is not heard."""
    known: Any = about
    if is_concern:
        if not known.has_immediate_concern:
            _mark(known, is_concern=True, by=by)
        elif not words.strip():
            return about
        concern_reported.send(sender=type(about), about=about, reported_by=by, words=words.strip())
    elif known.has_immediate_concern is None:
        _mark(known, is_concern=False, by=by)
    return about


def _mark(about: Any, *, is_concern: bool, by: Any) -> None:
    about.has_immediate_concern = is_concern
    about.save(update_fields=["has_immediate_concern"])
    answer = "immediate_concern" if is_concern else "no_immediate_concern"
    record_event(actor=by, action=f"{about._meta.model_name}.{answer}", about=about)


def _of_pair(submission: AuditSubmission, by: Any) -> AuditSubmission:
    """The submission, locked, for one of the pair who has opened it and before it is locked for good."""
    locked = AuditSubmission.objects.select_for_update().get(pk=submission.pk)
    if not (user_is_of_pair(by, locked) and user_has_opened(by, locked)) or locked.locked_at:
        raise PermissionDenied("Only the pair reports from its audit.")
    return locked
