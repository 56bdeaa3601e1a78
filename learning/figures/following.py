"""Figures about recommendations (domain.md G1: 3, 4 and 5).

What is about one case is counted so that small numbers stay hidden; what reaches further is on record by
name for everybody who reads these figures, and is counted as it is.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from statistics import median

from django.db.models import Count, Max, Q
from django.utils import timezone

from learning.events.working_days import working_days_between
from learning.figures.figure import (
    WHAT_NOT_SHOWN_MEANS,
    Cell,
    Drawing,
    Figure,
    Row,
    exact_row,
    row_of,
)
from learning.figures.scope import Scope
from learning.recommendations.models import Recommendation
from learning.recommendations.querysets import RecommendationQuerySet
from learning.recommendations.states import UNVERIFIED, DerivedStatus, RecommendationState
from learning.recommendations.status_days import StatusDays, status_days
from learning.suppression.counts import LEAST_FOR_A_SHARE, is_small
from learning.suppression.rows import NOT_SHOWN, hidden_keys
from learning.vocabulary.choices import RecommendationLevel

CASE = RecommendationLevel.CASE
BEYOND = tuple(level for level in RecommendationLevel if level != CASE)
SHOWN_STATUSES = tuple(status for status in DerivedStatus if status != DerivedStatus.DRAFT)
NOT_VERIFIED = (
    DerivedStatus.ON_TRACK,
    DerivedStatus.DUE_SOON,
    DerivedStatus.OVERDUE,
    DerivedStatus.AWAITING_VERIFICATION,
)
"""What the ages add up to."""
CONFIRMED = (
    DerivedStatus.AWAITING_VERIFICATION,
    DerivedStatus.VERIFIED,
    DerivedStatus.IMPACT_PENDING,
    DerivedStatus.IMPACT_SHOWN,
)
"""What those that were confirmed, in time and later, add up to."""
AGES = ((0, 20), (21, 40), (41, 60), (61, 120), (121, None))
"""Spans of working days since issue, both ends included."""


def issued(scope: Scope) -> RecommendationQuerySet:
    """Every recommendation that was issued, up to the cycle that the figure is about."""
    found = Recommendation.objects.exclude(state=RecommendationState.DRAFT)
    if scope.cycle is not None:
        found = found.filter(cycle__ref__lte=scope.cycle.ref)
    return found.telling_effects().order_by("cycle__ref", "ref")


def days_of(scope: Scope) -> StatusDays:
    """The days that statuses are derived from."""
    return scope.once("status days", lambda: status_days(scope.on))


def by_level(
    found: Iterable[Recommendation],
    count: Callable[[Sequence[Recommendation]], dict[str, int]],
    *,
    tells_sum: bool = True,
) -> tuple[Row, ...]:
    """A row for each level that there is: about one case with small numbers hidden, the others exact. Unless
    it `tells_sum`, a row about one case from which the sum could be read is hidden as a whole."""
    rows = list(found)
    table = []
    for level in RecommendationLevel:
        of_level = [row for row in rows if row.level == level]
        if not of_level:
            continue
        draw_row = row_of if level == CASE else exact_row
        row = draw_row(str(level.label), count(of_level))
        if level == CASE and not tells_sum and all(cell.value is not None for cell in row.cells):
            row = Row(row.label, tuple(Cell(NOT_SHOWN) for _ in row.cells))
        table.append(row)
    return tuple(table)


def sum_is_safe(scope: Scope, statuses: Iterable[DerivedStatus]) -> bool:
    """Whether figure 3 shows each of these statuses of what is about one case. Where it hides one, their sum
    less those that it shows would give it away."""
    days = days_of(scope)
    found = scope.once("issued about one case", lambda: list(issued(scope).filter(level=CASE)))
    counted = Counter(row.status(days) for row in found)
    hidden = hidden_keys({status: counted[status] for status in SHOWN_STATUSES})
    return hidden.isdisjoint(statuses)


def by_status(scope: Scope) -> Figure:
    """3: how many have come how far, by how far they reach."""
    days = days_of(scope)

    def count(rows: Sequence[Recommendation]) -> dict[str, int]:
        counted = Counter(row.status(days) for row in rows)
        return {status.value: counted[status] for status in SHOWN_STATUSES}

    found = list(issued(scope))
    beyond = [row for row in found if row.level in BEYOND]
    overdue = sum(row.status(days) == DerivedStatus.OVERDUE for row in beyond)
    escalated = sum(row.is_escalated for row in beyond)
    return Figure(
        key="recommendations-by-status",
        title="Recommendations by status",
        description="Each recommendation ever issued, by how far it has come and how far it reaches. "
        f"Of those that reach beyond one case, {overdue} are overdue, and of {escalated} a senior manager was "
        "told.",
        as_of=scope.on,
        columns=("How far it reaches", *(status.label for status in SHOWN_STATUSES)),
        rows=by_level(found, count),
        note=f"Statuses follow from dates and events. {WHAT_NOT_SHOWN_MEANS}",
        drawing=Drawing.STACKED,
    )


def age_of_open(scope: Scope) -> Figure:
    """4: working days since issue of those not yet verified, and how far their dates have slipped."""

    def count(rows: Sequence[Recommendation]) -> dict[str, int]:
        ages = [_age(row, scope.on) for row in rows]
        return {str(span): sum(_is_within(age, span) for age in ages) for span in AGES}

    found = [row for row in issued(scope) if row.state in UNVERIFIED]
    beyond = [row for row in found if row.level in BEYOND]
    return Figure(
        key="age-of-open-recommendations",
        title="How long open recommendations have stood",
        description="Recommendations that nobody has verified yet, by age; those that their owners have "
        f"confirmed are among them. {_ages_in_words(beyond, scope.on)}",
        as_of=scope.on,
        columns=("How far it reaches", *(_span_words(span) for span in AGES)),
        rows=by_level(found, count, tells_sum=sum_is_safe(scope, NOT_VERIFIED)),
        note=f"{_slippage_in_words(beyond)} {WHAT_NOT_SHOWN_MEANS}",
        drawing=Drawing.BARS,
    )


def _age(row: Recommendation, on: date) -> int:
    """Working days since it was issued."""
    return working_days_between(timezone.localdate(row.issued_at), on) if row.issued_at else 0


def _is_within(age: int, span: tuple[int, int | None]) -> bool:
    first, last = span
    return first <= age and (last is None or age <= last)


def _span_words(span: tuple[int, int | None]) -> str:
    first, last = span
    return f"{first} to {last} working days" if last else f"{first} and more"


def _ages_in_words(rows: Sequence[Recommendation], on: date) -> str:
    """Median and oldest of those that reach beyond one case."""
    if not rows:
        return "None that reaches beyond one case is open."
    ages = [_age(row, on) for row in rows]
    return (
        f"Of those beyond one case the middle one has stood {median(ages):g} working days, "
        f"the oldest {max(ages)}."
    )


def _slippage_in_words(rows: Sequence[Recommendation]) -> str:
    slipped = [
        working_days_between(row.original_due_date, row.due_date)
        for row in rows
        if row.original_due_date and row.was_extended
    ]
    if not slipped:
        return "Every date beyond one case is the one given at issue."
    were = "was" if len(slipped) == 1 else "were"
    return (
        f"Beyond one case {len(slipped)} {were} given more time: {median(slipped):g} working days in the "
        f"middle, {max(slipped)} at most."
    )


IN_TIME, LATE, AWAITED = (
    "Confirmed by the first due date",
    "Confirmed later",
    "Due and not confirmed",
)


STANDS = Q(confirmations__verification__isnull=True) | Q(
    confirmations__verification__is_accepted=True
)
"""A statement that was not sent back: what came back says nothing of what was done."""


def confirmed_in_time(scope: Scope) -> Figure:
    """5: whether owners confirmed in writing by the date given at issue, and how often they were asked."""
    found = list(
        issued(scope).annotate(
            confirmed_at=Max(
                "confirmations__confirmed_at",
                filter=Q(confirmations__confirmed_at__date__lte=scope.on) & STANDS,
            ),
            asked=Count("follow_ups", filter=Q(follow_ups__due_on__lte=scope.on), distinct=True),
        )
    )
    due = [row for row in found if _how_timely(row, scope.on)]

    def count(rows: Sequence[Recommendation]) -> dict[str, int]:
        counted = Counter(_how_timely(row, scope.on) for row in rows)
        return {words: counted[words] for words in (IN_TIME, LATE, AWAITED)}

    return Figure(
        key="confirmed-in-time",
        title="Written confirmation in time",
        description="Recommendations that were confirmed or fell due, by whether their owner confirmed in "
        f"writing by the date given at issue. {_in_time_in_words(due, scope.on)} {_asked_in_words(due)}",
        as_of=scope.on,
        columns=("How far it reaches", IN_TIME, LATE, AWAITED),
        rows=by_level(due, count, tells_sum=sum_is_safe(scope, CONFIRMED)),
        note="More time that was granted does not move the first due date, and a statement that was sent back "
        f"does not count. {WHAT_NOT_SHOWN_MEANS}",
        drawing=Drawing.STACKED,
    )


def _how_timely(row: Recommendation, on: date) -> str:
    """One of the three, or nothing while it is not due."""
    confirmed_at = getattr(row, "confirmed_at", None)
    due = row.original_due_date
    if due is None or row.state in (
        RecommendationState.NOT_ACCEPTED,
        RecommendationState.SUPERSEDED,
    ):
        return ""
    if confirmed_at is not None:
        return IN_TIME if timezone.localdate(confirmed_at) <= due else LATE
    return AWAITED if due < on else ""


def _in_time_in_words(rows: Sequence[Recommendation], on: date) -> str:
    """The part of those that reach beyond one case that was confirmed on or before the first due date."""
    beyond = [_how_timely(row, on) for row in rows if row.level in BEYOND]
    if len(beyond) < LEAST_FOR_A_SHARE:
        return "Too few beyond one case have fallen due to give a percentage."
    in_time = beyond.count(IN_TIME)
    return (
        f"Beyond one case {round(100 * in_time / len(beyond))}% ({in_time} of {len(beyond)}) were confirmed on "
        "or before that date."
    )


def _asked_in_words(rows: Sequence[Recommendation]) -> str:
    """How many follow-ups each took, of all of them together."""
    if not rows or is_small(len(rows)):
        return "There are too few to say how often owners were asked."
    mean = sum(getattr(row, "asked", 0) for row in rows) / len(rows)
    return f"Each took {mean:.1f} follow-ups on average."
