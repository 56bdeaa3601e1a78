"""The QA office names the audits that a page rests on, and lets people read one of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from wagtail.models import Page

from learning.access.doors import needs
from learning.access.matrix import Right
from learning.access.services import reach
from learning.access.taking import form_answer, posted, tried
from learning.evidence.forms import EvidenceForm, ReaderForm, RemovalForm
from learning.evidence.models import PageEvidence
from learning.evidence.selectors import (
    cycles_with_audits,
    evidence_of,
    namable,
    pages_with_evidence,
)
from learning.evidence.services import (
    NOT_OPEN,
    end_let_in,
    is_open_to_readers,
    latest_end,
    let_in_to,
    let_read,
    name_evidence,
    remove_evidence,
)
from learning.submissions.models import AuditSubmission

CRUMBS = [{"title": "Home", "url": "/"}, {"title": "Evidence", "url": "/evidence/"}]


@needs(Right.EVIDENCE)
def show_list(request: HttpRequest) -> HttpResponse:
    """Every page that names audits."""
    context = {"pages": pages_with_evidence(), "breadcrumbs": CRUMBS[:1]}
    return render(request, "learning/evidence/list.html", context)


@needs(Right.EVIDENCE)
def show_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """The audits of one page; on POST those that were ticked join them."""
    page = get_object_or_404(Page, pk=page_id, depth__gt=2)
    cycles = cycles_with_audits(request.user)
    cycle = request.GET.get("cycle", "")
    cycle = cycle if cycle in cycles else (cycles[0] if cycles else "")
    form = EvidenceForm(posted(request), audits=namable(request.user, page.pk, cycle))
    if form.is_valid():
        named = name_evidence(page=page, **form.cleaned_data, named_by=request.user)
        messages.success(request, f"The page now names {len(named)} more.")
        return redirect("evidence:page", page.pk)
    context = {
        "page": page,
        "rows": evidence_of(page.pk),
        "form": form,
        "cycles": cycles,
        "chosen_cycle": cycle,
        "breadcrumbs": CRUMBS,
    }
    return form_answer(request, "learning/evidence/page.html", context)


@needs(Right.EVIDENCE)
def remove(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """Asks why on GET, takes the audit out on POST."""
    row = get_object_or_404(PageEvidence.objects.select_related("page"), pk=evidence_id)
    form = RemovalForm(posted(request))
    if form.is_valid():
        page_id = row.page_id
        remove_evidence(row=row, reason=form.cleaned_data["reason"], removed_by=request.user)
        messages.success(request, "The page no longer names this audit.")
        return redirect("evidence:page", page_id)
    context = {"row": row, "form": form, "breadcrumbs": CRUMBS}
    return form_answer(request, "learning/evidence/remove.html", context)


@needs(Right.EVIDENCE)
def show_readers(request: HttpRequest, submission_ref: str) -> HttpResponse:
    """Who was let in to read one audit; on POST one more person."""
    audit = _audit(request, submission_ref)
    form = ReaderForm(posted(request))
    if form.is_valid() and _let_in(request, audit, form):
        return redirect("evidence:readers", submission_ref)
    context = {
        "audit": audit,
        "grants": let_in_to(audit),
        "form": form,
        "is_open": is_open_to_readers(audit),
        "not_open": NOT_OPEN,
        "last_day": latest_end(),
        "breadcrumbs": CRUMBS,
    }
    return form_answer(request, "learning/evidence/readers.html", context)


def _let_in(request: HttpRequest, audit: AuditSubmission, form: ReaderForm) -> bool:
    data = form.cleaned_data
    if not tried(form, lambda: let_read(submission=audit, **data, granted_by=request.user)):
        return False
    messages.success(request, f"{data['person']} may read this audit.")
    return True


@require_POST
@needs(Right.EVIDENCE)
def end_reader(request: HttpRequest, submission_ref: str, grant_id: int) -> HttpResponse:
    """Takes the reading away again."""
    audit = _audit(request, submission_ref)
    grant = get_object_or_404(let_in_to(audit), pk=grant_id)
    person = grant.user
    end_let_in(grant=grant, ended_by=request.user)
    messages.success(request, f"{person} can no longer read this audit.")
    return redirect("evidence:readers", submission_ref)


def _audit(request: HttpRequest, ref: str) -> Any:
    """The audit, if it is open to this person; each look and each refusal is logged."""
    visible = AuditSubmission.objects.visible_to(request.user).select_related("case")
    return reach(request.user, visible, case__ref=ref)
