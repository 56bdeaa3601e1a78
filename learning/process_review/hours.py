"""How many hours a cycle took, as far as people gave them (domain.md A67)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from learning.hours.selectors import givers_of_all, hours_of_all
from learning.programme.models import AuditCycle
from learning.suppression.counts import is_small


@dataclass(frozen=True)
class Hours:
    """The sum, and how many people gave some."""

    hours: Decimal = Decimal(0)
    people: int = 0

    @property
    def words(self) -> str:
        """Of fewer people than may be shown nothing is said: a sum of two is the other one’s hours."""
        if not self.people or is_small(self.people):
            return "not shown: fewer than five people gave their hours"
        return f"{self.hours:.0f} hours of {self.people} people"


def hours_of(cycles: Iterable[AuditCycle]) -> dict[int, Hours]:
    """The hours of each of these cycles by its id, with its audits and beside them; five queries for all."""
    known = list(cycles)
    sums, people = hours_of_all(known), givers_of_all(known)
    return {cycle.pk: Hours(sums[cycle.pk].shown, people[cycle.pk]) for cycle in known}
