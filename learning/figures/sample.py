"""Figures about the sample and how it was prepared (domain.md G1: 7, 8 and 9)."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from math import ceil, floor, sqrt

from django.utils import timezone

from learning.events.models import Event
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
from learning.figures.scope import AT_RANDOM, Scope, at_random, audited, on_purpose
from learning.impact.comparing import Z_95
from learning.people.models import Team
from learning.programme.models import AuditCycle
from learning.programme.settings import AuditSettings
from learning.selection.models import FrameCase, SampledCase
from learning.selection.states import IN_SAMPLE, CaseState, ExclusionReason
from learning.suppression.rows import NOT_SHOWN, shown_counts
from learning.vocabulary.models import AreaOfWork

CYCLES_OF_A_YEAR = 4
CONFIRMATIONS = ("recording_confirmations", "attendance_confirmations")
OUT_OF_SAMPLE = (CaseState.EXCLUDED, CaseState.WITHDRAWN)


def coverage(scope: Scope) -> Figure:
    """7: audits by area of work beside the area's share of all cases that could have been drawn."""
    areas = list(AreaOfWork.objects.filter(is_active=True))
    random = Counter(at_random([scope.cycle]).values_list("area", flat=True))
    chosen = Counter(on_purpose([scope.cycle]).values_list("area", flat=True))
    shown = [
        shown_counts({area.pk: counts[area.pk] for area in areas}) for counts in (random, chosen)
    ]
    shares = _shares_of_frame(scope.cycle, areas)
    rows = tuple(
        Row(
            str(area),
            (
                *(_count_cell(counts[area.pk]) for counts in shown),
                Cell(NOT_SHOWN if shares[area.pk] is None else f"{shares[area.pk]}%"),
                Cell(_band_in_words(shares[area.pk], sum(random.values()))),
            ),
        )
        for area in areas  # those without an audit too: a missing row would say “none”
    )
    return Figure(
        key="coverage",
        title="Audits by area of work",
        description="How many audits of this cycle looked at each area, and what part of all cases on the "
        "council’s list that area had when the sample was drawn.",
        as_of=scope.on,
        columns=(
            "Area of work",
            "Drawn at random",
            "Drawn on purpose",
            "Part of all cases",
            "Target band",
        ),
        rows=rows if random or chosen else (),
        note="Target band: how many of the audits drawn at random an area of that size would have in 19 of 20 "
        f"draws that left it to chance alone. Initial contacts are in every draw. {WHAT_NOT_SHOWN_MEANS}",
        drawing=Drawing.BARS,
    )


def _count_cell(count: int | None) -> Cell:
    return Cell(NOT_SHOWN) if count is None else Cell(str(count), count)


def _band_in_words(share: int | None, audits: int) -> str:
    """How many of so many audits fall to this part of all cases, as far as chance may take it."""
    if share is None or not audits:
        return NOT_SHOWN
    expected = audits * share / 100
    reach = Z_95 * sqrt(expected * (1 - share / 100))
    return f"{max(0, floor(expected - reach))} to {min(audits, ceil(expected + reach))}"


def _shares_of_frame(
    cycle: AuditCycle | None, areas: Iterable[AreaOfWork]
) -> dict[int, int | None]:
    """The part of each area in the frame, in per cent; None where it is hidden."""
    counts = Counter(
        FrameCase.objects.filter(frame__draw__cycle=cycle, area__isnull=False).values_list(
            "area", flat=True
        )
        if cycle
        else ()
    )
    total = sum(counts.values())
    shown = shown_counts({area.pk: counts[area.pk] for area in areas})
    return {
        pk: None if count is None or not total else round(100 * count / total)
        for pk, count in shown.items()
    }


def team_coverage(scope: Scope) -> Figure:
    """8: whether each team had an audit in the last four cycles: yes or no, and nothing of what was seen."""
    cycles = scope.cycles[-CYCLES_OF_A_YEAR:]
    seen = set(audited(cycles).values_list("team", "cycle").distinct())
    rows = tuple(
        Row(team.name, tuple(Cell("yes" if (team.pk, c.pk) in seen else "no") for c in cycles))
        for team in Team.objects.filter(is_active=True)
    )
    return Figure(
        key="team-coverage",
        title="Teams with an audit, cycle by cycle",
        description="Whether any case of a team was audited in each of the last four cycles.",
        as_of=scope.on,
        columns=("Team", *(cycle.ref for cycle in cycles)),
        rows=rows if cycles else (),
        note="Yes or no, so that nothing of a team’s work can be read from it.",
    )


def preparation(scope: Scope) -> Figure:
    """9: who had confirmed by the day asked for, and which cases were replaced."""
    confirmed = [_confirmed_in_time(scope, name) for name in CONFIRMATIONS]
    drawn, gone = _drawn(scope, IN_SAMPLE), _drawn(scope, OUT_OF_SAMPLE)
    rows = tuple(
        Row(
            cycle.ref,
            (
                *(part_of(counts[cycle.pk], drawn[cycle.pk]) for counts in confirmed),
                few_or_count(gone[cycle.pk]),
            ),
        )
        for cycle in scope.cycles
    )
    return Figure(
        key="preparation",
        title="Preparation, cycle by cycle",
        description="In how many cases drawn at random the worker had confirmed recording and attendance by "
        "the day that was asked for, and how many drawn cases were replaced or withdrawn.",
        as_of=scope.on,
        columns=(
            "Cycle",
            "Recording confirmed in time",
            "Attendance confirmed in time",
            "Replaced or withdrawn",
        ),
        rows=rows,
        drawing=Drawing.BARS,
    )


def _drawn(scope: Scope, states: Iterable[str]) -> Counter[int]:
    """How many cases of each cycle that were drawn at random are in these states."""
    found = SampledCase.objects.filter(
        cycle__in=[cycle.pk for cycle in scope.cycles], route__in=AT_RANDOM, state__in=states
    )
    return Counter(found.values_list("cycle", flat=True))


def _confirmed_in_time(scope: Scope, name: str) -> Counter[int]:
    """How many of them had this confirmation, without exception, by the day that was asked for."""
    found = SampledCase.objects.filter(
        **{"cycle__in": [cycle.pk for cycle in scope.cycles], f"{name}__is_exception": False},
        state__in=IN_SAMPLE,
        route__in=AT_RANDOM,
    ).values_list("pk", "cycle", f"{name}__confirmed_at")
    due = scope.once("confirm due dates", lambda: _confirm_due_dates(scope))
    in_time = {(case, c) for case, c, at in found if timezone.localdate(at) <= due[c]}
    return Counter(cycle for _, cycle in in_time)


def _confirm_due_dates(scope: Scope) -> dict[int, date]:
    """For each cycle the day by which every worker should have confirmed, as the cycle itself says it."""
    notice = timedelta(days=AuditSettings.load().confirm_days_before)
    return {cycle.pk: (cycle.first_day or date.max) - notice for cycle in scope.cycles}


def why_replaced(scope: Scope) -> Figure:
    """9: why drawn cases were taken out of this cycle. Several cycles together would give a small number away
    from report to report, and so would cases drawn on purpose beside the figure above."""
    gone = SampledCase.objects.filter(
        cycle=scope.cycle, route__in=AT_RANDOM, state__in=OUT_OF_SAMPLE
    ).values_list("pk", flat=True)
    said = Event.objects.filter(
        action__in=("sampledcase.take_out", "sampledcase.withdraw"),
        object_id__in=[str(pk) for pk in gone],
    ).values_list("reason", flat=True)
    counts = Counter(reason.partition(":")[0] for reason in said)
    table = {reason.label: counts[reason.label] for reason in ExclusionReason}
    shown = row_of("", table).cells
    rows = [Row(label, (cell,)) for label, cell in zip(table, shown, strict=True)]
    return Figure(
        key="why-replaced",
        title="Why drawn cases were not audited",
        description=f"The reasons for which cases of {scope.cycle} drawn at random were replaced or withdrawn.",
        as_of=scope.on,
        columns=("Reason", "Cases"),
        rows=tuple(rows)
        if scope.cycle
        else (),  # also where there was none: an empty table would say so
        note=WHAT_NOT_SHOWN_MEANS,
        drawing=Drawing.BARS,
    )
