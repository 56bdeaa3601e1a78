"""Taking a whole batch down again. Any lead manager may: taking something down never waits."""

from typing import Any

from django.db import transaction
from wagtail.models import Page, Revision

from audit_pages.importing.deciding import (
    MayNotDecide,
    ShowProgress,
    in_chunks,
    locked_batch,
    note_left,
    require_state,
)
from audit_pages.importing.drafts import log_pages
from audit_pages.importing.models import ImportBatch, ImportedItem, ImportRow
from audit_pages.importing.permissions import user_can_decide
from audit_pages.importing.states import DRAFTS, BatchState, Outcome, Result
from audit_pages.publishing.receivers import announce
from learning.events.services import record_event

TAKEN_OVER = "A later batch changed it: withdraw that one to take it down."


@transaction.atomic
def begin_withdrawal(*, batch_id: int, by: Any, reason: str = "") -> ImportBatch:
    """The batch, on its way down. Raises `MayNotDecide` or `NotDecidable`."""
    batch = locked_batch(batch_id)
    if not user_can_decide(by):
        raise MayNotDecide("Only a lead manager QA withdraws what was loaded from a file.")
    require_state(batch, BatchState.APPROVED)
    batch.begin_withdrawal()
    batch.save()
    record_event(actor=by, action="import.withdrawn", about=batch, reason=reason)
    return batch


def finish_withdrawal(batch_id: int, *, on_progress: ShowProgress = None) -> ImportBatch:
    """The batch with all its findings unpublished. Running it again does no harm."""
    in_chunks(
        batch_id,
        working=BatchState.WITHDRAWING,
        result=Result.PUBLISHED,
        step=_withdraw,
        on_progress=on_progress,
    )
    return _end(batch_id)


def withdraw_batch(*, batch_id: int, by: Any, reason: str = "") -> ImportBatch:
    """Both steps."""
    begin_withdrawal(batch_id=batch_id, by=by, reason=reason)
    return finish_withdrawal(batch_id)


def _withdraw(batch: ImportBatch, rows: list[ImportRow]) -> None:
    theirs = _taken_over(batch, rows)
    for row in rows:
        if row.page_id in theirs:
            note_left(row, TAKEN_OVER)
    ours = [row for row in rows if row.page_id not in theirs]
    _unpublish([row.page for row in ours if row.page is not None and row.page.live])
    ImportRow.objects.filter(pk__in=[row.pk for row in ours]).update(result=Result.WITHDRAWN)


def _taken_over(batch: ImportBatch, rows: list[ImportRow]) -> set[int]:
    """Ids of the pages whose live words a later batch has brought."""
    later = ImportRow.objects.filter(
        batch_id__gt=batch.pk,
        outcome__in=DRAFTS,
        result=Result.PUBLISHED,
        page_id__in=[row.page_id for row in rows if row.page_id],
    )
    return {page_id for page_id in later.values_list("page_id", flat=True) if page_id}


def _unpublish(pages: list[Page]) -> None:
    """What Wagtail's unpublishing does, for many pages."""
    ids = [page.pk for page in pages]
    Page.objects.filter(pk__in=ids).update(
        live=False, has_unpublished_changes=True, live_revision=None
    )
    Revision.page_revisions.filter(object_id__in=[str(pk) for pk in ids]).update(
        approved_go_live_at=None
    )
    ImportedItem.objects.filter(page_id__in=ids).update(withdrawn_with_batch=True)
    log_pages(pages, "wagtail.unpublish", None)
    announce(ids)


@transaction.atomic
def _end(batch_id: int) -> ImportBatch:
    batch = locked_batch(batch_id)
    if batch.state == BatchState.WITHDRAWING:
        _close_empty_sections(batch)
        batch.end_withdrawal()
        batch.save()
    return batch


def _close_empty_sections(batch: ImportBatch) -> None:
    """Years, and the source itself, that have nothing live below them any more."""
    if batch.source_page is None:
        return
    years = list(batch.source_page.get_children().live())
    for section in [*years, batch.source_page]:
        if section.live and not section.get_descendants().live().exists():
            section.specific.unpublish()
            _mark_undecided(section)


def _mark_undecided(section: Page) -> None:
    """So that the next batch below the section brings it back."""
    rows = ImportRow.objects.filter(outcome=Outcome.STRUCTURE, page_id=section.pk)
    rows.update(result=Result.PENDING)
