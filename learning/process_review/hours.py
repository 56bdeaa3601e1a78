"""How many hours a cycle took, as far as people gave them (domain.md A67)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum

from learning.programme.models import AuditCycle
from learning.submissions.models import SubmitConfirmation
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
        return f"{self.hours:.0f} hours of {self.people} auditors"


def hours_of(cycles: Iterable[AuditCycle]) -> dict[int, Hours]:
    """The hours of each of these cycles by its id; one query."""
    rows = (
        SubmitConfirmation.objects.filter(
            submission__case__cycle__in=list(cycles), hours__isnull=False
        )
        .values("submission__case__cycle")
        .annotate(total=Sum("hours"), people=Count("person", distinct=True))
        .order_by()
    )
    return {row["submission__case__cycle"]: Hours(row["total"], row["people"]) for row in rows}
