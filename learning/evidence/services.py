"""Letting somebody read an evidence note, for a reason and a time; and taking it away."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from learning.access.models import AccessEvent
from learning.access.services import record_access
from learning.events.services import record_event
from learning.evidence.models import EvidenceNote, EvidenceNoteGrant
from learning.evidence.permissions import user_can_write_evidence_notes


@transaction.atomic
def grant_evidence_note(
    *, note: EvidenceNote, person: Any, reason: str, expires_at: datetime | None, granted_by: Any
) -> EvidenceNoteGrant:
    """The person's grant; an earlier one takes the new reason and end. Only the QA office grants."""
    if not user_can_write_evidence_notes(granted_by):
        raise PermissionDenied("Only the QA office lets others read evidence notes.")
    grant, _ = EvidenceNoteGrant.objects.update_or_create(
        user=person,
        content_object=note,
        permission=_view_permission(),
        defaults={
            "reason": reason,
            "expires_at": expires_at,
            "granted_by": granted_by,
            "granted_at": timezone.now(),
        },
    )
    record_access(user=granted_by, action=AccessEvent.Action.GRANTED, about=note)
    record_event(
        actor=granted_by, action="evidence.granted", about=note, reason=f"to person {person.pk}"
    )
    return grant


@transaction.atomic
def revoke_evidence_note(*, grant: EvidenceNoteGrant, revoked_by: Any) -> None:
    """Takes the grant away. Only the QA office does so."""
    if not user_can_write_evidence_notes(revoked_by):
        raise PermissionDenied("Only the QA office takes away the reading of evidence notes.")
    note, person_id = grant.content_object, grant.user_id
    grant.delete()
    record_access(user=revoked_by, action=AccessEvent.Action.REVOKED, about=note)
    record_event(
        actor=revoked_by, action="evidence.revoked", about=note, reason=f"from person {person_id}"
    )


def expire_grants() -> int:
    """Removes grants that have run out; how many they were. Run by the timer."""
    ended = EvidenceNoteGrant.objects.filter(expires_at__lte=timezone.now())
    for grant in ended.select_related("content_object"):
        record_event(actor=None, action="evidence.grant_ended", about=grant.content_object)
    count, _ = ended.delete()
    return count


def _view_permission() -> Permission:
    return Permission.objects.get(content_type__app_label="learning", codename="view_evidencenote")
