"""Twelve auditors in six pairs for each cycle, and which pair gets which case."""

from collections import Counter
from datetime import date
from typing import Any

from learning.programme.models import (
    Acknowledgement,
    AuditCycle,
    AuditorExpression,
    AuditorReadiness,
    AuditPair,
    AuditTeamMember,
)
from learning.programme.permissions import conflicts_with
from learning.programme.readings import Reading, readings_of
from learning.programme.requirements import sameness
from learning.selection.models import SampledCase
from portal.demo.audits.cast import Cast
from portal.demo.audits.cycles import LEAD
from portal.demo.audits.quarters import FIRST_DAYS, UNDER_WAY, Pace, moment, pace_of
from portal.demo.audits.shelf import Shelf

SLOTS = [
    (
        ["megan.strickland", "ibrahim.sesay", "priya.chandrasekhar", "parminder.dhaliwal"],
        ["kwame.boateng-reid", "harriet.ngata", "dylan.fairweather"],
    ),
    (["yusuf.abdirahman", "kelly-ann.moorcroft"], ["niamh.odowd", "ruxandra.popa"]),
    (["desmond.carrington-hall"], ["sunita.gurung", "jolanta.krawiec"]),
    (
        ["dylan.fairweather", "kwame.boateng-reid", "harriet.ngata"],
        ["abigail.rosenfeld", "mohammed.faruqui"],
    ),
    (["leila.haddad-moss"], ["patrick.hollis-mbeki"]),
    (["theodora.quist", "simon.attwater"], ["kelly-ann.moorcroft", "yusuf.abdirahman"]),
]
"""For each pair those who take turns in it, cycle by cycle; of two teams and two kinds of work."""

PRIYAS_TURN = 2
"""Which place in the first slot is hers: she audits in the cycle under way."""

MODULES_READ, BRIEFED = date(2026, 3, 4), date(2026, 3, 18)
WHY_ALIKE = "The two know each other's way of reading, and asked for this chance to learn together."


class Team:
    """The auditors of one cycle in their pairs, and what each pair has got so far."""

    def __init__(self, shelf: Shelf, cast: Cast, cycle: AuditCycle) -> None:
        self.shelf, self.cast, self.cycle = shelf, cast, cycle
        self.turn = list(FIRST_DAYS).index(cycle.ref)
        self.pace = pace_of(cycle.ref)
        self.readings = readings_of(cycle)
        self.pairs = [self._pair(number, slot) for number, slot in enumerate(SLOTS, start=1)]
        self.load: Counter[int] = Counter()

    def _pair(self, number: int, slot: tuple[list[str], ...]) -> tuple[AuditPair, list[Any]]:
        members = [self._member(self._name(names)) for names in slot]
        pair = AuditPair(
            cycle=self.cycle, number=number, reason_for_mix=WHY_ALIKE if sameness(members) else ""
        )
        self.shelf.add(pair)
        self.shelf.link(pair, "members", members)
        self.shelf.event(self.pace.at("agree_team", 9), self.cast[LEAD], "auditpair.make", pair)
        return pair, members

    def _name(self, names: list[str]) -> str:
        is_now = self.cycle.ref == UNDER_WAY and "priya.chandrasekhar" in names
        return names[PRIYAS_TURN if is_now else self.turn % len(names)]

    def _member(self, name: str) -> AuditTeamMember:
        person, pace = self.cast[name], self.pace
        member = AuditTeamMember(
            cycle=self.cycle,
            person=person,
            added_at=pace.at("agree_team", 8),
            is_first_time=0 < self.turn == _first_turn(name),
            links_declared_at=pace.at("agree_team", 15),
        )
        self.shelf.add(
            AuditorExpression(
                cycle=self.cycle,
                person=person,
                is_first_time=member.is_first_time,
                expressed_at=pace.at("open_call", 15),
            )
        )
        for reading in self.readings:
            self.shelf.add(_acknowledged(self.cycle, person, reading, pace))
        return self.shelf.add(member)

    def pair_for(self, case: SampledCase) -> AuditPair:
        """The pair with the fewest cases against which nothing speaks."""
        free = [
            (self.load[number], number)
            for number, (_, members) in enumerate(self.pairs)
            if not any(self._why_not(member, case) for member in members)
        ]
        _, number = min(free)
        self.load[number] += 1
        return self.pairs[number][0]

    def _why_not(self, member: AuditTeamMember, case: SampledCase) -> bool:
        """As the portal asks it, for members who are not in the database yet: they declared no link."""
        person, worker = member.person, case.worker
        return person.team_id == case.team_id or bool(conflicts_with(person, worker))

    def give_cases(self, cases: list[SampledCase]) -> None:
        """Each case gets its pair: those that the fewest pairs may have come first."""
        for case in sorted(cases, key=lambda one: (self._choices(one), one.ref)):
            case.pair = self.pair_for(case)

    def _choices(self, case: SampledCase) -> int:
        return sum(
            not any(self._why_not(member, case) for member in members) for _, members in self.pairs
        )

    def people_of(self, pair: AuditPair | None) -> list[Any]:
        """The two of this pair; the database does not know them yet."""
        return [m.person for one, members in self.pairs if one is pair for m in members]


def _first_turn(name: str) -> int:
    """In which cycle somebody audited for the first time."""
    turns = range(len(FIRST_DAYS))
    return next(
        turn
        for turn in turns
        if any(names[turn % len(names)] == name for slot in SLOTS for names in slot)
    )


def _acknowledged(cycle: AuditCycle, person: Any, reading: Reading, pace: Pace) -> Acknowledgement:
    return Acknowledgement(
        cycle=cycle,
        person=person,
        subject=reading.subject,
        revision_id=reading.revision_id,
        acknowledged_at=pace.at("acknowledge", 15),
    )


def prepare_auditors(cast: Cast) -> None:
    """Everybody who audits has read the modules and been to a briefing."""
    names = sorted({name for slot in SLOTS for names in slot for name in names})
    for name in names:
        AuditorReadiness.objects.get_or_create(
            person=cast[name],
            defaults={
                "modules_read_on": MODULES_READ,
                "briefing_attended_on": BRIEFED,
                "recorded_by": cast[LEAD],
            },
        )
    rows = AuditorReadiness.objects.filter(person__in=[cast[name] for name in names])
    rows.update(recorded_at=moment(BRIEFED, 16))
