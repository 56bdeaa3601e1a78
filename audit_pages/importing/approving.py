"""A second person lets a batch go live: check → approve → publish → announce."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision, WorkflowState

from audit_pages.importing.deciding import (
    MayNotDecide,
    NotDecidable,
    ShowProgress,
    in_chunks,
    locked_batch,
    note_left,
    require_state,
)
from audit_pages.importing.drafts import log_pages
from audit_pages.importing.models import ImportBatch, ImportedItem, ImportRow
from audit_pages.importing.permissions import user_can_approve_batch, user_can_decide
from audit_pages.importing.states import BatchState, Outcome, Result
from audit_pages.importing.structure import hold_sections, need_year, structure_of
from audit_pages.importing.suggesting import suggest_themes
from audit_pages.pages.base import text_of
from audit_pages.publishing.models import Approval, OwnWorkNotApproved, digest_of
from audit_pages.publishing.receivers import announce
from audit_pages.publishing.services import approve_and_publish
from learning.events.models import Event
from learning.events.services import record_event

CHANGED_SINCE = "It was changed after it was loaded: it goes live through the ordinary approval."
DELETED_SINCE = "Its page was deleted after it was loaded."
WITHDRAWN_SINCE = "It was withdrawn after it was loaded, so the batch does not bring it back."


@transaction.atomic
def begin_approval(*, batch_id: int, by: Any) -> ImportBatch:
    """The batch, approved by this person from here on; its sections are live.

    Raises `MayNotDecide` for whoever loaded it, and `NotDecidable` when it was decided before.
    """
    batch = locked_batch(batch_id)
    _require_second_person(batch, by)
    require_state(batch, BatchState.WAITING)
    batch.begin_approval(by=by)
    batch.save()
    for row in structure_of(batch):
        _publish_or_leave(batch, row)
    record_event(actor=by, action="import.approval_begun", about=batch)
    return batch


def finish_approval(batch_id: int, *, on_progress: ShowProgress = None) -> ImportBatch:
    """The batch with each draft published or left with its reason; safe to run again."""
    in_chunks(
        batch_id,
        working=BatchState.APPROVING,
        result=Result.PENDING,
        step=_publish,
        on_progress=on_progress,
    )
    return _end(batch_id)


def approve_batch(*, batch_id: int, by: Any, on_progress: ShowProgress = None) -> ImportBatch:
    """Both steps. An approval that was cut short is gone on with by whoever began it."""
    batch = ImportBatch.objects.get(pk=batch_id)
    if batch.state == BatchState.APPROVING and batch.decided_by_id == by.pk:
        _require_second_person(batch, by)
    else:
        begin_approval(batch_id=batch_id, by=by)
    return finish_approval(batch_id, on_progress=on_progress)


def _require_second_person(batch: ImportBatch, by: Any) -> None:
    if not user_can_decide(by):
        raise MayNotDecide("Only a lead manager QA approves what was loaded from a file.")
    if not user_can_approve_batch(by, batch):
        raise MayNotDecide("You loaded this batch, so somebody else needs to approve it.")


@transaction.atomic
def _end(batch_id: int) -> ImportBatch:
    batch = locked_batch(batch_id)
    if batch.state != BatchState.APPROVING:
        return batch
    batch.end_approval()
    batch.save()
    record_event(actor=batch.decided_by, action="import.approved", about=batch)
    return batch


def _publish(batch: ImportBatch, rows: list[ImportRow]) -> None:
    fresh = _untouched(batch, rows)
    _publish_untouched(batch, fresh)
    done = {row.pk for row in fresh}
    for row in rows:
        if row.pk not in done:
            _publish_or_leave(batch, row)


# --- One at a time: whatever people have had their hands on ---------------------------------------
def _publish_or_leave(batch: ImportBatch, row: ImportRow) -> None:
    reason = _reason_to_leave(row)
    if reason:
        note_left(row, reason)
        return
    if not _is_live_already(row):
        try:
            with transaction.atomic():
                _publish_one(batch, row)
        except OwnWorkNotApproved as refusal:
            note_left(row, str(refusal))
            return
    row.result = Result.PUBLISHED
    row.save(update_fields=["result"])


def _reason_to_leave(row: ImportRow) -> str:
    if row.page is None:
        return DELETED_SINCE
    if row.revision_id is None or row.page.latest_revision_id != row.revision_id:
        return CHANGED_SINCE
    is_section = row.outcome == Outcome.STRUCTURE
    return WITHDRAWN_SINCE if not is_section and _was_withdrawn_since(row) else ""


def _was_withdrawn_since(row: Any) -> bool:
    return PageLogEntry.objects.filter(
        page_id=row.page_id, action="wagtail.unpublish", timestamp__gt=row.revision.created_at
    ).exists()


def _is_live_already(row: Any) -> bool:
    return row.page.live and row.page.live_revision_id == row.revision_id


def _publish_one(batch: ImportBatch, row: Any) -> None:
    page = approve_and_publish(
        page=row.page.specific, approved_by=batch.decided_by, route=Approval.Route.BATCH
    )
    item = ImportedItem.objects.filter(page_id=page.pk).first()
    if item is None:  # a section
        return
    suggest_themes({page.pk: text_of(page.text)})
    _stand_in_its_year(batch, page)


def _stand_in_its_year(batch: ImportBatch, page: Any) -> None:
    """A finding whose date was corrected moves to the year that it belongs to."""
    parent = page.get_parent()
    if page.dated_on is None or parent.title == str(page.dated_on.year):
        return
    hold_sections()
    source = parent.get_parent().specific
    year = need_year(batch, source, str(page.dated_on.year))
    if not year.live:
        row = batch.rows.filter(page_id=year.pk, result=Result.PENDING).first()
        if row is not None:
            _publish_or_leave(batch, row)
    page.move(Page.objects.get(pk=year.pk), pos="last-child", user=batch.decided_by)


# --- Many at once: drafts that nobody has touched since they were loaded --------------------------
def _untouched(batch: ImportBatch, rows: list[ImportRow]) -> list[ImportRow]:
    """Rows whose page has one revision, the loaded one, by somebody else, and was never live."""
    page_ids = [str(row.page_id) for row in rows if row.page_id]
    several = _with_several_revisions(page_ids) | _in_workflow(page_ids)
    return [
        row
        for row in rows
        if _is_untouched(row, batch.decided_by_id) and row.page_id not in several
    ]


def _is_untouched(row: ImportRow, approver_id: int | None) -> bool:
    page, revision = row.page, row.revision
    return (
        page is not None
        and revision is not None
        and page.latest_revision_id == revision.pk
        and not page.live
        and page.first_published_at is None
        and page.go_live_at is None
        and approver_id not in (page.owner_id, revision.user_id)
    )


def _with_several_revisions(page_ids: list[str]) -> set[int]:
    seen: set[str] = set()
    several = set()
    for page_id in Revision.page_revisions.filter(object_id__in=page_ids).values_list(
        "object_id", flat=True
    ):
        if page_id in seen:
            several.add(int(page_id))
        seen.add(page_id)
    return several


def _in_workflow(page_ids: list[str]) -> set[int]:
    states = WorkflowState.objects.active().filter(
        base_content_type=ContentType.objects.get_for_model(Page), object_id__in=page_ids
    )
    return {int(page_id) for page_id in states.values_list("object_id", flat=True)}


def _publish_untouched(batch: ImportBatch, rows: list[ImportRow]) -> None:
    """What Wagtail's publishing does for such a page, for many: approval, live, history, news."""
    ids = [row.page_id for row in rows if row.page_id]
    now = timezone.now()
    Approval.objects.bulk_create(_approval(batch, row, now) for row in rows)
    Page.objects.filter(pk__in=ids).update(
        live=True,
        has_unpublished_changes=False,
        first_published_at=now,
        last_published_at=now,
        live_revision=F("latest_revision"),
    )
    log_pages([row.page for row in rows], "wagtail.publish", batch.decided_by, of_revision=True)
    Event.objects.bulk_create(_approved_event(batch, row) for row in rows)
    ImportRow.objects.filter(pk__in=[row.pk for row in rows]).update(result=Result.PUBLISHED)
    announce(ids)


def _approval(batch: ImportBatch, row: Any, now: Any) -> Approval:
    return Approval(
        page_id=row.page_id,
        revision_id=row.revision_id,
        content_digest=digest_of(row.revision),
        approved_by=batch.decided_by,
        approved_at=now,
        route=Approval.Route.BATCH,
    )


def _approved_event(batch: ImportBatch, row: ImportRow) -> Event:
    """The same row that approving the page by itself writes."""
    return Event(
        actor_id=batch.decided_by_id,
        action="page.approved",
        object_type=Page._meta.label_lower,
        object_id=str(row.page_id),
    )


__all__ = ["MayNotDecide", "NotDecidable", "approve_batch", "begin_approval", "finish_approval"]
