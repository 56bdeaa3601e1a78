"""What the pages of the team show."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.people.models import JobFamily, StaffMember
from learning.programme.models import (
    AuditCycle,
    AuditorExpression,
    AuditorReadiness,
    AuditPair,
    AuditTeamMember,
)
from learning.programme.requirements import member_missing, pairs_with_people, sameness
from learning.programme.settings import AuditSettings
from learning.programme.states import TEAM_OPEN
from learning.suppression.rows import row_of_counts


def is_open_to(person: Any, cycle: AuditCycle) -> bool:
    """Whether this person may offer to audit in the cycle now."""
    return cycle.state in TEAM_OPEN and holds(person, Right.VOLUNTEER)


def pairs_of(cycle: AuditCycle) -> QuerySet[AuditPair]:
    """The cycle's pairs with their people."""
    return cycle.pairs.prefetch_related("members__person")


def waiting_offers(cycle: AuditCycle) -> QuerySet[AuditorExpression]:
    """Offers to audit of people who are not in the team, the earliest first."""
    return (
        cycle.expressions.filter(withdrawn_at=None)
        .exclude(person__audit_memberships__cycle=cycle)
        .select_related("person__readiness")
    )


# --- Who takes part ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class TakingPart:
    """Who audits, by kind of work: those that can be counted, and the labels of those that cannot."""

    counted: list[tuple[str, str]]
    not_counted: list[str]
    senior_managers: bool


def taking_part(team: Iterable[AuditTeamMember]) -> TakingPart:
    """How the team is spread, without small numbers (domain.md A14, A68)."""
    counts = Counter(member.person.job_family for member in team)
    rows = row_of_counts({family.label: counts[family.value] for family in JobFamily})
    return TakingPart(
        counted=[(label, words) for label, words in rows.items() if words.isdecimal()],
        not_counted=[label for label, words in rows.items() if not words.isdecimal()],
        senior_managers=counts[JobFamily.SENIOR_MANAGEMENT.value] > 0,
    )


# --- Team and pairs, with what they lack -------------------------------------------------------------


@dataclass(frozen=True)
class MemberRow:
    """Somebody in the team, with what is still to be done about them."""

    member: AuditTeamMember
    lacks: list[str]
    has_pair: bool


def members_with_lacks(cycle: AuditCycle) -> list[MemberRow]:
    months = AuditSettings.load().readiness_months
    team = cycle.team.select_related("person__readiness").prefetch_related("pairs")
    return [
        MemberRow(member, member_missing(member, cycle.first_day, months), bool(member.pairs.all()))
        for member in team
    ]


@dataclass(frozen=True)
class PairRow:
    """A pair, with where it lacks balance."""

    pair: AuditPair
    sameness: list[str]

    @property
    def is_balanced(self) -> bool:
        return not self.sameness


def pairs_with_lacks(cycle: AuditCycle) -> list[PairRow]:
    return [PairRow(pair, sameness(list(pair.members.all()))) for pair in pairs_with_people(cycle)]


# --- Preparation -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Preparation:
    """How somebody is prepared, in words."""

    person: StaffMember
    readiness: AuditorReadiness | None
    words: str


def preparation() -> list[Preparation]:
    """Everybody who has offered to audit, audits, or has something recorded of their preparation."""
    people = (
        StaffMember.objects.filter(is_active=True)
        .filter(
            Q(readiness__isnull=False)
            | Q(expressions__withdrawn_at=None, expressions__isnull=False)
            | Q(audit_memberships__isnull=False)
        )
        .select_related("readiness")
        .distinct()
    )
    months = AuditSettings.load().readiness_months
    return [_preparation(person, months) for person in people]


def _preparation(person: StaffMember, months: int) -> Preparation:
    readiness = getattr(person, "readiness", None)
    return Preparation(person, readiness, how_prepared(readiness, timezone.localdate(), months))


def how_prepared(readiness: AuditorReadiness | None, on: date, months: int) -> str:
    """The preparation in a few words, as it stands on that day."""
    if readiness is None:
        return "Nothing recorded yet"
    if readiness.counts_on(on, months):
        return f"Prepared until {readiness.lapses_on(months):%-d %B %Y}"
    if readiness.is_complete:
        return "Prepared once; it has lapsed" if readiness.prepared_on <= on else "Prepared soon"  # type: ignore[operator]
    if readiness.modules_read_on:
        return "Modules read; the briefing is left"
    return (
        "Briefing attended; modules are left" if readiness.briefing_attended_on else "Nothing yet"
    )


def part_of(member: AuditTeamMember) -> dict[str, Any]:
    """What somebody's own page says of their part: whom they audit with and how they are prepared."""
    pair = member.pairs.prefetch_related("members__person").last()
    first_day = member.cycle.first_day or timezone.localdate()
    readiness = getattr(member.person, "readiness", None)
    return {
        "pair": pair,
        "partners": [p for p in pair.people if p.pk != member.person_id] if pair else [],
        "prepared": how_prepared(readiness, first_day, AuditSettings.load().readiness_months),
    }
