"""What approving, withdrawing and rejecting share: the lock, refusals, work in chunks."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from audit_pages.importing.models import ImportBatch, ImportRow
from audit_pages.importing.states import DRAFTS, BatchState, Result

CHUNK = 100
ShowProgress = Callable[[ImportBatch], None] | None


class MayNotDecide(PermissionDenied):
    """This person may not decide on this batch; the message says why."""


class NotDecidable(Exception):
    """The batch is not in a state for this step; the message says in which it is."""


def locked_batch(batch_id: int) -> ImportBatch:
    """The batch as it stands now, held until the transaction ends."""
    return ImportBatch.objects.select_for_update().get(pk=batch_id)


def require_state(batch: ImportBatch, *states: BatchState) -> None:
    """Raises `NotDecidable` for a batch in any other state."""
    if batch.state not in states:
        raise NotDecidable(
            f"Batch {batch.pk} stands at “{batch.get_state_display()}”, "
            "so this can no longer be done."
        )


def rows_with(batch: ImportBatch, result: Result) -> list[ImportRow]:
    """The next rows of the batch's findings that stand at this result."""
    rows = batch.rows.filter(outcome__in=DRAFTS, result=result)
    return list(rows.select_related("page", "revision").order_by("number")[:CHUNK])


def note_left(row: ImportRow, reason: str) -> None:
    """Leave the row's draft to people, and say why."""
    row.result, row.reason = Result.LEFT, reason
    row.save(update_fields=["result", "reason"])


def in_chunks(
    batch_id: int,
    *,
    working: BatchState,
    result: Result,
    step: Callable[[ImportBatch, list[ImportRow]], Any],
    on_progress: ShowProgress = None,
) -> ImportBatch:
    """Take `step` with the batch's rows, some at a time, each time in a transaction of its own.

    A step that is killed is gone on with when this is called again.
    """
    while True:
        with transaction.atomic():
            batch = locked_batch(batch_id)
            rows = rows_with(batch, result) if batch.state == working else []
            if not rows:
                return batch
            step(batch, rows)
            batch.save()
        if on_progress:
            on_progress(batch)
