"""Ways on from a cycle's page into the rooms above, which say themselves what they have for whom."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from learning.programme.models import AuditCycle


@dataclass(frozen=True)
class WayOn:
    """One link of a cycle's page."""

    title: str
    url: str


Finder = Callable[[AuditCycle, Any], list[WayOn]]

_finders: list[Finder] = []


def offer(finder: Finder) -> None:
    """From now on `finder` is asked for its links to a cycle, for the person who looks."""
    if finder not in _finders:
        _finders.append(finder)


def ways_on(cycle: AuditCycle, person: Any) -> list[WayOn]:
    """Every link that the rooms have for this person, in the order in which they registered."""
    return [way for finder in _finders for way in finder(cycle, person)]
