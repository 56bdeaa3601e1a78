"""Figures about what auditors saw, by theme (domain.md G1: 1, 2 and 11).

A theme counts once for an audit, however many statements carry it. Cases drawn at random and on purpose
are never put together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from learning.figures.figure import WHAT_NOT_SHOWN_MEANS, Cell, Drawing, Figure, Row, part_of
from learning.figures.scope import Scope, at_random, chance_of_meeting, sizes
from learning.impact.comparing import Share, verdict
from learning.impact.models import ImpactAssessment
from learning.programme.models import AuditCycle
from learning.recommendations.models import Recommendation
from learning.recommendations.states import RecommendationState
from learning.submissions.models import EvaluativeStatement
from learning.suppression.counts import is_small, may_show, share_of
from learning.suppression.rows import NOT_SHOWN
from learning.vocabulary.choices import RecommendationLevel, StatementKind
from learning.vocabulary.models import Theme

STRENGTH_KINDS = (StatementKind.STRENGTH, StatementKind.MIXED)
DEVELOPMENT_KINDS = (StatementKind.DEVELOPMENT_AREA, StatementKind.MIXED)
IN_THIS_SAMPLE = "In these samples: they describe what was seen, and do not measure the service."


@dataclass
class Seen:
    """For one theme in one cycle: the audits that carry it, and how many statements do."""

    audits: set[int] = field(default_factory=set)
    statements: int = 0


Tally = Mapping[tuple[int, int], Seen]
"""By cycle and theme."""


def tally(scope: Scope, kinds: tuple[str, ...]) -> Tally:
    """What was seen in cases drawn at random, asked once for all figures."""
    return scope.once(f"tally of {kinds}", lambda: _tally(scope.cycles, kinds))


def _tally(cycles: Iterable[AuditCycle], kinds: tuple[str, ...]) -> Tally:
    rows = EvaluativeStatement.objects.filter(
        entry__submission__case__in=at_random(cycles), kind__in=kinds, themes__isnull=False
    ).values_list("entry__submission__case__cycle", "themes", "entry__submission")
    seen: dict[tuple[int, int], Seen] = defaultdict(Seen)
    for cycle, theme, submission in rows:
        seen[cycle, theme].audits.add(submission)
        seen[cycle, theme].statements += 1
    return seen


def all_themes(scope: Scope) -> list[Theme]:
    """Every theme in the order of the taxonomy."""
    return scope.once("themes", lambda: list(Theme.objects.order_by("code")))


def strengths_over_time(scope: Scope) -> Figure:
    """1: in how many audits of each cycle a theme was a strength."""
    return _over_time(scope, "strengths-over-time", "Strengths by theme", STRENGTH_KINDS)


def development_over_time(scope: Scope) -> Figure:
    """1: in how many audits of each cycle a theme was an area for development."""
    return _over_time(
        scope, "development-over-time", "What needs to develop, by theme", DEVELOPMENT_KINDS
    )


def _over_time(scope: Scope, key: str, title: str, kinds: tuple[str, ...]) -> Figure:
    seen, of = tally(scope, kinds), sizes(scope)
    rows = []
    for theme in all_themes(scope):
        counts = [
            (len(_of(seen, cycle, theme).audits), of.get(cycle.pk, 0)) for cycle in scope.cycles
        ]
        if any(count and not is_small(count) for count, _ in counts):
            rows.append(Row(theme.label, tuple(part_of(*pair) for pair in counts)))
    return Figure(
        key=key,
        title=f"{title}, cycle by cycle",
        description="In how many of the audits of cases drawn at random a statement carried the theme.",
        as_of=scope.on,
        columns=("Theme", *(cycle.ref for cycle in scope.cycles)),
        rows=tuple(rows),
        note=f"{IN_THIS_SAMPLE} Themes that stayed under five audits in every cycle are left out. "
        f"{_chance_in_words(of.get(scope.cycle.pk, 0) if scope.cycle else 0)}",
        drawing=Drawing.HEAT,
    )


def _of(seen: Tally, cycle: AuditCycle, theme: Theme) -> Seen:
    return seen.get((cycle.pk, theme.pk)) or Seen()


def _chance_in_words(cases: int) -> str:
    """How likely so many cases meet what is true of one case in ten."""
    if not cases:
        return ""
    chance = round(100 * chance_of_meeting(0.1, cases))
    return (
        f"{cases} cases meet at least one example of something that is true of one case in ten with a "
        f"chance of {chance}%."
    )


def strength_and_development(scope: Scope) -> Figure:
    """2: statements by theme, this cycle beside the four before it."""
    now = (scope.cycle,) if scope.cycle else ()
    columns = [
        (tally(scope, kinds), cycles)
        for kinds in (STRENGTH_KINDS, DEVELOPMENT_KINDS)
        for cycles in (now, scope.earlier)
    ]
    of, rows = sizes(scope), []
    for theme in all_themes(scope):
        cells = tuple(_statements(*column, of, theme) for column in columns)
        if any(cell.value for cell in cells):
            rows.append(Row(theme.label, cells))
    return Figure(
        key="strength-and-development",
        title="Strengths and what needs to develop, by theme",
        description="How many statements of audits of cases drawn at random carry each theme, in this "
        "cycle and in the four before it together.",
        as_of=scope.on,
        columns=(
            "Theme",
            "Strengths, this cycle",
            "Strengths, the four before",
            "To develop, this cycle",
            "To develop, the four before",
        ),
        rows=tuple(rows),
        note=f"Counts of statements, not scores. {IN_THIS_SAMPLE} Where a cycle had the theme in fewer than "
        "five audits, or in all but fewer than five, its statements are not shown.",
        drawing=Drawing.BARS,
    )


def _statements(
    seen: Tally, cycles: Iterable[AuditCycle], of: Mapping[int, int], theme: Theme
) -> Cell:
    """The number of statements of these cycles; hidden as soon as one of them would be hidden by itself,
    so that the sum and what earlier reports said of the others give nothing away."""
    found = [(_of(seen, cycle, theme), of.get(cycle.pk, 0)) for cycle in cycles]
    if not all(may_show(len(one.audits), total) for one, total in found):
        return Cell(NOT_SHOWN)
    statements = sum(one.statements for one, _ in found)
    return Cell(str(statements), statements)


def before_and_after(scope: Scope) -> Figure:
    """11: for what was recommended beyond one case, how often its theme needed to develop then and now."""
    then = Recommendation.objects.filter(cycle__in=[cycle.pk for cycle in scope.earlier])
    then = then.exclude(state=RecommendationState.DRAFT).exclude(level=RecommendationLevel.CASE)
    pairs = (
        then.values_list("cycle", "themes")
        .exclude(themes=None)
        .order_by("themes__code", "cycle__ref")
    )
    themes = {theme.pk: theme for theme in all_themes(scope)}
    seen, of = tally(scope, DEVELOPMENT_KINDS), sizes(scope)
    earlier = {cycle.pk: cycle for cycle in scope.earlier}
    rows = [
        _compared_row(themes[theme], earlier[cycle], scope.cycle, seen, of)
        for cycle, theme in dict.fromkeys(pairs)
        if scope.cycle is not None
    ]
    return Figure(
        key="before-and-after",
        title="Before and after, by theme of a recommendation",
        description="In how many audits of cases drawn at random the theme of a recommendation needed to "
        "develop: in the cycle that made it, and in this one.",
        as_of=scope.on,
        columns=("Theme, and cycle of the recommendation", "Then", "Now", "What can be said"),
        rows=tuple(rows),
        note="The interval is Wilson’s, of 95 per cent; the comparison is Newcombe’s, which is built "
        f"from the two. {WHAT_NOT_SHOWN_MEANS}",
    )


def retested(scope: Scope) -> Figure:
    """11: what was seen before and after where a later cycle asked a recommendation's question again."""
    found = (
        ImpactAssessment.objects.filter(test__cycle__in=[cycle.pk for cycle in scope.cycles])
        .exclude(test__recommendation__level=RecommendationLevel.CASE)
        .select_related("test__recommendation", "test__cycle")
        .order_by("test__cycle__ref", "test__recommendation__ref")
    )
    return Figure(
        key="retested",
        title="Asked again: what a later cycle showed",
        description="For each recommendation beyond one case whose question a later cycle asked again: in "
        "how many audits it was seen as it should be, before and after.",
        as_of=scope.on,
        columns=("Recommendation, and cycle of the test", "Before", "After", "What can be said"),
        rows=tuple(_retested_row(assessment) for assessment in found),
        note=WHAT_NOT_SHOWN_MEANS,
    )


def _retested_row(assessment: ImpactAssessment) -> Row:
    test = assessment.test
    pairs = [assessment.before, assessment.after]
    enough = all(pair is not None and share_of(*pair) is not None for pair in pairs)
    said = verdict(*pairs).value if enough else "Too few audits to compare."
    cells = [Cell(_with_interval(*pair) if pair else "not counted") for pair in pairs]
    label = f"{test.recommendation}, {test.cycle}"
    return Row(label, (*cells, Cell(f"{assessment.get_status_display()}. {said}")))


def _compared_row(
    theme: Theme, then: AuditCycle, now: AuditCycle | None, seen: Tally, of: Mapping[int, int]
) -> Row:
    pairs = [
        (len(_of(seen, cycle, theme).audits), of.get(cycle.pk, 0)) for cycle in (then, now) if cycle
    ]
    enough = all(share_of(*pair) is not None for pair in pairs)
    words = verdict(*pairs).value if enough else "Too few audits to compare."
    cells = [Cell(_with_interval(*pair)) for pair in pairs]
    return Row(f"{theme.label}, {then.ref}", (*cells, Cell(words)))


def _with_interval(count: int, total: int) -> str:
    words = part_of(count, total).words
    if share_of(count, total) is None:
        return words
    low, high = Share(count, total).interval
    return f"{words}, between {round(100 * low)}% and {round(100 * high)}%"
