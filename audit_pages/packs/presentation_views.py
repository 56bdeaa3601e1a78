"""Recording that a pack or a briefing was presented; what was presented where, for leads and QA officers."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from audit_pages.models import SevenMinuteBriefingPage
from audit_pages.packs.forms import PresentationForm
from audit_pages.packs.guards import crumbs, makers_only
from audit_pages.packs.permissions import packs_visible_to
from audit_pages.packs.presentation_models import Presentation
from audit_pages.packs.presenting import (
    SAID,
    all_presentations,
    change_presentation,
    presented_by,
    record_presentation,
)
from audit_pages.publishing.readers import visible_to
from learning.access.doors import needs
from learning.access.matrix import Right
from learning.access.taking import form_answer, posted, take
from learning.disclosure.hints import marks_in
from learning.people.models import Team

PER_PAGE = 50


@makers_only
def record_for_pack(request: HttpRequest, pack_id: int) -> HttpResponse:
    pack = get_object_or_404(packs_visible_to(request.user), pk=pack_id)
    return _record(request, title=pack.title, back_url=pack.get_absolute_url(), pack=pack)


@makers_only
def record_for_briefing(request: HttpRequest, briefing_id: int) -> HttpResponse:
    """The seventh part of a briefing: the team's response."""
    briefings = visible_to(request.user, SevenMinuteBriefingPage.objects.all())
    page = get_object_or_404(briefings, pk=briefing_id)
    return _record(request, title=page.title, back_url=page.get_url() or "/", briefing=page)


def _record(request: HttpRequest, *, title: str, back_url: str, **about: Any) -> HttpResponse:
    own: Team | None = getattr(request.user, "team", None)
    team = own if own is not None and own.is_active else None
    today = {"presented_on": timezone.localdate(), "team": team}
    form = PresentationForm(posted(request), initial=today)
    made: list[Presentation] = []

    def act() -> None:
        made.append(record_presentation(recorded_by=request.user, **about, **form.cleaned_data))

    if take(form, act):
        return _said(request, made[0])
    return _form_page(request, form, title, back_url)


@makers_only
def change(request: HttpRequest, presentation_id: int) -> HttpResponse:
    """For whoever recorded it; what in its words could give somebody away is said here."""
    row = get_object_or_404(presented_by(request.user), pk=presentation_id)
    form = PresentationForm(posted(request), initial={name: getattr(row, name) for name in SAID})

    def act() -> None:
        change_presentation(presentation=row, changed_by=request.user, **form.cleaned_data)

    if take(form, act):
        return _said(request, row)
    marks = [] if form.is_bound else marks_in([row.change])
    return _form_page(request, form, row.title, _list_url(), marks)


def _said(request: HttpRequest, row: Presentation) -> HttpResponse:
    """On to what was recorded; first its words again, if somebody could be known by them."""
    messages.success(
        request, "Thank you. It is kept as evidence that this learning reached people."
    )
    if marks_in([row.change]):
        return redirect("audit_pages:packs:presentation", row.pk)
    return redirect(row.pack.get_absolute_url() if row.pack else _list_url())


def _form_page(
    request: HttpRequest, form: PresentationForm, title: str, back_url: str, marks: Any = ()
) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "back_url": back_url,
        "marks": marks,
        "breadcrumbs": crumbs(),
    }
    return form_answer(request, "audit_pages/packs/presentation.html", context)


def _list_url() -> str:
    return reverse("audit_pages:packs:list")


@needs(Right.SEE_PRESENTATIONS)
def show_presentations(request: HttpRequest) -> HttpResponse:
    page = Paginator(all_presentations(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "breadcrumbs": crumbs()}
    return render(request, "audit_pages/packs/presentations.html", context)
