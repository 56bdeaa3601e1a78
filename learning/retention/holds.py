"""Holding an audit, a spot check or a cycle back from disposal, and letting it go again."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.events.services import record_event
from learning.programme.models import AuditCycle
from learning.retention.models import LegalHold
from learning.retention.refusals import RetentionNotPossible
from learning.spot_checks.models import SpotCheck
from learning.spot_checks.states import SpotCheckState
from learning.submissions.models import AuditSubmission
from learning.submissions.states import SubmissionState


@transaction.atomic
def hold_back(
    *, about: AuditSubmission | SpotCheck | AuditCycle, reason: str, review_on: date, placed_by: Any
) -> LegalHold:
    """The hold. Nothing of the audit or spot check goes while it runs: text, letters, its key, who looked at
    it, what it recommends. A cycle keeps what it has beyond them: papers, recommendations, report, keys."""
    _require_right(placed_by)
    locked: Any = type(about)._default_manager.select_for_update().get(pk=about.pk)
    if locked.state in (SubmissionState.DISPOSED, SpotCheckState.DISPOSED):
        raise RetentionNotPossible("This has been disposed of already.", "reference")
    if locked.legal_holds.running().exists():
        raise RetentionNotPossible("This is held back already.", "reference")
    if review_on <= timezone.localdate():
        raise RetentionNotPossible("Choose a day to come.", "review_on")
    hold = locked.legal_holds.create(reason=reason, review_on=review_on, placed_by=placed_by)
    record_event(actor=placed_by, action="legalhold.place", about=hold)
    return hold


@transaction.atomic
def review_hold(*, hold: LegalHold, review_on: date, reviewed_by: Any) -> LegalHold:
    """The hold runs on until another day on which somebody looks at it."""
    _require_right(reviewed_by)
    fresh = _running(hold)
    if review_on <= timezone.localdate():
        raise RetentionNotPossible("Choose a day to come.", "review_on")
    fresh.review_on = review_on
    fresh.save()
    record_event(actor=reviewed_by, action="legalhold.review", about=fresh)
    return fresh


@transaction.atomic
def end_hold(*, hold: LegalHold, reason: str, ended_by: Any) -> LegalHold:
    """Let go by somebody other than who placed it: the audit comes onto the next list when it is due."""
    _require_right(ended_by)
    fresh = _running(hold)
    if fresh.placed_by_id == ended_by.pk:
        raise RetentionNotPossible("Somebody else lets go of what you hold back.")
    fresh.ended_at, fresh.ended_by, fresh.end_reason = timezone.now(), ended_by, reason
    fresh.save()
    record_event(actor=ended_by, action="legalhold.end", about=fresh)
    return fresh


def _running(hold: LegalHold) -> LegalHold:
    fresh = LegalHold.objects.select_for_update().get(pk=hold.pk)
    if not fresh.is_running:
        raise RetentionNotPossible("This is not held back any more.")
    return fresh


def _require_right(person: Any) -> None:
    if not holds(person, Right.SEE_RETENTION):
        raise PermissionDenied(Right.SEE_RETENTION.value.words)
