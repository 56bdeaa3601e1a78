"""What each row would do to what is there already."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from audit_pages.importing.models import ImportedItem, ImportRow
from audit_pages.importing.readers.table import BadRow
from audit_pages.importing.rows import CleanRow
from audit_pages.importing.states import UNDECIDED, Outcome, Result

EDITED = (
    "Somebody is changing this finding in the portal. Publish or drop that draft, then load again."
)
LOCKED = "This finding is locked here. Unlock it, then load again."
PURGED = "It was withdrawn earlier, and is left alone."
WITHDRAWN = "This finding was withdrawn here, so a file does not bring it back."


@dataclass(frozen=True)
class Match:
    """A row and what it would do; `outcome` is None for one that changes nothing."""

    row: CleanRow | BadRow
    outcome: Outcome | None
    item: ImportedItem | None = None
    reason: str = ""


def batched(values: Sequence, size: int) -> Iterator[Sequence]:
    """The values in order, `size` at a time."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def match_rows(rows: Iterable[CleanRow | BadRow], *, source: Page | None) -> list[Match]:
    """One match for each row, in order, against what was loaded from this source before."""
    rows = list(rows)
    known = _known(source, {row.reference for row in rows if isinstance(row, CleanRow)})
    return [_match(row, known) for row in rows]


def _known(source: Page | None, references: set[str]) -> dict[str, ImportedItem | None]:
    if source is None:
        return {}
    items = ImportedItem.objects.filter(source=source).select_related("page")
    known: dict[str, ImportedItem | None] = {}
    for some in batched(sorted(references), 500):
        known |= {item.reference: item for item in items.filter(reference__in=some)}
    return known


def _match(row: CleanRow | BadRow, known: dict[str, ImportedItem | None]) -> Match:
    if isinstance(row, BadRow):
        return Match(row, Outcome.REJECTED, reason=row.reason)
    if row.reference not in known:
        known[row.reference] = None
        return Match(row, Outcome.CREATED)
    item = known[row.reference]
    if item is None:  # the same row once more, further down in the file
        return Match(row, None)
    return _match_known(row, item)


def _match_known(row: CleanRow, item: ImportedItem) -> Match:
    if item.withdrawn_with_batch:
        return _match_withdrawn(row, item)
    if item.digest == row.digest:
        return Match(row, None, item)
    reason = _reason_against(item)
    return Match(row, Outcome.REJECTED if reason else Outcome.UPDATED, item, reason)


def _match_withdrawn(row: CleanRow, item: ImportedItem) -> Match:
    """What went down with its whole batch is offered again, unless its words were purged since."""
    if _was_purged(item.page):
        return Match(row, Outcome.REJECTED, item, PURGED)
    return Match(row, Outcome.UPDATED, item)


def _was_purged(page: Page) -> bool:
    """Only purging takes every revision from a page: a load always leaves it one."""
    return not page.live and page.latest_revision_id is None


def _reason_against(item: ImportedItem) -> str:
    page = item.page
    if _was_purged(page):
        return PURGED
    if not page.live and page.first_published_at is not None and not _awaits_approval(item):
        return WITHDRAWN
    if page.has_unpublished_changes and page.latest_revision_id != item.revision_id:
        return EDITED
    return LOCKED if page.locked else ""


def _awaits_approval(item: Any) -> bool:
    """Whether the newest loaded text is a draft that nobody has decided on yet."""
    return ImportRow.objects.filter(
        revision_id=item.revision_id, result=Result.PENDING, batch__state__in=UNDECIDED
    ).exists()
