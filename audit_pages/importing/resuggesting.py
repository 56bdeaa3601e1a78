"""Suggesting themes anew for all imported findings, in chunks that a later run can go on from."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from audit_pages.importing.models import SuggestionRun
from audit_pages.importing.permissions import user_can_import
from audit_pages.importing.selectors import imported_count
from audit_pages.importing.suggesting import suggest_themes
from audit_pages.pages.base import text_of
from audit_pages.pages.findings import ImportedFindingPage
from audit_pages.publishing.receivers import announce
from learning.events.services import record_event

CHUNK = 200


def start_suggesting(*, by: Any) -> SuggestionRun:
    """A new run for the task worker; the one that is under way, if there is one."""
    if not user_can_import(by):
        raise PermissionDenied("Editors and lead managers QA have themes suggested again.")
    running = SuggestionRun.objects.filter(is_running=True)
    try:
        return running.first() or _new_run(by)
    except IntegrityError:  # somebody began in the same moment
        return running.get()


@transaction.atomic
def _new_run(by: Any) -> SuggestionRun:
    run = SuggestionRun.objects.create(asked_by=by, findings_total=imported_count())
    record_event(actor=by, action="themes.suggested_anew", about=run)
    return run


def finish_suggesting(run_id: int) -> SuggestionRun:
    """The run with every finding looked at. Running it again does no harm."""
    while (run := _next_chunk(run_id)).is_running:
        pass
    return run


@transaction.atomic
def _next_chunk(run_id: int) -> SuggestionRun:
    """Look at the findings after those that are done. Two workers at once take turns."""
    run = SuggestionRun.objects.select_for_update().get(pk=run_id)
    if not run.is_running:
        return run
    texts = _texts_after(run.last_page_id)
    if texts:
        _note(run, texts)
    else:
        run.is_running = False
    run.save()
    return run


def _texts_after(page_id: int) -> dict[int, str]:
    pages = ImportedFindingPage.objects.filter(pk__gt=page_id).exclude(text="").order_by("pk")
    return {pk: text_of(text) for pk, text in pages.values_list("pk", "text")[:CHUNK]}


def _note(run: SuggestionRun, texts: dict[int, str]) -> None:
    suggested = suggest_themes(texts)
    announce(sorted(suggested.page_ids))
    run.findings_done += len(texts)
    run.last_page_id = max(texts)
    run.added_count += len(suggested.added)
    run.removed_count += len(suggested.removed)
