"""Letting people read one submission, for a reason and a time; and the end of it (domain.md E7)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from learning.access.models import AccessEvent
from learning.access.services import record_access
from learning.events.services import record_event
from learning.events.working_days import end_of_working_day
from learning.programme.models import AuditCycle
from learning.programme.settings import AuditSettings
from learning.selection.models import SampledCase
from learning.submissions.models import AuditSubmission, SubmissionGrant

AUDITS = "Audits this case"
WORKER = "Worker of this case"


@transaction.atomic
def grant_reading(
    *,
    submission: AuditSubmission,
    person: Any,
    reason: str,
    granted_by: Any,
    expires_at: datetime | None = None,
) -> SubmissionGrant:
    """The person's grant; an earlier one takes the new reason and end."""
    grant, _ = SubmissionGrant.objects.update_or_create(
        user=person,
        content_object=submission,
        permission=_view_permission(),
        defaults={
            "reason": reason,
            "expires_at": expires_at,
            "granted_by": granted_by,
            "granted_at": timezone.now(),
        },
    )
    record_access(user=granted_by, action=AccessEvent.Action.GRANTED, about=submission)
    record_event(
        actor=granted_by,
        action="auditsubmission.reading_granted",
        about=submission,
        reason=f"to person {person.pk}",
    )
    return grant


@transaction.atomic
def end_reading(*, grant: SubmissionGrant, ended_by: Any) -> None:
    """Takes the grant away."""
    submission, person_id = grant.content_object, grant.user_id
    grant.delete()
    record_access(user=ended_by, action=AccessEvent.Action.REVOKED, about=submission)
    record_event(
        actor=ended_by,
        action="auditsubmission.reading_ended",
        about=submission,
        reason=f"from person {person_id}",
    )


@transaction.atomic
def grant_to_pair(*, submission: AuditSubmission, granted_by: Any) -> None:
    """The pair of the case reads its submission; whoever audited it before no longer does."""
    pair = submission.case.pair
    people = pair.people if pair else []
    end_reading_of_pair(submission=submission, ended_by=granted_by, but=people)
    for person in people:
        grant_reading(submission=submission, person=person, reason=AUDITS, granted_by=granted_by)


@transaction.atomic
def end_reading_of_pair(
    *, submission: AuditSubmission, ended_by: Any, but: Collection[Any] = ()
) -> None:
    """Whoever audits or audited the case reads it no more; `but` these people."""
    of_pair = SubmissionGrant.objects.filter(content_object=submission, reason=AUDITS)
    for grant in of_pair.exclude(user__in=but):
        end_reading(grant=grant, ended_by=ended_by)


def auditors_with_reading(case: SampledCase) -> QuerySet[SubmissionGrant, int]:
    """The ids of those who read the submission of this case because they audit it."""
    grants = SubmissionGrant.objects.filter(content_object__case=case, reason=AUDITS)
    return grants.values_list("user_id", flat=True)


@transaction.atomic
def grant_to_worker(*, submission: AuditSubmission, granted_by: Any) -> None:
    """The worker of the case reads it from now on; `visible_to` lets in whoever manages the worker."""
    worker = submission.case.worker
    if worker is not None:
        grant_reading(submission=submission, person=worker, reason=WORKER, granted_by=granted_by)


def end_grants_of_cycle(*, cycle: AuditCycle) -> int:
    """How many auditors' grants now have their end: some working days after the cycle closed."""
    days = AuditSettings.load().access_days_after_close
    end = end_of_working_day(timezone.localdate(cycle.closed_at), days)
    return _grants_of_auditors(cycle).update(expires_at=end)


def reopen_grants_of_cycle(*, cycle: AuditCycle) -> int:
    """How many auditors' grants run on without an end, since the cycle is open again."""
    return _grants_of_auditors(cycle).update(expires_at=None)


def expire_grants() -> int:
    """Removes grants that have run out; how many they were. Run by the timer."""
    ended = SubmissionGrant.objects.filter(expires_at__lte=timezone.now())
    for grant in ended.select_related("content_object"):
        record_event(
            actor=None, action="auditsubmission.reading_ran_out", about=grant.content_object
        )
    count, _ = ended.delete()
    return count


def _grants_of_auditors(cycle: AuditCycle) -> Any:
    return SubmissionGrant.objects.filter(content_object__case__cycle=cycle, reason=AUDITS)


def _view_permission() -> Permission:
    return Permission.objects.get(
        content_type__app_label="learning", codename="view_auditsubmission"
    )
