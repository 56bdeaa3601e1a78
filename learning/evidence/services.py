"""Naming the audits that a page rests on, and letting people read one of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.models import AccessEvent
from learning.access.services import record_access
from learning.events.refusals import Refusal
from learning.events.services import record_event
from learning.events.working_days import end_of_working_day
from learning.evidence.models import PageEvidence
from learning.programme.settings import AuditSettings
from learning.submissions.grants import AUDITS, WORKER, end_reading, grant_reading
from learning.submissions.models import AuditSubmission, SubmissionGrant
from learning.submissions.states import AFTER_QUALITY_ASSURANCE, OPEN_TO_READERS

OWN_REASONS = (AUDITS, WORKER)
"""Reasons of those who read an audit because it is theirs; no reader is let in by these."""

NOT_OPEN = "Nobody is let in to an audit before it is quality assured, nor once its text is gone."


class NotNamable(Exception):
    """The audit is not quality assured, or this person may not read it."""


class ReadsAlready(Refusal):
    """The person reads the audit because of what they are to it; that is not given a new reason or end."""

    field = "person"


class NotOpenYet(Refusal):
    """The audit is not quality assured, or its text is gone: the pair may still change what it says."""


class TooLong(Refusal):
    """The end lies further away than the service lets anybody in for."""

    field = "expires_at"


@transaction.atomic
def name_evidence(
    *, page: Page, submissions: Iterable[AuditSubmission], bearing: str, named_by: Any
) -> list[PageEvidence]:
    """The new rows; an audit that is named already stays as it is. Raises `NotNamable`."""
    _require_office(named_by)
    wanted = {submission.pk for submission in submissions}
    audits = AuditSubmission.objects.visible_to(named_by).filter(
        pk__in=wanted, state__in=AFTER_QUALITY_ASSURANCE
    )
    if set(audits.values_list("pk", flat=True)) != wanted:
        raise NotNamable("A page rests on audits that are quality assured and that you may read.")
    rows = [_name(page, audit, bearing, named_by) for audit in audits]
    new = [row for row in rows if row is not None]
    if new:
        record_event(actor=named_by, action="evidence.named", about=page)
    return new


def _name(page: Page, audit: AuditSubmission, bearing: str, by: Any) -> PageEvidence | None:
    row, is_new = PageEvidence.objects.get_or_create(
        page_id=page.pk, submission=audit, defaults={"bearing": bearing, "named_by": by}
    )
    if is_new:
        record_access(user=by, action=AccessEvent.Action.CHANGED, about=row)
    return row if is_new else None


@transaction.atomic
def remove_evidence(*, row: PageEvidence, reason: str, removed_by: Any) -> None:
    """The page no longer names this audit; the event keeps who took it out, and why."""
    _require_office(removed_by)
    record_access(user=removed_by, action=AccessEvent.Action.CHANGED, about=row)
    record_event(
        actor=removed_by,
        action="evidence.removed",
        about=Page.objects.get(pk=row.page_id),
        reason=reason,
    )
    row.delete()


@transaction.atomic
def let_read(
    *,
    submission: AuditSubmission,
    person: Any,
    reason: str,
    expires_at: datetime,
    granted_by: Any,
) -> SubmissionGrant:
    """The person's grant of one quality-assured audit (domain.md E7). Only the QA office lets in. Raises
    `NotOpenYet`, `TooLong` or `ReadsAlready`."""
    _require_office(granted_by)
    submission = AuditSubmission.objects.select_for_update().get(pk=submission.pk)
    if not is_open_to_readers(submission):
        raise NotOpenYet(NOT_OPEN)
    if expires_at > latest_end():
        raise TooLong(f"Nobody is let in for longer than until {latest_end():%-d %B %Y}.")
    own = SubmissionGrant.objects.filter(
        content_object=submission, user=person, reason__in=OWN_REASONS
    )
    worker = submission.case.worker
    manages = worker is not None and worker.line_manager_id == person.pk
    if manages or own.select_for_update().exists() or reason in OWN_REASONS:
        raise ReadsAlready("This person reads the audit already, because it is about their work.")
    return grant_reading(
        submission=submission,
        person=person,
        reason=reason,
        expires_at=expires_at,
        granted_by=granted_by,
    )


def is_open_to_readers(submission: AuditSubmission) -> bool:
    """Whether somebody can be let in to read it now."""
    return submission.state in OPEN_TO_READERS


def latest_end() -> datetime:
    """The last moment until which somebody may be let in now: the end of some working days."""
    days = AuditSettings.load().let_in_days_at_most
    return end_of_working_day(timezone.localdate(), days)


@transaction.atomic
def end_let_in(*, grant: SubmissionGrant, ended_by: Any) -> None:
    """Takes away what `let_read` gave; what somebody reads because it is theirs is not taken so."""
    _require_office(ended_by)
    if grant.reason in OWN_REASONS:
        raise PermissionDenied("This person reads the audit because it is about their work.")
    end_reading(grant=grant, ended_by=ended_by)


def let_in_to(submission: AuditSubmission) -> Any:
    """Running grants of those who were let in for a reason, with the people."""
    grants = SubmissionGrant.objects.filter(content_object=submission).exclude(
        reason__in=OWN_REASONS
    )
    running = grants.exclude(expires_at__lte=timezone.now())
    return running.select_related("user", "granted_by").order_by("granted_at")


def _require_office(person: Any) -> None:
    if not holds(person, Right.EVIDENCE):
        raise PermissionDenied(Right.EVIDENCE.value.words)
