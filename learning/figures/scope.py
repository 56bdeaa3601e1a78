"""Which cycles and which audits a figure speaks of.

Figures about audits count only cycles whose every analysis is signed off. Their numbers then no longer
change from day to day, so that nobody learns of one case by comparing two days.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet

from learning.programme.models import AuditCycle
from learning.programme.states import CycleState
from learning.selection.models import SampledCase
from learning.selection.states import AUDITED_STATES, SelectionRoute

SIGNED_OFF = (
    CycleState.FAMILY_FEEDBACK,
    CycleState.REPORTING,
    CycleState.WITH_BOARDS,
    CycleState.LEARNING_PUBLISHED,
    CycleState.CLOSED,
)
"""States of a cycle in which every analysis is signed off."""

CYCLES_SHOWN = 5
AT_RANDOM = (SelectionRoute.RANDOM, SelectionRoute.REPLACEMENT)
ON_PURPOSE = (SelectionRoute.THEMED, SelectionRoute.RE_AUDIT)
"""Drawn from a group that was chosen: never put into one percentage with cases drawn at random."""


Found = TypeVar("Found")


@dataclass(frozen=True)
class Scope:
    """A cycle, those before it (the newest last), and the day on which it is looked at."""

    cycles: tuple[AuditCycle, ...]
    on: date
    _found: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, name: str, find: Callable[[], Found]) -> Found:
        """What `find` gives, asked of the database once for all figures of this scope."""
        if name not in self._found:
            self._found[name] = find()
        found: Found = self._found[name]
        return found

    @property
    def cycle(self) -> AuditCycle | None:
        """The cycle that it is about; None while none is signed off."""
        return self.cycles[-1] if self.cycles else None

    @property
    def earlier(self) -> tuple[AuditCycle, ...]:
        return self.cycles[:-1]


def scope_up_to(cycle: AuditCycle | None, on: date) -> Scope:
    """The cycle with the four before it; without one, the newest that is signed off."""
    cycles = AuditCycle.objects.filter(state__in=SIGNED_OFF).order_by("-ref")
    if cycle is not None:
        cycles = cycles.filter(ref__lte=cycle.ref)
    return Scope(tuple(reversed(cycles.prefetch_related("days")[:CYCLES_SHOWN])), on)


def audited(cycles: Iterable[AuditCycle | None]) -> QuerySet[SampledCase]:
    """The cases of these cycles that a pair has audited."""
    known = [cycle.pk for cycle in cycles if cycle is not None]
    return SampledCase.objects.filter(cycle__in=known, state__in=AUDITED_STATES)


def at_random(cycles: Iterable[AuditCycle | None]) -> QuerySet[SampledCase]:
    """Those among them that were drawn from all cases."""
    return audited(cycles).filter(route__in=AT_RANDOM)


def on_purpose(cycles: Iterable[AuditCycle | None]) -> QuerySet[SampledCase]:
    """Those among them that were drawn from a chosen group."""
    return audited(cycles).filter(route__in=ON_PURPOSE)


def sizes(scope: Scope) -> Counter[int]:
    """How many cases drawn at random were audited in each cycle."""
    return scope.once(
        "sizes", lambda: Counter(at_random(scope.cycles).values_list("cycle", flat=True))
    )


def chance_of_meeting(share: float, cases: int) -> float:
    """The chance that a sample of so many meets at least one example of something that is true of this
    share of all cases.

    >>> round(chance_of_meeting(0.1, 20), 2)
    0.88
    """
    return 1 - (1 - share) ** cases
