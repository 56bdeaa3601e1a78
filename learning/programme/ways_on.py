"""Ways on from a cycle's page, and from the list of cycles, into the rooms above: these say themselves what
they have for whom."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from learning.programme.models import AuditCycle


@dataclass(frozen=True)
class WayOn:
    """One link."""

    title: str
    url: str


Finder = Callable[[AuditCycle, Any], list[WayOn]]

ListFinder = Callable[[Any], list[WayOn]]

_finders: list[Finder] = []
_list_finders: list[ListFinder] = []


def offer(finder: Finder) -> None:
    """From now on `finder` is asked for its links to a cycle, for the person who looks."""
    if finder not in _finders:
        _finders.append(finder)


def ways_on(cycle: AuditCycle, person: Any) -> list[WayOn]:
    """Every link that the rooms have for this person, in the order in which they registered."""
    return [way for finder in _finders for way in finder(cycle, person)]


def offer_from_list(finder: ListFinder) -> None:
    """From now on `finder` is asked for its links on the list of all cycles, for the person who looks."""
    if finder not in _list_finders:
        _list_finders.append(finder)


def ways_on_from_list(person: Any) -> list[WayOn]:
    """Every link that the rooms have for this person beside the list of all cycles."""
    return [way for finder in _list_finders for way in finder(person)]
