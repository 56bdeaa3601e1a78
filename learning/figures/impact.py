"""The figure of what came of recommendations: what changed, who asked again, what was seen (G1: 10)."""

from datetime import date

from django.utils import timezone

from learning.figures.figure import Cell, Figure, Row
from learning.figures.following import BEYOND, days_of, issued
from learning.figures.scope import Scope
from learning.impact.models import ImpactAssessment
from learning.impact.states import SET_ASIDE, ImpactStatus
from learning.recommendations.models import Recommendation
from learning.recommendations.states import DerivedStatus

NOT_YET, NOTHING = "not yet", "–"


def impact_ledger(scope: Scope) -> Figure:
    """10: what was said before this cycle beyond one case, what was done, and how it will be known."""
    earlier = [cycle.pk for cycle in scope.earlier]
    found = issued(scope).filter(cycle__in=earlier, level__in=BEYOND).select_related("cycle")
    found = found.prefetch_related("system_changes", "impact_tests__cycle")
    days, shown = days_of(scope), _latest_impact(scope)
    return Figure(
        key="impact-ledger",
        title="What happened to what we said before",
        description="Each recommendation of the four cycles before this one that reaches beyond one case: "
        "what it asked for, how far it has come, how we will know that it made a difference, what works "
        "differently now, which cycle asked again, and what that showed.",
        as_of=scope.on,
        columns=(
            "Reference",
            "What should be done",
            "Status",
            "Verified",
            "How we will know",
            "What works differently now",
            "Asked again in",
            "Impact",
        ),
        rows=tuple(
            _ledger_row(row, row.status(days), shown.get(row.pk), scope.on) for row in found
        ),
    )


def _latest_impact(scope: Scope) -> dict[int, str]:
    """What the newest assessment of each recommendation said, up to the cycle of the figure."""
    found = ImpactAssessment.objects.filter(test__cycle__in=[cycle.pk for cycle in scope.cycles])
    ordered = found.order_by("test__cycle__ref").select_related("test")
    return {one.test.recommendation_id: str(one.get_status_display()) for one in ordered}


def _ledger_row(row: Recommendation, status: DerivedStatus, impact: str | None, on: date) -> Row:
    verified = f"{timezone.localdate(row.verified_at):%-d %B %Y}" if row.verified_at else NOT_YET
    words = (
        row.action,
        str(status.label),
        verified,
        row.how_known,
        _changes_in_words(row, on) or NOTHING,
        _asking_in_words(row, on) or NOTHING,
        impact or str(ImpactStatus.NOT_YET_TESTED.label),
    )
    return Row(row.ref, tuple(Cell(word) for word in words))


def _asking_in_words(row: Recommendation, on: date) -> str:
    """The cycles that were planned by that day to ask again, without those that do not take place."""
    return ", ".join(
        test.cycle.ref
        for test in row.impact_tests.all()
        if timezone.localdate(test.planned_at) <= on and test.cycle.state not in SET_ASIDE
    )


def _changes_in_words(row: Recommendation, on: date) -> str:
    """The lasting changes that came of it by that day, each with its date."""
    return " ".join(
        f"Since {change.changed_on:%-d %B %Y}: {change.words}"
        for change in row.system_changes.all()
        if timezone.localdate(change.recorded_at) <= on
    )
