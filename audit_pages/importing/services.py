"""Loading a file: keep it → read it → write drafts in chunks that a later run can go on from."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction

from audit_pages.importing.drafts import create_drafts, fill
from audit_pages.importing.matching import Match, match_rows
from audit_pages.importing.models import ImportBatch, ImportedItem, ImportFile, ImportRow
from audit_pages.importing.reading import ReadFile, read_file
from audit_pages.importing.rows import CleanRow
from audit_pages.importing.sources import SourceTerms
from audit_pages.importing.states import DRAFTS, BatchState, Outcome
from audit_pages.importing.structure import find_source, hold_sections, need_source, need_year
from audit_pages.importing.suggesting import suggest_themes
from audit_pages.pages.findings import ImportedSourcePage
from learning.events.services import record_event
from learning.spreadsheets import UnreadableFile

CHUNK = 100


@dataclass(frozen=True)
class ChosenFile:
    """A file as somebody chose it, with what they said about it."""

    name: str
    content: bytes
    columns: dict[str, str] = field(default_factory=dict)
    encoding: str = ""

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def read(self) -> ReadFile:
        """Its rows. Raises `UnreadableFile`."""
        return read_file(self.content, name=self.name, columns=self.columns, encoding=self.encoding)


def plan(chosen: ChosenFile, *, source_name: str) -> list[Match]:
    """What loading the file would do, row by row; nothing is written. Raises `UnreadableFile`."""
    return match_rows(chosen.read().rows, source=find_source(source_name))


def brings_something(matches: list[Match]) -> bool:
    """Whether any row would make a draft."""
    return any(match.outcome in DRAFTS for match in matches)


def batch_before(chosen: ChosenFile, *, source_name: str) -> ImportBatch | None:
    """The newest batch that loaded this very file for this source."""
    return ImportBatch.objects.filter(
        source_name__iexact=source_name, file_digest=chosen.digest
    ).first()


def start_batch(*, chosen: ChosenFile, terms: SourceTerms, imported_by: Any) -> ImportBatch:
    """A batch to be loaded; the unfinished one when this file is being loaded already."""
    unfinished = ImportBatch.objects.filter(
        source_name__iexact=terms.name, file_digest=chosen.digest, state=BatchState.LOADING
    )
    try:
        return unfinished.first() or _new_batch(chosen, terms, imported_by)
    except IntegrityError:  # somebody began in the same moment
        return unfinished.get()


@transaction.atomic
def _new_batch(chosen: ChosenFile, terms: SourceTerms, imported_by: Any) -> ImportBatch:
    batch = ImportBatch.objects.create(
        source_name=terms.name,
        attribution=terms.attribution,
        licence=terms.licence,
        licence_url=terms.licence_url,
        warnings=list(terms.warnings),
        file_name=chosen.name[-255:],
        file_digest=chosen.digest,
        columns=chosen.columns,
        encoding=chosen.encoding,
        imported_by=imported_by,
    )
    ImportFile.objects.create(batch=batch, content=chosen.content)
    record_event(actor=imported_by, action="import.started", about=batch)
    return batch


def load_batch(
    batch_id: int, *, on_progress: Callable[[ImportBatch], None] | None = None
) -> ImportBatch:
    """The batch with every row loaded, from where it stood. Running it again does no harm."""
    batch = ImportBatch.objects.get(pk=batch_id)
    if batch.state != BatchState.LOADING:
        return batch
    try:
        read = _chosen(batch).read()
    except UnreadableFile as error:
        return _fail(batch_id, str(error))
    batch = _note_size(batch_id, read)
    while batch.state == BatchState.LOADING and batch.rows_done < len(read.rows):
        batch = _load_chunk(batch_id, read)
        if on_progress:
            on_progress(batch)
    return _finish(batch_id)


def _chosen(batch: ImportBatch) -> ChosenFile:
    content = bytes(batch.file.content)
    return ChosenFile(batch.file_name, content, batch.columns, batch.encoding)


@transaction.atomic
def _fail(batch_id: int, problem: str) -> ImportBatch:
    batch = _locked(batch_id)
    batch.fail(problem)
    batch.save()
    ImportFile.objects.filter(batch=batch).delete()
    return batch


@transaction.atomic
def _note_size(batch_id: int, read: ReadFile) -> ImportBatch:
    batch = _locked(batch_id)
    batch.rows_total = len(read.rows)
    batch.warnings = [*batch.warnings, *(w for w in read.warnings if w not in batch.warnings)]
    batch.save()
    return batch


@transaction.atomic
def _load_chunk(batch_id: int, read: ReadFile) -> ImportBatch:
    """Load the rows after those that are done. Two runs at once take turns, and no row twice."""
    batch = _locked(batch_id)
    if batch.state != BatchState.LOADING:
        return batch
    hold_sections()
    rows = read.rows[batch.rows_done : batch.rows_done + CHUNK]
    matches = match_rows(rows, source=find_source(batch.source_name))
    if brings_something(matches):
        source = need_source(batch)
        batch.source_page = source.page_ptr
        _write_new(batch, source, matches)
        _write_changed(batch, source, matches)
    _note_rejected(batch, matches)
    _count(batch, matches)
    batch.save()
    return batch


def _locked(batch_id: int) -> ImportBatch:
    return ImportBatch.objects.select_for_update().get(pk=batch_id)


def _write_new(batch: ImportBatch, source: ImportedSourcePage, matches: list[Match]) -> None:
    by_year: dict[str, list[CleanRow]] = {}
    for match in matches:
        if match.outcome == Outcome.CREATED and isinstance(match.row, CleanRow):
            by_year.setdefault(match.row.year, []).append(match.row)
    for year, rows in by_year.items():
        pages = create_drafts(
            rows, year=need_year(batch, source, year), source=source, owner=batch.imported_by
        )
        _note_new(batch, source, rows, pages)
        suggest_themes({page.pk: row.text for page, row in zip(pages, rows, strict=True)})


def _note_new(batch: ImportBatch, source: Any, rows: list[Any], pages: list[Any]) -> None:
    pairs = list(zip(rows, pages, strict=True))
    ImportedItem.objects.bulk_create(
        ImportedItem(
            source_id=source.pk,
            reference=row.reference,
            page_id=page.pk,
            digest=row.digest,
            revision_id=page.latest_revision_id,
        )
        for row, page in pairs
    )
    ImportRow.objects.bulk_create(
        ImportRow(
            batch=batch,
            number=row.number,
            outcome=Outcome.CREATED,
            reference=row.reference,
            page_id=page.pk,
            revision_id=page.latest_revision_id,
        )
        for row, page in pairs
    )


def _write_changed(batch: ImportBatch, source: ImportedSourcePage, matches: list[Match]) -> None:
    for match in matches:
        if match.outcome == Outcome.UPDATED and match.item is not None:
            _write_draft(batch, source, match.row, match.item)


def _write_draft(batch: ImportBatch, source: Any, row: Any, item: ImportedItem) -> None:
    """A new draft over the finding; what readers see stays as it is."""
    page = item.page.specific.get_latest_revision_as_object()
    fill(page, row, source)
    revision = page.save_revision(user=batch.imported_by, log_action=True)
    need_year(batch, source, row.year)
    ImportRow.objects.create(
        batch=batch,
        number=row.number,
        outcome=Outcome.UPDATED,
        reference=row.reference,
        page_id=page.pk,
        revision=revision,
        digest_before=item.digest,
    )
    item.digest, item.revision, item.withdrawn_with_batch = row.digest, revision, False
    item.save()


def _note_rejected(batch: ImportBatch, matches: list[Match]) -> None:
    ImportRow.objects.bulk_create(
        ImportRow(
            batch=batch,
            number=match.row.number,
            outcome=Outcome.REJECTED,
            reference=getattr(match.row, "reference", ""),
            reason=match.reason[:400],
        )
        for match in matches
        if match.outcome == Outcome.REJECTED
    )


def _count(batch: ImportBatch, matches: list[Match]) -> None:
    outcomes = [match.outcome for match in matches]
    batch.created_count += outcomes.count(Outcome.CREATED)
    batch.updated_count += outcomes.count(Outcome.UPDATED)
    batch.rejected_count += outcomes.count(Outcome.REJECTED)
    batch.unchanged_count += outcomes.count(None)
    batch.rows_done += len(matches)


@transaction.atomic
def _finish(batch_id: int) -> ImportBatch:
    batch = _locked(batch_id)
    if batch.state != BatchState.LOADING or batch.rows_done < batch.rows_total:
        return batch
    if batch.drafts_count:
        batch.wait_for_approval()
    else:
        batch.end_with_nothing_new()
    batch.save()
    ImportFile.objects.filter(batch=batch).delete()
    record_event(actor=batch.imported_by, action="import.loaded", about=batch)
    return batch
