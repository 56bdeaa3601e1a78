"""What a published page offers to readers outside the page tree: one record, and one signal.

`search` is such a reader. Nothing restricted can be in a record: it is built from page fields only,
and only from pages that are live (domain.md invariant 2).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.dispatch import Signal

EVERYONE = "all"

record_changed = Signal()
"""Sent inside the transaction that changed something, with `page_ids: list[int]`."""


@dataclass(frozen=True)
class Section:
    """A stretch of a page under one heading; `anchor` is the heading's id on the page."""

    anchor: str
    heading: str
    text: str


@dataclass(frozen=True)
class PublishedRecord:
    """One live page as plain text and facet values. Codes, never labels; tuples, never lists."""

    page_id: int
    kind: str
    title: str
    summary: str
    sections: tuple[Section, ...]
    url: str
    acl: tuple[str, ...]
    """Access tokens: `all` (everyone who may read published learning), `g:<group id>`; empty: nobody."""
    themes: tuple[str, ...] = ()
    suggested_themes: tuple[str, ...] = ()
    areas_of_work: tuple[str, ...] = ()
    age_bands: tuple[str, ...] = ()
    statement_kind: str = ""
    level: str = ""
    quarter: str = ""
    """`2026-Q3`; empty for whatever is not our own quarterly learning."""
    focus: str = ""
    source: str = ""
    """The label of an outside source; empty for our own."""
    dated_on: date | None = None
    """When what it tells of happened: first day of the quarter, or the source's publication date."""
    published_at: datetime | None = None
    reviewed_at: datetime | None = None
    keywords: tuple[str, ...] = field(default=())
    """Further words that lead here: "also called" names of a theme page, abbreviations."""


def records_of(page_ids: Iterable[int]) -> dict[int, PublishedRecord]:
    """The records of those pages that are live and indexable; the others are left out."""
    from audit_pages.models import PublishedPage
    from audit_pages.publishing.readers import all_restrictions

    pages = PublishedPage.find_live(page_ids)
    restrictions = all_restrictions() if pages else []
    return {page.pk: page.build_record(restrictions) for page in pages}


def record_of(page_id: int) -> PublishedRecord | None:
    """The page's record; None when it is not live, not indexable, or gone."""
    return records_of([page_id]).get(page_id)


def indexable_page_ids() -> list[int]:
    """Ids of every live page that has a record, in page order: what an index should hold."""
    from audit_pages.models import PublishedPage

    return list(PublishedPage.indexable().values_list("pk", flat=True))
