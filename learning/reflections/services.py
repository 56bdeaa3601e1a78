"""Writing a reflection, sharing it with one's line manager, taking that back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from learning.events.refusals import Refusal
from learning.events.services import record_event
from learning.programme.models import AuditCycle
from learning.programme.states import BEFORE_THE_DAYS, CycleState
from learning.reflections.mails import tell_manager
from learning.reflections.models import AuditorReflection

NOT_YET = (*BEFORE_THE_DAYS, CycleState.POSTPONED, CycleState.CANCELLED)
"""States of a cycle on which there is nothing to look back."""


class ReflectionNotPossible(Refusal):
    """The step was not taken; the message says why."""


@transaction.atomic
def write_reflection(
    *, cycle: AuditCycle, person: Any, take_back: str, challenged: str, as_auditor: str
) -> AuditorReflection:
    """The person's reflection with these words."""
    if not cycle.team.filter(person=person).exists():
        raise PermissionDenied("Those who audit in this cycle reflect on it.")
    if cycle.state in NOT_YET:
        raise ReflectionNotPossible("There is something to look back on once the days have begun.")
    earlier = AuditorReflection.objects.filter(cycle=cycle, person=person).first()
    if earlier is not None and earlier.is_disposed:
        raise ReflectionNotPossible("What you wrote of this cycle was disposed of.")
    reflection, _ = AuditorReflection.objects.update_or_create(
        cycle=cycle,
        person=person,
        defaults={
            "take_back": take_back,
            "challenged": challenged,
            "as_auditor": as_auditor,
            "written_at": timezone.now(),
        },
    )
    record_event(actor=person, action="auditorreflection.write", about=reflection)
    return reflection


@transaction.atomic
def share_reflection(*, reflection: AuditorReflection, shared_by: Any) -> AuditorReflection:
    """The reflection, read by its writer's line manager from now on."""
    fresh = _own(reflection, shared_by)
    manager = fresh.person.line_manager
    if manager is None or manager == fresh.person:
        raise ReflectionNotPossible("The portal knows no line manager of yours.")
    if not fresh.is_written:
        raise ReflectionNotPossible("There is nothing written yet.")
    if fresh.shared_with_id == manager.pk:
        return fresh
    fresh.shared_with, fresh.shared_at = manager, timezone.now()
    fresh.save(update_fields=["shared_with", "shared_at"])
    record_event(actor=shared_by, action="auditorreflection.share", about=fresh)
    tell_manager(fresh)
    return fresh


@transaction.atomic
def take_reflection_back(*, reflection: AuditorReflection, taken_back_by: Any) -> AuditorReflection:
    """The reflection, its writer's alone again."""
    fresh = _own(reflection, taken_back_by)
    fresh.shared_with = fresh.shared_at = None
    fresh.save(update_fields=["shared_with", "shared_at"])
    record_event(actor=taken_back_by, action="auditorreflection.take_back", about=fresh)
    return fresh


def _own(reflection: AuditorReflection, person: Any) -> AuditorReflection:
    """The reflection, locked, for its writer and nobody else."""
    fresh = AuditorReflection.objects.select_for_update(of=("self",)).get(pk=reflection.pk)
    if fresh.person_id != person.pk:
        raise PermissionDenied("A reflection is its writer’s own.")
    return fresh
