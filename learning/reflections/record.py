"""What somebody did as an auditor, for their own record of learning (domain.md A62).

It holds nothing of a case: no reference, no text, nobody else's name.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from learning.hours.selectors import OwnHours, own_hours_of_all
from learning.programme.models import Acknowledgement, AuditCycle, AuditTeamMember
from learning.reflections.models import AuditorReflection
from learning.reflections.services import NOT_YET
from learning.submissions.models import AuditSubmission


@dataclass(frozen=True)
class CycleDone:
    """One cycle of the record."""

    cycle: AuditCycle
    roles: list[str]
    audits: int
    readings: list[str]
    hours: OwnHours
    reflection: AuditorReflection | None

    @property
    def days(self) -> list[date]:
        return [day.date for day in self.cycle.days.all()]


@dataclass(frozen=True)
class Record:
    """What this person did, the newest cycle first, and how they prepared."""

    person: Any
    prepared: list[str]
    cycles: list[CycleDone]

    @property
    def title(self) -> str:
        return "Record of learning from practice audits"


def record_of(person: Any, *, with_reflections: Collection[str] | None = None) -> Record:
    """The person's own record. `with_reflections` names the cycles whose reflection goes in; without it all
    do."""
    members = {member.cycle_id: member for member in person.audit_memberships.all()}
    cycles = _cycles_of(person, members)
    hours, audits = own_hours_of_all(person, cycles), _audits(person, cycles)
    readings, reflections = _readings(person, cycles), _reflections(person)
    return Record(
        person,
        _prepared(person),
        [
            CycleDone(
                cycle=cycle,
                roles=_roles(person, cycle, members.get(cycle.pk)),
                audits=audits.get(cycle.pk, 0),
                readings=readings.get(cycle.pk, []),
                hours=hours[cycle.pk],
                reflection=reflections.get(cycle.pk)
                if with_reflections is None or cycle.ref in with_reflections
                else None,
            )
            for cycle in cycles
        ],
    )


def _cycles_of(person: Any, members: Collection[int]) -> list[AuditCycle]:
    """Those whose days have begun and in which the person had a part, the newest first."""
    part = Q(pk__in=list(members)) | Q(lead=person) | Q(deputy=person)
    found = AuditCycle.objects.filter(part).exclude(state__in=NOT_YET)
    return list(found.prefetch_related("days").order_by("-ref"))


def _roles(person: Any, cycle: AuditCycle, member: AuditTeamMember | None) -> list[str]:
    roles = ["Lead"] if cycle.lead_id == person.pk else []
    roles += ["Deputy lead"] if cycle.deputy_id == person.pk else []
    if member is not None:
        roles.append("Auditor, for the first time" if member.is_first_time else "Auditor")
    return roles


def _audits(person: Any, cycles: list[AuditCycle]) -> dict[int, int]:
    """How many audits of each cycle the person finished with a colleague."""
    found = AuditSubmission.objects.filter(
        case__cycle__in=cycles, case__pair__members__person=person, submitted_at__isnull=False
    )
    counted = found.order_by().values_list("case__cycle").annotate(Count("pk", distinct=True))
    return dict(counted)


def _readings(person: Any, cycles: list[AuditCycle]) -> dict[int, list[str]]:
    """What the person acknowledged before the days, a wording each."""
    found: dict[int, list[str]] = {}
    for row in Acknowledgement.objects.filter(person=person, cycle__in=cycles).order_by("pk"):
        words = str(row.get_subject_display())
        if words not in found.setdefault(row.cycle_id, []):
            found[row.cycle_id].append(words)
    return found


def _reflections(person: Any) -> dict[int, AuditorReflection]:
    own = AuditorReflection.objects.filter(person=person)
    return {row.cycle_id: row for row in own if row.is_written}


def _prepared(person: Any) -> list[str]:
    """The parts of the preparation with their days."""
    readiness = getattr(person, "readiness", None)
    if readiness is None:
        return []
    days = (
        ("Core training modules read", readiness.modules_read_on),
        ("Briefing for auditors attended", readiness.briefing_attended_on),
    )
    return [f"{words} on {day:%-d %B %Y}" for words, day in days if day]
