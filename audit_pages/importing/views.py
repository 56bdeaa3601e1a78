"""The “Imports” part of the editors' admin: loading a file, watching it, and deciding on a batch."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from audit_pages.importing import selectors
from audit_pages.importing.approving import begin_approval
from audit_pages.importing.deciding import MayNotDecide, NotDecidable
from audit_pages.importing.exports import rejected_csv
from audit_pages.importing.forms import ReasonForm, UploadForm
from audit_pages.importing.models import ImportBatch
from audit_pages.importing.permissions import (
    user_can_approve_batch,
    user_can_decide,
    user_can_import,
    user_can_reject_batch,
)
from audit_pages.importing.rejecting import begin_rejection
from audit_pages.importing.services import start_batch
from audit_pages.importing.sources import OPEN_GOVERNMENT_LICENCE
from audit_pages.importing.states import BatchState
from audit_pages.importing.tasks import go_on_with_batch
from audit_pages.importing.withdrawing import begin_withdrawal

SHOWN_ROWS = 100
SHOWN_FINDINGS = 25
STALLED_AFTER_SECONDS = 60
REFRESH_SECONDS = 2

View = Callable[..., HttpResponse]


def for_importers(view: View) -> View:
    """Only for those who may load findings; Wagtail sends others back with a message."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not user_can_import(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def show(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    trail = [{"url": reverse("imports:batches"), "label": "Imports"}]
    if title != "Imports":
        trail.append({"url": "", "label": title})
    context |= {"header_title": title, "breadcrumbs_items": trail}
    return render(request, f"audit_pages/importing/{name}.html", context)


@for_importers
def batches(request: HttpRequest) -> HttpResponse:
    page = Paginator(selectors.batches(), 25).get_page(request.GET.get("p"))
    return show(request, "batches", "Imports", batches=page)


@for_importers
def upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = start_batch(chosen=form.chosen, terms=form.terms(), imported_by=request.user)
        go_on_with_batch.enqueue(batch.pk)
        return redirect("imports:batch", batch.pk)
    known = {"sources": selectors.source_names(), "licences": [OPEN_GOVERNMENT_LICENCE]}
    return show(request, "upload", "Load findings from a file", form=form, known=known)


@for_importers
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    shown = get_object_or_404(selectors.batches(), pk=batch_id)
    is_stalled = _is_stalled(shown)
    response = show(
        request,
        "batch",
        str(shown),
        batch=shown,
        rejected=selectors.rejected_rows(shown)[:SHOWN_ROWS],
        left=selectors.left_rows(shown)[:SHOWN_ROWS],
        findings=selectors.drafted_rows(shown)[:SHOWN_FINDINGS],
        progress=_progress(shown),
        is_stalled=is_stalled,
        may=_allowed(request.user, shown),
    )
    if shown.is_working and not is_stalled:
        response["Refresh"] = str(REFRESH_SECONDS)  # works without JavaScript too
    return response


def _progress(shown: ImportBatch) -> tuple[int, int] | None:
    """(done, of) for a batch that is being worked on."""
    if not shown.is_working:
        return None
    if shown.state == BatchState.LOADING:
        return shown.rows_done, shown.rows_total
    return shown.drafts_count - selectors.undecided_count(shown), shown.drafts_count


def _is_stalled(shown: ImportBatch) -> bool:
    return shown.is_working and has_been_quiet(shown.touched_at)


def has_been_quiet(touched_at: datetime) -> bool:
    """Whether nothing has happened for so long that the work may have been cut short."""
    return (timezone.now() - touched_at).total_seconds() > STALLED_AFTER_SECONDS


def _allowed(user: Any, shown: ImportBatch) -> dict[str, bool]:
    is_open = shown.state in (BatchState.WAITING, BatchState.LOADING)
    return {
        "approve": shown.is_waiting and user_can_approve_batch(user, shown),
        "reject": is_open and user_can_reject_batch(user, shown),
        "withdraw": shown.state == BatchState.APPROVED and user_can_decide(user),
    }


@for_importers
def rejected(request: HttpRequest, batch_id: int) -> HttpResponse:
    return rejected_csv(get_object_or_404(ImportBatch, pk=batch_id), request.user)


@require_POST
@for_importers
def go_on(request: HttpRequest, batch_id: int) -> HttpResponse:
    shown = get_object_or_404(ImportBatch, pk=batch_id)
    go_on_with_batch.enqueue(shown.pk)
    return redirect("imports:batch", shown.pk)


@for_importers
def approve(request: HttpRequest, batch_id: int) -> HttpResponse:
    return _decide(request, batch_id, "approve", begin_approval)


@for_importers
def reject(request: HttpRequest, batch_id: int) -> HttpResponse:
    return _decide(request, batch_id, "reject", begin_rejection, with_reason=True)


@for_importers
def withdraw(request: HttpRequest, batch_id: int) -> HttpResponse:
    return _decide(request, batch_id, "withdraw", begin_withdrawal, with_reason=True)


def _decide(
    request: HttpRequest, batch_id: int, what: str, begin: Any, *, with_reason: bool = False
) -> HttpResponse:
    """Ask once more; then begin, and leave the rest to the task worker."""
    shown = get_object_or_404(ImportBatch, pk=batch_id)
    form = ReasonForm(request.POST or None) if with_reason else None
    if request.method != "POST" or (form is not None and not form.is_valid()):
        title = f"{what.capitalize()} import {shown.pk} from {shown.source_name}?"
        return show(request, "confirm", title, batch=shown, what=what, form=form)
    said = {"reason": form.cleaned_data["reason"]} if form else {}
    try:
        begin(batch_id=shown.pk, by=request.user, **said)
    except (MayNotDecide, NotDecidable) as refusal:
        messages.error(request, str(refusal))
    else:
        go_on_with_batch.enqueue(shown.pk)
    return redirect("imports:batch", shown.pk)
