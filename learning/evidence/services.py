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
from learning.events.services import record_event
from learning.evidence.models import PageEvidence
from learning.submissions.grants import AUDITS, LINE_MANAGER, WORKER, end_reading, grant_reading
from learning.submissions.models import AuditSubmission, SubmissionGrant
from learning.submissions.states import AFTER_QUALITY_ASSURANCE

OWN_REASONS = (AUDITS, WORKER, LINE_MANAGER)
"""Reasons of those who read an audit because it is theirs; no reader is let in by these."""


class NotNamable(Exception):
    """The audit is not quality assured, or this person may not read it."""


class ReadsAlready(Exception):
    """The person reads the audit because of what they are to it; that is not given a new reason or end."""


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
    expires_at: datetime | None,
    granted_by: Any,
) -> SubmissionGrant:
    """The person's grant of one audit. Only the QA office lets in. Raises `ReadsAlready`."""
    _require_office(granted_by)
    own = SubmissionGrant.objects.filter(
        content_object=submission, user=person, reason__in=OWN_REASONS
    )
    if own.select_for_update().exists() or reason in OWN_REASONS:
        raise ReadsAlready("This person reads the audit already, because it is about their work.")
    return grant_reading(
        submission=submission,
        person=person,
        reason=reason,
        expires_at=expires_at,
        granted_by=granted_by,
    )


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
