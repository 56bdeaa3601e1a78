"""Panels that a page shows and another room fills: its trend and what is related to it.

`search` stands above this app, so it registers itself here; without it the panels stay empty.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from audit_pages.pages.around import PageLink


@dataclass(frozen=True)
class TrendTable:
    """Pages that carry a theme, by quarter. Each series has one count for each quarter."""

    quarters: list[str]
    series: dict[str, list[int]]
    total_by_quarter: list[int]

    @property
    def is_empty(self) -> bool:
        return not any(any(counts) for counts in self.series.values())


TrendReader = Callable[[str, Any], TrendTable]
RelatedReader = Callable[[Page, Any, int], list[PageLink]]

_trend: TrendReader | None = None
_related: RelatedReader | None = None


def register_trend(reader: TrendReader) -> None:
    """Let `reader(theme_code, user)` answer `trend_of`."""
    global _trend
    _trend = reader


def register_related(reader: RelatedReader) -> None:
    """Let `reader(page, user, limit)` answer `related_to`."""
    global _related
    _related = reader


def trend_of(theme_code: str, user: Any) -> TrendTable:
    """Quarter by quarter, the pages with this theme that the person may read."""
    if _trend is None:
        return TrendTable([], {}, [])
    return _trend(theme_code, user)


def related_to(page: Page, user: Any, limit: int = 5) -> list[PageLink]:
    """Up to `limit` pages near this one that the person may read."""
    return _related(page, user, limit) if _related else []
