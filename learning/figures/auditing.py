"""Figures about the audits themselves and those who make them (domain.md G1: 13, 14, 15 and 17)."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from statistics import median

from learning.escalations.models import Escalation
from learning.figures.figure import (
    WHAT_NOT_SHOWN_MEANS,
    Cell,
    Drawing,
    Figure,
    Row,
    few_or_count,
    part_of,
    row_of,
)
from learning.figures.scope import Scope, at_random, audited, sizes
from learning.figures.themes import IN_THIS_SAMPLE
from learning.hours.selectors import CycleHours, hours_of_all
from learning.people.models import JobFamily
from learning.programme.models import AuditCycle, AuditorReadiness, AuditTeamMember
from learning.programme.settings import AuditSettings
from learning.recommendations.models import Recommendation
from learning.recommendations.states import RecommendationState
from learning.submissions.models import AuditSubmission, RecordingGap
from learning.submissions.states import RecordingGapKind
from learning.suppression.counts import is_small, may_show
from learning.suppression.rows import NOT_SHOWN
from learning.vocabulary.choices import RecommendationLevel


def recording_gaps(scope: Scope) -> Figure:
    """13: what workers knew and records did not say, by kind."""
    of = sizes(scope)
    found = RecordingGap.objects.filter(submission__case__in=at_random(scope.cycles))
    audits = Counter(found.values_list("submission__case__cycle", "kind", "submission").distinct())
    counts = Counter((cycle, kind) for cycle, kind, _ in audits)
    rows = tuple(
        Row(
            kind.label,
            tuple(part_of(counts[c.pk, kind.value], of.get(c.pk, 0)) for c in scope.cycles),
        )
        for kind in RecordingGapKind
    )
    return Figure(
        key="recording-gaps",
        title="Known, and not in the record",
        description="In how many audits of cases drawn at random the conversation brought out something "
        "that the record did not say, by kind.",
        as_of=scope.on,
        columns=("What was missing", *(cycle.ref for cycle in scope.cycles)),
        rows=rows if scope.cycles else (),
        note=IN_THIS_SAMPLE,
        drawing=Drawing.HEAT,
    )


def concerns(scope: Scope) -> Figure:
    """14: in how many audits something could not wait."""
    of, counts = sizes(scope), _concerned(scope)
    rows = tuple(
        Row(cycle.ref, (part_of(counts[cycle.pk], of.get(cycle.pk, 0)),)) for cycle in scope.cycles
    )
    return Figure(
        key="immediate-concerns",
        title="What could not wait",
        description="In how many audits of cases drawn at random the pair reported an immediate concern to "
        "the lead.",
        as_of=scope.on,
        columns=("Cycle", "Audits with an immediate concern"),
        rows=rows,
    )


def _concerned(scope: Scope) -> Counter[int]:
    """In how many audits of each cycle there was one, of cases drawn at random."""
    found = AuditSubmission.objects.filter(
        case__in=at_random(scope.cycles), has_immediate_concern=True
    ).values_list("case__cycle", flat=True)
    return scope.once("concerned", lambda: Counter(found))


def escalation_times(scope: Scope) -> Figure:
    """14: how long it took until somebody who can act knew, and until it was verified."""
    found = Escalation.objects.filter(cycle__in=[cycle.pk for cycle in scope.cycles])
    rows = list(found.only("cycle", "raised_at", "conveyed_at", "verified_at"))
    of_cycle = {c.pk: [row for row in rows if row.cycle_id == c.pk] for c in scope.cycles}
    closed = [row for c in scope.cycles if c.closed_at for row in of_cycle[c.pk]]
    table = [
        Row(
            c.ref,
            (_escalated(len(of_cycle[c.pk]), _concerned(scope)[c.pk]), *_times(of_cycle[c.pk])),
        )
        for c in scope.cycles
    ]
    together = Row("All of these that are closed", (Cell(NOT_SHOWN), *_times(closed)))
    return Figure(
        key="escalation-times",
        title="From concern to action",
        description="How long the middle one of the escalations took from the report until the lead "
        "had conveyed it, and until somebody had verified what was done.",
        as_of=scope.on,
        columns=("Cycle", "Escalations", "Until conveyed", "Until verified"),
        rows=(*table, together) if table else (),
        note="Times are rounded, and shown where there were at least five and all of them have come that far. "
        "The number is not shown where the figure before would tell by it that fewer than five came from spot "
        "checks and from cases drawn on purpose.",
    )


def _escalated(count: int, concerned: int) -> Cell:
    """How many there were; hidden where those that came not out of the audits counted above are few."""
    cell = few_or_count(count)
    gives_away = cell.value is not None and is_small(abs(count - concerned))
    return Cell(NOT_SHOWN) if gives_away else cell


def _times(rows: Sequence[Escalation]) -> tuple[Cell, Cell]:
    """The middle times until conveyed and until verified. None while one has not come that far: it would
    stand between two days that somebody compares."""
    conveyed = [row.conveyed_at - row.raised_at for row in rows if row.conveyed_at]
    verified = [row.verified_at - row.raised_at for row in rows if row.verified_at]
    return (
        _middle(conveyed if len(conveyed) == len(rows) else []),
        _middle(verified if len(verified) == len(rows) else []),
    )


def _middle(spans: Sequence[timedelta]) -> Cell:
    """The median in whole hours or days; not shown of fewer than five."""
    if not spans or is_small(len(spans)):
        return Cell(NOT_SHOWN)
    hours = median(span.total_seconds() for span in spans) / 3600
    if hours < 1:
        return Cell("less than an hour")
    return Cell(f"about {hours:.0f} h" if hours < 48 else f"about {hours / 24:.0f} days")


def who_audits(scope: Scope) -> Figure:
    """15: those who audited, by kind of work, and how many did for the first time."""
    team = AuditTeamMember.objects.filter(cycle__in=_pks(scope))
    counts = Counter(team.values_list("cycle", "person__job_family"))
    rows = tuple(
        row_of(cycle.ref, {family: counts[cycle.pk, family.value] for family in JobFamily})
        for cycle in scope.cycles
    )
    return Figure(
        key="who-audits",
        title="Who audits, by kind of work",
        description=f"The people of each cycle’s team by the kind of work they do. {_pool_in_words(scope)}",
        as_of=scope.on,
        columns=("Cycle", *(str(family.label) for family in JobFamily)),
        rows=rows,
        note=f"{_first_timers_in_words(scope)} {WHAT_NOT_SHOWN_MEANS}",
        drawing=Drawing.STACKED,
    )


def _pool_in_words(scope: Scope) -> str:
    """How many people are prepared to audit on that day."""
    months = AuditSettings.load().readiness_months
    people = AuditorReadiness.objects.filter(person__is_active=True)
    ready = sum(one.counts_on(scope.on, months) for one in people)
    if is_small(ready) or not ready:
        return "Fewer than five people are prepared to audit at present."
    return f"{ready} people are prepared to audit at present."


def _first_timers_in_words(scope: Scope) -> str:
    """How many of this cycle's team audited for the first time."""
    if scope.cycle is None:
        return ""
    team = list(scope.cycle.team.values_list("is_first_time", flat=True))
    words = part_of(sum(team), len(team)).words.replace("audits", "people")
    return f"For the first time in this cycle: {words}."


def cost(scope: Scope) -> Figure:
    """17: the hours that were logged, for each audit and for each recommendation that was verified."""
    logged = hours_of_all(scope.cycles, submission__case__in=audited(scope.cycles))
    verified = _verified(scope)
    rows = tuple(_cost_row(cycle, logged[cycle.pk], verified[cycle.pk]) for cycle in scope.cycles)
    return Figure(
        key="cost",
        title="Hours that the audit took",
        description="Hours that the pairs gave to each audit; the same with everything else that was logged "
        "for the cycle (preparation, plenaries, asking families, arranging, assuring); and all of it for each "
        "recommendation of that cycle which has been verified since.",
        as_of=scope.on,
        columns=(
            "Cycle",
            "Pairs’ hours for each audit",
            "All hours for each audit",
            "All hours for each verified recommendation",
        ),
        rows=rows,
        note="Hours as people gave them; those of the workers and families who were talked with come on top. "
        "Audits without hours are left out. Where fewer than five people logged other hours, these are not "
        "counted. The hours for each verified recommendation are not shown where they would tell that fewer "
        "than five about one case are verified, or are not yet.",
        drawing=Drawing.BARS,
    )


def _verified(scope: Scope) -> dict[int, int | None]:
    """How many recommendations of each cycle have been verified. None where the hours divided by it would
    give a small number about one case away: what reaches further is on record by name."""
    found = Recommendation.objects.filter(cycle__in=_pks(scope), issued_at__isnull=False).exclude(
        state__in=(RecommendationState.NOT_ACCEPTED, RecommendationState.SUPERSEDED)
    )
    rows = found.values_list("cycle", "level", "verified_at")
    to_verify = Counter(c for c, level, _ in rows if level == RecommendationLevel.CASE)
    of_cases = Counter(c for c, level, at in rows if at and level == RecommendationLevel.CASE)
    everything = Counter(cycle for cycle, _, at in rows if at)
    return {
        pk: everything[pk] if may_show(of_cases[pk], to_verify[pk]) else None for pk in _pks(scope)
    }


def _pks(scope: Scope) -> list[int]:
    return [cycle.pk for cycle in scope.cycles]


def _cost_row(cycle: AuditCycle, logged: CycleHours, verified: int | None) -> Row:
    audits = logged.audit_count
    if not audits or is_small(audits):
        return Row(cycle.ref, (Cell(NOT_SHOWN),) * 3)
    by_pairs = float(logged.audits)
    everything = float(logged.shown)
    per_verified = everything / verified if verified else None
    words = "none verified yet" if per_verified is None else f"{per_verified:.0f}"
    if verified is None:
        words = NOT_SHOWN
    cells = (_hours_cell(by_pairs / audits), _hours_cell(everything / audits))
    return Row(cycle.ref, (*cells, Cell(words, per_verified)))


def _hours_cell(hours: float) -> Cell:
    return Cell(f"{hours:.1f}", hours)
