"""The hours of a cycle: with its audits, and everything else. The one place where they are added up."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from learning.hours.models import Activity, LoggedHours
from learning.programme.models import AuditCycle
from learning.submissions.models import SubmitConfirmation
from learning.suppression.counts import is_small

NONE = Decimal(0)


@dataclass(frozen=True)
class OwnHours:
    """What one person gave to one cycle."""

    audits: Decimal
    by_activity: dict[str, Decimal]

    @property
    def total(self) -> Decimal:
        return self.audits + sum(self.by_activity.values(), NONE)

    @property
    def rows(self) -> list[tuple[str, Decimal]]:
        """What has hours, in words, in the order of the list."""
        rows = [("Reading, talking and writing in audits", self.audits)]
        rows += [(str(kind.label), self.by_activity.get(kind, NONE)) for kind in Activity]
        return [(words, hours) for words, hours in rows if hours]


@dataclass(frozen=True)
class CycleHours(OwnHours):
    """What everybody gave to one cycle, how many audits have hours, and how many people logged others."""

    audit_count: int = 0
    people: int = 0

    @property
    def shown(self) -> Decimal:
        """What may be told of them together: of fewer than five people the other hours are left out, since
        those with audits are told by themselves."""
        return self.audits if is_small(self.people) else self.total


def own_hours(person: Any, cycle: AuditCycle) -> OwnHours:
    """What this person gave to the cycle; two queries."""
    return own_hours_of_all(person, [cycle])[cycle.pk]


def own_hours_of_all(person: Any, cycles: Iterable[AuditCycle]) -> dict[int, OwnHours]:
    """What this person gave to each of the cycles, by its key; two queries for all."""
    known = list(cycles)
    of_audits = _of_audits(known, person=person)
    by_activity = _by_activity(known, person=person)
    return {
        cycle.pk: OwnHours(of_audits.get(cycle.pk, (NONE, 0))[0], by_activity[cycle.pk])
        for cycle in known
    }


def hours_of(cycle: AuditCycle) -> CycleHours:
    """What everybody gave to the cycle; three queries."""
    return hours_of_all([cycle])[cycle.pk]


def hours_of_all(cycles: Iterable[AuditCycle], **cases: Any) -> dict[int, CycleHours]:
    """What everybody gave to each of the cycles, by its key; three queries for all. `cases` narrows the audits
    that count."""
    known = list(cycles)
    of_audits, people = _of_audits(known, **cases), _people(known)
    by_activity = _by_activity(known)
    found = {}
    for cycle in known:
        hours, audits = of_audits.get(cycle.pk, (NONE, 0))
        found[cycle.pk] = CycleHours(
            hours, by_activity[cycle.pk], audit_count=audits, people=people.get(cycle.pk, 0)
        )
    return found


def givers_of_all(cycles: Iterable[AuditCycle]) -> dict[int, int]:
    """How many people gave the hours that may be told (`CycleHours.shown`) to each of the cycles, by its
    key; two queries for all."""
    known = list(cycles)
    found: dict[int, set[int]] = {cycle.pk: set() for cycle in known}
    others: dict[int, set[int]] = {cycle.pk: set() for cycle in known}
    confirmed = SubmitConfirmation.objects.filter(
        submission__case__cycle__in=known, hours__isnull=False
    )
    logged = LoggedHours.objects.filter(cycle__in=known)
    for rows, cycle_key, into in (
        (confirmed, "submission__case__cycle", found),
        (logged, "cycle", others),
    ):
        for cycle, person in rows.order_by().values_list(cycle_key, "person").distinct():
            into[cycle].add(person)
    return {
        cycle: len(people if is_small(len(others[cycle])) else people | others[cycle])
        for cycle, people in found.items()
    }


def _of_audits(cycles: list[AuditCycle], **which: Any) -> dict[int, tuple[Decimal, int]]:
    """What the pairs gave when they confirmed their text, and for how many audits."""
    rows = SubmitConfirmation.objects.filter(
        submission__case__cycle__in=cycles, hours__isnull=False, **which
    )
    summed = rows.order_by().values_list("submission__case__cycle")
    counted = summed.annotate(Sum("hours"), Count("submission", distinct=True))
    return {cycle: (hours, audits) for cycle, hours, audits in counted}


def _by_activity(cycles: list[AuditCycle], **whose: Any) -> dict[int, dict[str, Decimal]]:
    rows = LoggedHours.objects.filter(cycle__in=cycles, **whose).order_by()
    found: dict[int, dict[str, Decimal]] = {cycle.pk: {} for cycle in cycles}
    for cycle, activity, hours in rows.values_list("cycle", "activity").annotate(Sum("hours")):
        found[cycle][activity] = hours
    return found


def _people(cycles: list[AuditCycle]) -> dict[int, int]:
    """How many people logged hours beside their audits."""
    rows = LoggedHours.objects.filter(cycle__in=cycles).order_by().values_list("cycle")
    return dict(rows.annotate(Count("person", distinct=True)))
