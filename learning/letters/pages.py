"""Where the publishing side says how it begins and takes down the page of a letter; this room knows no pages.

Nothing of the private words is handed over: a page begins with the quarter of the work and no text.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page


@dataclass(frozen=True)
class PageKeeper:
    """`begin(quarter, by)` gives an empty draft, None without a section for it; `take_down(page, by)`
    takes its words from everywhere at once; `themes_of(pages)` counts the published ones by theme."""

    begin: Callable[[str, Any], Page | None]
    take_down: Callable[[Page, Any], None]
    themes_of: Callable[[Iterable[int]], Mapping[int, int]]


_keepers: list[PageKeeper] = []


def keep_pages_with(keeper: PageKeeper) -> None:
    """Called once, by whoever keeps the pages."""
    _keepers[:] = [keeper]


def begin(quarter: str, by: Any) -> Page | None:
    """An empty draft for this quarter."""
    return _keepers[0].begin(quarter, by) if _keepers else None


def take_down(page: Page, by: Any) -> None:
    """The page's words go."""
    _keepers[0].take_down(page, by)


def themes_of(pages: Iterable[int]) -> Mapping[int, int]:
    """For each theme how many of these pages are published and carry it."""
    return _keepers[0].themes_of(pages) if _keepers else {}
