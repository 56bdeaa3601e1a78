"""What line managers find about their own team, and nobody else does (domain.md E7, row “analytics”).

Never beside other teams or the whole. They are about one whole year of cycles, so that two years have no
cycle in common and nothing can be taken from one another; and a number is shown only if neither it, nor the
rest of the team, nor the rest of the service is small: whoever takes the team from the whole finds no
small number either.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from learning.figures.figure import Cell, Figure, Row, part_of
from learning.figures.scope import SIGNED_OFF, Scope, at_random
from learning.figures.themes import DEVELOPMENT_KINDS, STRENGTH_KINDS, all_themes
from learning.people.models import Team
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState
from learning.submissions.models import EvaluativeStatement, RecordingGap
from learning.submissions.states import RecordingGapKind
from learning.suppression.counts import may_show
from learning.suppression.rows import NOT_SHOWN

WHAT_HOLDS = (
    "Your team alone: it is compared with nobody, and nobody else finds these numbers. “Not shown” stands for "
    "fewer than five audits, for all but a few, and for what would give other teams away."
)


@dataclass(frozen=True)
class Year:
    """One year of cycles, all signed off: which audits are the team’s, and how many there are."""

    year: int
    team: Set[int]
    everybody: Set[int]

    def cell(self, audits: Set[int]) -> Cell:
        """How many of the team’s audits are among these, if that gives nobody away."""
        own, others = len(audits & self.team), len(audits - self.team)
        is_shown = may_show(own, len(self.team)) and may_show(
            others, len(self.everybody) - len(self.team)
        )
        return part_of(own, len(self.team)) if is_shown and self.team else Cell(NOT_SHOWN)


def figures_of(team: Team, scope: Scope) -> list[Figure]:
    """The team’s figures of the last year that is signed off as a whole; none without one."""
    year = _last_whole_year(team)
    return [make(year, scope) for make in (by_theme, recording_gaps)] if year else []


def _last_whole_year(team: Team) -> Year | None:
    found = _whole_year()
    if found is None:
        return None
    cycles = AuditCycle.objects.filter(programme__year=found)
    audits = list(at_random(cycles).values_list("pk", "team"))
    return Year(
        found,
        frozenset(pk for pk, of in audits if of == team.pk),
        frozenset(pk for pk, _ in audits),
    )


def _whole_year() -> int | None:
    """The last year of which every cycle that took place is signed off."""
    states: dict[int, set[str]] = defaultdict(set)
    cycles = AuditCycle.objects.exclude(state=CycleState.CANCELLED)
    for year, state in cycles.values_list("programme__year", "state"):
        states[year].add(state)
    return max((year for year, of in states.items() if of <= set(SIGNED_OFF)), default=None)


def by_theme(year: Year, scope: Scope) -> Figure:
    """1, for one team: in how many of its audits a theme was a strength, and needed to develop."""
    seen = [_audits_by_theme(year, kinds) for kinds in (STRENGTH_KINDS, DEVELOPMENT_KINDS)]
    rows = [
        Row(theme.label, tuple(year.cell(audits[theme.pk]) for audits in seen))
        for theme in all_themes(scope)
    ]
    return _figure(
        year,
        scope,
        key="own-team-themes",
        title=f"Your team in {year.year}, by theme",
        description=f"In how many audits of your team’s cases drawn at random in {year.year} a statement "
        "on a theme was a strength, and in how many an area for development.",
        columns=("Theme", "A strength", "To develop"),
        rows=rows,
    )


def _audits_by_theme(year: Year, kinds: Iterable[str]) -> Mapping[int, set[int]]:
    """For each theme the cases with such a statement."""
    found = EvaluativeStatement.objects.filter(
        entry__submission__case__in=year.everybody, kind__in=tuple(kinds), themes__isnull=False
    )
    return _grouped(found.values_list("themes", "entry__submission__case"))


def recording_gaps(year: Year, scope: Scope) -> Figure:
    """13, for one team: what its workers knew and records did not say, by kind."""
    found = RecordingGap.objects.filter(submission__case__in=year.everybody)
    audits = _grouped(found.values_list("kind", "submission__case"))
    rows = [Row(str(kind.label), (year.cell(audits[kind.value]),)) for kind in RecordingGapKind]
    return _figure(
        year,
        scope,
        key="own-team-gaps",
        title=f"Your team in {year.year}: known, and not in the record",
        description=f"In how many audits of your team’s cases drawn at random in {year.year} the "
        "conversation brought out something that the record did not say.",
        columns=("What was missing", "Your team’s audits"),
        rows=rows,
    )


def _grouped(pairs: Iterable[tuple[int | str, int]]) -> Mapping[Any, set[int]]:
    audits: dict[Any, set[int]] = defaultdict(set)
    for name, case in pairs:
        audits[name].add(case)
    return audits


def _figure(
    year: Year,
    scope: Scope,
    *,
    key: str,
    title: str,
    description: str,
    columns: tuple[str, ...],
    rows: list[Row],
) -> Figure:
    """The rows that say something; one that says so where there is none. A row that is left out may stand
    for no audit or for one that stays hidden."""
    nothing = Row("Too few audits to show anything", tuple(Cell(NOT_SHOWN) for _ in columns[1:]))
    shown = tuple(row for row in rows if any(map(_says_something, row.cells))) or (nothing,)
    return Figure(key, title, description, scope.on, columns, shown, note=WHAT_HOLDS)


def _says_something(cell: Cell) -> bool:
    return cell.words != NOT_SHOWN and not cell.words.startswith("0 of")
