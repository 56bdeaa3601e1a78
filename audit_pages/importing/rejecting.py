"""Turning a batch down: its drafts are taken back, and what readers see was never touched."""

from typing import Any

from django.db import transaction
from wagtail.models import Page, PageLogEntry, Revision

from audit_pages.importing.deciding import (
    MayNotDecide,
    ShowProgress,
    in_chunks,
    locked_batch,
    note_left,
    require_state,
)
from audit_pages.importing.models import ImportBatch, ImportedItem, ImportFile, ImportRow
from audit_pages.importing.permissions import user_can_reject_batch
from audit_pages.importing.states import DRAFTS, BatchState, Outcome, Result
from learning.events.services import record_event

CHANGED_SINCE = "Somebody has changed it since it was loaded, so it was kept."


@transaction.atomic
def begin_rejection(*, batch_id: int, by: Any, reason: str = "") -> ImportBatch:
    """The batch, on its way out. Raises `MayNotDecide` or `NotDecidable`."""
    batch = locked_batch(batch_id)
    if not user_can_reject_batch(by, batch):
        raise MayNotDecide("Only a lead manager QA, or whoever loaded the batch, rejects it.")
    require_state(batch, BatchState.WAITING, BatchState.LOADING)
    batch.begin_rejection(by=by)
    batch.save()
    ImportFile.objects.filter(batch=batch).delete()
    record_event(actor=by, action="import.rejected", about=batch, reason=reason)
    return batch


def finish_rejection(batch_id: int, *, on_progress: ShowProgress = None) -> ImportBatch:
    """The batch without its drafts. Running it again does no harm."""
    in_chunks(
        batch_id,
        working=BatchState.REJECTING,
        result=Result.PENDING,
        step=_take_back,
        on_progress=on_progress,
    )
    return _end(batch_id)


def reject_batch(*, batch_id: int, by: Any, reason: str = "") -> ImportBatch:
    """Both steps."""
    begin_rejection(batch_id=batch_id, by=by, reason=reason)
    return finish_rejection(batch_id)


def _take_back(batch: ImportBatch, rows: list[ImportRow]) -> None:
    touched = _in_other_hands(rows)
    for row in rows:
        if row.page_id in touched:
            note_left(row, CHANGED_SINCE)
    ours = [row for row in rows if row.page_id not in touched]
    for row in ours:
        if row.outcome == Outcome.UPDATED and row.page is not None:
            _drop_draft(row)
    new = [row.page_id for row in ours if row.outcome == Outcome.CREATED and row.page_id]
    ImportRow.objects.filter(pk__in=[row.pk for row in ours]).update(result=Result.DELETED)
    _delete(new)


def _in_other_hands(rows: list[ImportRow]) -> set[int | None]:
    """Ids of pages that went live, or that somebody has written on since they were loaded."""
    return {
        row.page_id
        for row in rows
        if row.page is not None
        and (
            row.page.latest_revision_id != row.revision_id
            or (row.outcome == Outcome.CREATED and row.page.first_published_at is not None)
            or row.page.live_revision_id == row.revision_id
        )
    }


def _delete(page_ids: list[int]) -> None:
    """The pages and every trace of their words."""
    PageLogEntry.objects.filter(page_id__in=page_ids).delete()
    Page.objects.filter(pk__in=page_ids).delete()


def _drop_draft(row: Any) -> None:
    """The finding as it stood before the batch wrote over its draft."""
    page = row.page
    revisions = Revision.page_revisions.filter(object_id=str(page.pk)).exclude(pk=row.revision_id)
    before = revisions.order_by("-created_at", "-pk").first()
    if before is not None:
        page.latest_revision = before
        page.latest_revision_created_at = before.created_at
        page.draft_title = before.content["title"]
    page.has_unpublished_changes = not page.live or page.live_revision != before
    page.save(
        clean=False,
        update_fields=[
            "latest_revision",
            "latest_revision_created_at",
            "draft_title",
            "has_unpublished_changes",
        ],
    )
    Revision.objects.filter(pk=row.revision_id).delete()
    _restore_item(row)


def _restore_item(row: Any) -> None:
    earlier = ImportRow.objects.filter(
        page_id=row.page_id, outcome__in=DRAFTS, batch_id__lt=row.batch_id, revision__isnull=False
    ).order_by("-batch_id")
    before = earlier.first()
    ImportedItem.objects.filter(page_id=row.page_id).update(
        digest=row.digest_before,
        revision_id=before.revision_id if before else None,
        withdrawn_with_batch=before is not None and before.result == Result.WITHDRAWN,
    )


@transaction.atomic
def _end(batch_id: int) -> ImportBatch:
    batch = locked_batch(batch_id)
    if batch.state == BatchState.REJECTING:
        _remove_empty_sections(batch)
        batch.refresh_from_db(fields=["source_page"])
        batch.end_rejection()
        batch.save()
    return batch


def _remove_empty_sections(batch: ImportBatch) -> None:
    """Sections that this batch made, that nobody else has used or changed."""
    made = batch.rows.filter(outcome=Outcome.STRUCTURE, page__isnull=False)
    for row in made.select_related("page").order_by("-page__depth"):
        page = Page.objects.get(pk=row.page_id)
        is_ours = page.latest_revision_id == row.revision_id and page.first_published_at is None
        if is_ours and not page.get_children().exists():
            row.result = Result.DELETED
            row.save(update_fields=["result"])
            _delete([page.pk])
