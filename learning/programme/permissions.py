"""Who may audit what: questions that this room and those above it ask (domain.md A20, A22, A58, A75)."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from learning.events.working_days import add_working_days
from learning.programme.models import AuditCycle, AuditTeamMember
from learning.programme.readings import left_to_acknowledge, unpublished_readings
from learning.programme.settings import AuditSettings


def conflicts_with(person: Any, worker: Any) -> list[str]:
    """Why this person must not audit the work of that one, whoever is in which cycle; a sentence each."""
    if person.pk == worker.pk:
        return [f"{person} is the worker of this case."]
    reasons = []
    if person.team_id is not None and person.team_id == worker.team_id:
        reasons.append(f"{person} works in the same team as the worker of this case.")
    if worker.line_manager_id == person.pk:
        reasons.append(f"{person} manages the worker of this case.")
    if person.line_manager_id == worker.pk:
        reasons.append(f"{person} is managed by the worker of this case.")
    return reasons


def may_audit(member: AuditTeamMember, worker: Any | None, *, team: Any | None = None) -> list[str]:
    """Reasons why this member must not audit the case, a sentence each; empty when nothing speaks against it.

    `worker` may be unknown (None). `team` is the team that holds the case, where that is known beside
    the worker's own.
    """
    reasons = conflicts_with(member.person, worker) if worker is not None else []
    if team is not None and team.pk == member.person.team_id and not reasons:
        reasons.append(f"{member.person} works in the team that holds this case.")
    return reasons + _declared_against(member, worker, team)


def _declared_against(member: AuditTeamMember, worker: Any | None, team: Any | None) -> list[str]:
    """What the member has declared that bears on this case."""
    teams = {team.pk if team else None, worker.team_id if worker else None} - {None}
    for conflict in member.conflicts.all():
        if worker is not None and conflict.worker_id == worker.pk:
            return [f"{member.person} has declared a link to the worker of this case."]
        if conflict.team_id in teams:
            return [f"{member.person} has declared a link to the team of this case."]
    return []


def open_to_auditors() -> QuerySet[AuditCycle]:
    """Cycles whose auditors still read: open ones, and closed ones for some working days (domain.md E7)."""
    days = AuditSettings.load().access_days_after_close
    since = add_working_days(timezone.localdate(), -days)
    still = Q(closed_at__isnull=True) | Q(closed_at__date__gte=since)
    return AuditCycle.objects.filter(still)


def is_ready(person: Any, on: date) -> bool:
    """Whether this person is prepared to audit on that day: both parts recorded, and not lapsed since."""
    readiness = getattr(person, "readiness", None)
    return readiness is not None and readiness.counts_on(on, AuditSettings.load().readiness_months)


def has_acknowledged(person: Any, cycle: AuditCycle) -> bool:
    """Whether this person has acknowledged all that is to be read in this cycle, in its present wording.

    False while something that ought to be read is not published."""
    return not unpublished_readings(cycle) and not left_to_acknowledge(person, cycle)
