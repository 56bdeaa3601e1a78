"""The impact ledger: recommendation, what changed, how it was tested, and what that showed (figure 10)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.impact.comparing import Share, Verdict, verdict
from learning.impact.models import ImpactAssessment, ImpactTest
from learning.impact.states import SET_ASIDE, ImpactStatus
from learning.recommendations.models import Recommendation
from learning.recommendations.querysets import RecommendationQuerySet
from learning.recommendations.states import CARRIED_OUT
from learning.suppression.counts import may_show, n_of_n


@dataclass(frozen=True)
class Shown:
    """One test as this person may see it: without small counts and the intervals that would give them away."""

    test: ImpactTest
    assessment: ImpactAssessment | None
    with_all_counts: bool

    @property
    def status(self) -> ImpactStatus:
        return (
            ImpactStatus(self.assessment.status) if self.assessment else ImpactStatus.NOT_YET_TESTED
        )

    @property
    def is_set_aside(self) -> bool:
        """Whether its cycle was put off or cancelled, and so asks nothing."""
        return self.test.cycle.state in SET_ASIDE

    @property
    def verdict(self) -> Verdict | None:
        """What the counts say; nothing where there are none."""
        if self.assessment is None or self.assessment.before is None:
            return None
        return verdict(self.assessment.before, self.assessment.after)

    @property
    def counts(self) -> list[tuple[str, str]]:
        if self.assessment is None:
            return []
        pairs = (("Before", self.assessment.before), ("Now", self.assessment.after))
        return [(label, self._count(*pair)) for label, pair in pairs if pair and pair[1]]

    def _count(self, seen: int, of: int) -> str:
        if not self.with_all_counts and not may_show(seen, of):
            return n_of_n(seen, of)
        low, high = Share(seen, of).interval
        return f"{seen} of {of} audits (likely {round(100 * low)}% to {round(100 * high)}% of all)"


@dataclass(frozen=True)
class Entry:
    """One recommendation of the ledger, with its tests."""

    recommendation: Recommendation
    tests: list[Shown]

    @property
    def status(self) -> ImpactStatus:
        """What the latest assessment says."""
        assessed = [shown.status for shown in self.tests if shown.assessment]
        return assessed[-1] if assessed else ImpactStatus.NOT_YET_TESTED

    @property
    def waits(self) -> bool:
        """Whether a planned test has not been assessed."""
        return any(shown.assessment is None and not shown.is_set_aside for shown in self.tests)

    @property
    def title(self) -> str:
        """Words about one case stand on its own page only."""
        recommendation = self.recommendation
        if recommendation.is_of_one_case:
            return f"{recommendation.get_action_type_display()}, in the audit {recommendation.submission}"
        return str(recommendation.action)


def ledger_rows(user: Any) -> RecommendationQuerySet:
    """What was carried out, and what was planned to be tested, as far as this person may read it."""
    tests = ImpactTest.objects.select_related("cycle", "assessment").order_by("cycle__ref")
    found = Recommendation.objects.visible_to(user).filter(state__in=CARRIED_OUT)
    return (
        found.select_related("cycle", "owner", "submission__case")
        .prefetch_related(Prefetch("impact_tests", queryset=tests), "system_changes")
        .order_by("-cycle__ref", "ref")
    )


def entries_of(rows: Any, user: Any) -> list[Entry]:
    with_all_counts = holds(user, Right.ASSESS_IMPACT)
    return [
        Entry(row, [_shown(test, with_all_counts) for test in row.impact_tests.all()])
        for row in rows
    ]


def open_test_of(recommendation: Recommendation) -> ImpactTest | None:
    """The test that waits for its assessment, the earliest cycle first; none whose cycle asks nothing."""
    waiting = ImpactTest.objects.filter(recommendation=recommendation, assessment__isnull=True)
    waiting = waiting.exclude(cycle__state__in=SET_ASIDE)
    return waiting.select_related("cycle", "recommendation").order_by("cycle__ref").first()


def _shown(test: ImpactTest, with_all_counts: bool) -> Shown:
    return Shown(test, getattr(test, "assessment", None), with_all_counts)
