"""A child on several lists is one case."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from learning.selection.frames.cells import same_child
from learning.selection.frames.lists import intensity_of
from learning.selection.frames.rows import ListCount, ListedRow, ReadCase


def merge(rows: Iterable[ListedRow], counts: dict[str, ListCount]) -> list[ReadCase]:
    """One case for each child, in the order of their numbers; `counts` learns which rows were merged.

    A team is spelled as in its first case: “North” and “NORTH” would be two strata.
    """
    children: dict[str, list[ListedRow]] = defaultdict(list)
    for row in rows:
        children[same_child(row.council_id)].append(row)
    cases = [_case(children[child], counts) for child in sorted(children)]
    spelled: dict[str, str] = {}
    return [
        replace(case, team=spelled.setdefault(case.team.casefold(), case.team)) for case in cases
    ]


def _case(rows: list[ListedRow], counts: dict[str, ListCount]) -> ReadCase:
    ranked = sorted(rows, key=_rank)
    leading = ranked[0]
    counts[leading.list_name].kept += 1
    for row in ranked[1:]:
        counts[row.list_name].merged += 1
    return ReadCase(
        council_id=leading.council_id,
        lists=tuple(dict.fromkeys(row.list_name for row in rows)),
        area=leading.area,
        family=_first(row.family for row in ranked),
        team=_first(row.team for row in ranked),
        worker=_first(row.worker for row in ranked),
        opened_on=leading.opened_on,
        closed_on=_closed_on(rows),
    )


def _rank(row: ListedRow) -> tuple[bool, int, int]:
    """Work that goes on before work that has ended, the most intensive first, the latest first."""
    latest = -(row.opened_on or date.min).toordinal()
    return row.ended_on is not None, intensity_of(row.area), latest


def _closed_on(rows: list[ListedRow]) -> date | None:
    """The last day of all work with the child; None while any goes on."""
    ends = [row.ended_on for row in rows]
    return None if None in ends else max(end for end in ends if end)


def _first(values: Iterable[str]) -> str:
    return next((value for value in values if value), "")
