"""What the programme itself wants done before a cycle goes on (domain.md E1)."""

from datetime import date
from typing import Any

from django.utils import timezone

from learning.people.models import JobFamily
from learning.programme import gates
from learning.programme.models import (
    DAYS_OF_A_CYCLE,
    Acknowledgement,
    AuditCycle,
    AuditPair,
    AuditTeamMember,
)
from learning.programme.readings import readings_of, unpublished_readings
from learning.programme.settings import AuditSettings

LEAST_IN_A_PAIR = 2


def pairs_with_people(cycle: AuditCycle) -> list[AuditPair]:
    """The cycle's pairs with their members and all that is asked about them, in three queries."""
    pairs = cycle.pairs.prefetch_related("members__person__readiness", "members__conflicts")
    return list(pairs)


# --- Resources -----------------------------------------------------------------------------------


def resources_missing(cycle: AuditCycle) -> list[str]:
    """Dates, lead, administrator and IT contact (domain.md A2, A3, A18)."""
    missing = []
    if cycle.days.count() != DAYS_OF_A_CYCLE:
        missing.append("Give the cycle its two days.")
    if cycle.administrator_id is None:
        missing.append("Name the audit administrator.")
    if cycle.it_contact_id is None:
        missing.append("Name the IT contact.")
    return missing


# --- The team --------------------------------------------------------------------------------------


def team_missing(cycle: AuditCycle) -> list[str]:
    """What the team needs before it is agreed (domain.md A4, A17, A22, A58, A75)."""
    pairs = pairs_with_people(cycle)
    if not pairs:
        return ["Make at least one pair."]
    months = AuditSettings.load().readiness_months
    missing = [
        sentence for pair in pairs for sentence in pair_missing(pair, cycle.first_day, months)
    ]
    return missing + _without_pair(cycle, pairs)


def pair_missing(pair: AuditPair, on: date | None, months: int) -> list[str]:
    """What stands in the way of this pair, a sentence each."""
    members = list(pair.members.all())
    if len(members) < LEAST_IN_A_PAIR:
        return [f"{pair} needs two auditors."]
    missing = [sentence for member in members for sentence in member_missing(member, on, months)]
    if not pair.reason_for_mix:
        missing += [f"{pair}: {sentence} Change it, or say why." for sentence in sameness(members)]
    return missing


def member_missing(member: AuditTeamMember, on: date | None, months: int) -> list[str]:
    """What this person has still to do before the team is agreed."""
    missing = []
    readiness = getattr(member.person, "readiness", None)
    if on is None or readiness is None or not readiness.counts_on(on, months):
        missing.append(f"{member.person} is not recorded as prepared for the first day.")
    if member.links_declared_at is None:
        missing.append(f"{member.person} has not said whether there are links to declare.")
    return missing


def sameness(members: list[AuditTeamMember]) -> list[str]:
    """Where a pair lacks balance, a sentence each. It never says who has which job (domain.md A15)."""
    found = []
    if all(member.is_first_time for member in members):
        found.append("nobody in it has audited before.")
    if len({member.person.job_family for member in members}) < LEAST_IN_A_PAIR:
        found.append("both come from the same kind of work.")
    return found


TAKES_PART = (
    JobFamily.SOCIAL_WORK,
    JobFamily.FAMILY_SUPPORT,
    JobFamily.RESIDENTIAL_FOSTERING,
    JobFamily.MANAGEMENT,
    JobFamily.SENIOR_MANAGEMENT,
)
"""Kinds of work that a team ought to have somebody of (domain.md A14, A17)."""


def lopsided(members: list[AuditTeamMember]) -> list[str]:
    """Where a whole team lacks balance, a sentence each: for whoever chooses it. It says who is missing, and
    never who has which job (domain.md A15, A17)."""
    if not members:
        return []
    there = {member.person.job_family for member in members}
    found = [f"Nobody from {kind.label.lower()}." for kind in TAKES_PART if kind not in there]
    new = sum(1 for member in members if member.is_first_time)
    if new == len(members):
        found.append("Nobody who has audited before.")
    elif new * 2 > len(members):
        found.append("More than half audit for the first time.")
    return found


def _without_pair(cycle: AuditCycle, pairs: list[AuditPair]) -> list[str]:
    placed = {member.pk for pair in pairs for member in pair.members.all()}
    alone = [member for member in cycle.team.select_related("person") if member.pk not in placed]
    return [f"{member.person} is in the team and in no pair." for member in alone]


# --- Days ------------------------------------------------------------------------------------------


def too_early_to_draw(cycle: AuditCycle) -> list[str]:
    """T−35 has not come yet (domain.md A5)."""
    return _too_early(cycle.draw_due_date, "The draw is planned for {day:%-d %B %Y}.")


def too_early_to_begin(cycle: AuditCycle) -> list[str]:
    return _too_early(cycle.first_day, "The first day is {day:%-d %B %Y}.")


def _too_early(day: date | None, sentence: str) -> list[str]:
    if day is None or day <= timezone.localdate():
        return []
    return [sentence.format(day=day)]


def acknowledgements_missing(cycle: AuditCycle) -> list[str]:
    """Who has not acknowledged what is to be read in this cycle (domain.md A19–A20)."""
    missing = [
        f"The text to acknowledge is not published yet: {subject.label.lower()}."
        for subject in unpublished_readings(cycle)
    ]
    readings, acknowledged = readings_of(cycle), _acknowledged(cycle)
    for member in cycle.team.select_related("person"):
        left = [
            reading.title
            for reading in readings
            if (member.person_id, reading.subject.value, reading.revision_id) not in acknowledged
        ]
        if left:
            missing.append(f"{member.person} has not acknowledged: {', '.join(left)}.")
    return missing


def _acknowledged(cycle: AuditCycle) -> set[tuple[Any, ...]]:
    rows = Acknowledgement.objects.filter(cycle=cycle)
    return set(rows.values_list("person_id", "subject", "revision_id"))


def connect() -> None:
    """Called once when the app is ready."""
    for step in ("open_call", "declare_ready", "begin_days"):
        gates.hold(step, resources_missing)
    gates.hold("agree_team", team_missing)
    gates.caution("open_selection", too_early_to_draw)
    gates.hold("begin_days", team_missing)
    gates.hold("begin_days", too_early_to_begin)
    gates.hold("begin_days", acknowledgements_missing)
