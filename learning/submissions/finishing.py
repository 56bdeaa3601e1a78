"""After quality assurance: the worker's reply, the family's views, the lock, and what is added later (E3)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from learning.access.models import AccessEvent
from learning.access.services import record_access
from learning.events.services import record_event
from learning.events.steps import StepNotPossible, take_step
from learning.selection.states import CaseState
from learning.submissions.announcing import tell
from learning.submissions.family import FamilyNotHeard, missing_of_family
from learning.submissions.models import Addendum, AuditSubmission, WorkerReply
from learning.submissions.permissions import (
    user_can_reply,
    user_can_review_submission,
    user_is_of_pair,
)
from learning.submissions.states import SubmissionState


class ReplyEmpty(Exception):
    """There is not a word in the reply."""


@transaction.atomic
def reply_as_worker(
    *, submission: AuditSubmission, worker: Any, facts: str, reflection: str
) -> WorkerReply:
    """The worker's own words; the submission goes on (domain.md A64: a reply, no veto)."""
    locked = AuditSubmission.objects.select_for_update().get(pk=submission.pk)
    if not user_can_reply(worker, locked):
        raise PermissionDenied("The worker of the case replies, once, while it is shared.")
    if not (facts.strip() or reflection.strip()):
        raise ReplyEmpty("Write a few words, or leave the page: nothing is expected of you.")
    reply = WorkerReply.objects.create(
        submission=locked, worker=worker, facts=facts, reflection=reflection
    )
    replied = take_step(locked, "wait_for_family", actor=worker)
    tell(replied.case.cycle.leads, replied, "the worker has replied")
    return reply


@transaction.atomic
def end_reply_time(*, submission: AuditSubmission, ended_by: Any | None) -> AuditSubmission:
    """The submission goes on without a reply, once its days are over."""
    locked = AuditSubmission.objects.select_for_update().get(pk=submission.pk)
    if locked.reply_due_date is None or locked.reply_due_date >= timezone.localdate():
        raise StepNotPossible("The worker still has time to reply.")
    return take_step(locked, "wait_for_family", actor=ended_by, reason="no reply within the time")


def end_overdue_reply_times() -> int:
    """How many submissions went on without a reply. Run by the timer; twice does no harm."""
    overdue = AuditSubmission.objects.filter(
        state=SubmissionState.SHARED_WITH_WORKER, reply_due_date__lt=timezone.localdate()
    )
    done = 0
    for submission in overdue:
        try:
            end_reply_time(submission=submission, ended_by=None)
            done += 1
        except StepNotPossible:
            continue
    return done


@transaction.atomic
def complete_submission(*, submission: AuditSubmission, completed_by: Any) -> AuditSubmission:
    """The submission and its case, complete: the family's views are in, or why they are not (A53, A56)."""
    _refuse_unless_lead(submission, completed_by)
    complete = take_step(submission, "complete", actor=completed_by)
    missing = missing_of_family(complete)
    if missing:
        raise FamilyNotHeard(missing)
    case = complete.case
    if case.state == CaseState.AUDITED:
        case = take_step(case, "finish_feedback", actor=completed_by)
    if case.state == CaseState.FEEDBACK_DONE:
        take_step(case, "complete", actor=completed_by)
    return complete


@transaction.atomic
def lock_submission(*, submission: AuditSubmission, locked_by: Any) -> AuditSubmission:
    """The submission, never to be changed again; what comes later is an addendum (invariant 7)."""
    _refuse_unless_lead(submission, locked_by)
    return take_step(submission, "lock", actor=locked_by)


@transaction.atomic
def add_addendum(
    *, submission: AuditSubmission, text: str, reason: str, written_by: Any
) -> Addendum:
    """What is added to a locked submission, by the lead or one of the pair."""
    if submission.state != SubmissionState.LOCKED:
        raise StepNotPossible("Before the lock the text itself is changed, by the pair.")
    if not (
        user_is_of_pair(written_by, submission)
        or user_can_review_submission(written_by, submission)
    ):
        raise PermissionDenied("The lead or the pair adds to a locked audit.")
    addendum = Addendum.objects.create(
        submission=submission, text=text, reason=reason, written_by=written_by
    )
    record_access(user=written_by, action=AccessEvent.Action.CHANGED, about=submission)
    record_event(actor=written_by, action="auditsubmission.addendum", about=submission)
    return addendum


def _refuse_unless_lead(submission: AuditSubmission, person: Any) -> None:
    if not user_can_review_submission(person, submission):
        raise PermissionDenied("The lead does this, and not of an audit of one’s own.")
