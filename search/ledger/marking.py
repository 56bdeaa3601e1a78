"""Marking documents as behind: one statement inside the transaction that changed their pages.

The row lock of the upsert puts versions in the order of the commits, which an append-only queue would not.
"""

from collections.abc import Callable, Iterable

from django.db import connection, transaction
from django.utils import timezone

ROWS_PER_STATEMENT = 2000

UPSERT = """
INSERT INTO search_ledgerrow
    (page_id, version, dirty, dirty_since, deleted, claimed_by, attempts, parked, last_error, digest)
VALUES {rows}
ON CONFLICT (page_id) DO UPDATE SET
    version = search_ledgerrow.version + 1,
    dirty_since = CASE WHEN search_ledgerrow.dirty
        THEN search_ledgerrow.dirty_since ELSE excluded.dirty_since END,
    dirty = %s, attempts = 0, parked = %s, retry_at = NULL
"""
ROW = "(%s, 1, %s, %s, %s, '', 0, %s, '', '')"


def mark_dirty(page_ids: Iterable[int]) -> int:
    """How many documents were marked; in order of id, so that two writers never wait for each
    other in a ring."""
    ordered = sorted(set(page_ids))
    for start in range(0, len(ordered), ROWS_PER_STATEMENT):
        _upsert(ordered[start : start + ROWS_PER_STATEMENT])
    return len(ordered)


def _upsert(page_ids: list[int]) -> None:
    now = timezone.now()
    values = [value for page_id in page_ids for value in (page_id, True, now, False, False)]
    with connection.cursor() as cursor:
        cursor.execute(UPSERT.format(rows=", ".join([ROW] * len(page_ids))), [*values, True, False])


def once_after_commit(step: Callable[[], None]) -> None:
    """The step after this transaction commits; asked for often, it is done once."""
    if not any(entry[1] is step for entry in connection.run_on_commit):
        transaction.on_commit(step)
