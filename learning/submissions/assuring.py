"""Somebody outside the pair reads the analysis, and signs it off or asks back (domain.md A38, E3)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from learning.events.steps import take_step
from learning.events.working_days import add_working_days
from learning.programme.settings import AuditSettings
from learning.selection.states import CaseState
from learning.submissions.announcing import tell
from learning.submissions.grants import grant_to_worker
from learning.submissions.models import AuditSubmission, QualityAssuranceReview
from learning.submissions.permissions import user_can_review_submission

Outcome = QualityAssuranceReview.Outcome


class QuestionsMissing(Exception):
    """A submission was to be sent back without a word of what to change."""


@transaction.atomic
def sign_off(*, submission: AuditSubmission, reviewer: Any, words: str = "") -> AuditSubmission:
    """The submission, quality assured; the worker and the worker's line manager may read it."""
    _refuse_unless_reviewer(submission, reviewer)
    signed = take_step(submission, "sign_off", actor=reviewer)
    _keep_review(signed, reviewer, Outcome.SIGNED_OFF, words)
    if signed.case.state == CaseState.AUDITING:
        take_step(signed.case, "finish_audit", actor=reviewer)
    grant_to_worker(submission=signed, granted_by=reviewer)
    return signed


@transaction.atomic
def send_back(*, submission: AuditSubmission, reviewer: Any, words: str) -> AuditSubmission:
    """The submission, with the pair again; `words` say what to look at."""
    _refuse_unless_reviewer(submission, reviewer)
    if not words.strip():
        raise QuestionsMissing("Say what the pair should look at again.")
    returned = take_step(submission, "send_back", actor=reviewer)
    _keep_review(returned, reviewer, Outcome.RETURNED, words)
    returned.confirmations.update(fingerprint="")  # both confirm anew, also what stays as it was
    pair = returned.case.pair
    tell(
        pair.people if pair else [], returned, "the lead has a question; it is yours to write again"
    )
    return returned


@transaction.atomic
def share_with_worker(*, submission: AuditSubmission, shared_by: Any) -> AuditSubmission:
    """The submission, with the worker for some working days. Without a worker it goes straight on."""
    _refuse_unless_reviewer(submission, shared_by)
    shared = take_step(submission, "share_with_worker", actor=shared_by)
    worker = shared.case.worker
    if worker is None:
        return take_step(
            shared, "wait_for_family", actor=shared_by, reason="nobody to share it with"
        )
    days = AuditSettings.load().worker_reply_days
    shared.reply_due_date = add_working_days(timezone.localdate(), days)
    shared.save(update_fields=["reply_due_date"])
    day = f"{shared.reply_due_date.day} {shared.reply_due_date:%B}"
    tell([worker], shared, f"you can read it now, and reply until {day}")
    return shared


def _refuse_unless_reviewer(submission: AuditSubmission, person: Any) -> None:
    if not user_can_review_submission(person, submission):
        raise PermissionDenied("Quality assurance is done by a lead outside the pair.")


def _keep_review(submission: AuditSubmission, reviewer: Any, outcome: str, words: str) -> None:
    QualityAssuranceReview.objects.create(
        submission=submission, reviewer=reviewer, outcome=outcome, words=words
    )
