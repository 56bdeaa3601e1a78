"""One's own reflections and record; and what somebody shared with their line manager."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from learning.access.models import AccessEvent
from learning.access.services import reach, record_access
from learning.access.taking import form_answer, say_what_came, take
from learning.disclosure.hints import hints_in
from learning.documents import PdfNotPossible
from learning.programme.models import AuditCycle
from learning.programme.settings import AuditSettings
from learning.reflections import services
from learning.reflections.files import as_docx, as_pdf, facts_of
from learning.reflections.forms import ReflectionForm
from learning.reflections.models import AuditorReflection
from learning.reflections.record import record_of
from learning.reflections.selectors import shared_with

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Maker = Callable[[Any], bytes]


def show_list(request: HttpRequest) -> HttpResponse:
    """The cycles that I had a part in, with my reflections, and what was shared with me."""
    context = {
        "record": record_of(request.user),
        "shared": shared_with(request.user),
        "breadcrumbs": crumbs()[:1],
    }
    return render(request, "learning/reflections/list.html", context)


def write(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = _own_cycle(request, cycle_ref)
    own = AuditorReflection.objects.filter(person=request.user)  # type: ignore[misc]
    reflection = own.filter(cycle=cycle).first()
    form = ReflectionForm(request.POST or None, instance=reflection)
    if take(
        form,
        lambda: services.write_reflection(cycle=cycle, person=request.user, **form.cleaned_data),
    ):
        messages.success(request, "Kept. Nobody else reads it unless you share it.")
        return redirect("reflections:write", cycle.ref)
    context = {
        "cycle": cycle,
        "form": form,
        "is_time": cycle.state not in services.NOT_YET,
        "reflection": reflection,
        "kept_months": AuditSettings.load().keep_audits_months,
        "manager": request.user.line_manager,  # type: ignore[union-attr]
        "breadcrumbs": crumbs(),
    }
    return form_answer(request, "learning/reflections/write.html", context)


@require_POST
def share(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    """From now on my line manager reads it."""
    return _press(
        request,
        cycle_ref,
        lambda own: services.share_reflection(reflection=own, shared_by=request.user),
        "Your line manager is told by e-mail, and can read it until you take it back.",
    )


@require_POST
def take_back(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    return _press(
        request,
        cycle_ref,
        lambda own: services.take_reflection_back(reflection=own, taken_back_by=request.user),
        "It is yours alone again.",
    )


def _press(
    request: HttpRequest, cycle_ref: str, act: Callable[[AuditorReflection], Any], done: str
) -> HttpResponse:
    own = AuditorReflection.objects.filter(person=request.user)  # type: ignore[misc]
    reflection = reach(request.user, own, cycle__ref=cycle_ref)
    say_what_came(request, lambda: act(reflection), done)
    return redirect("reflections:write", cycle_ref)


def show_shared(request: HttpRequest, reflection_id: int) -> HttpResponse:
    """What somebody shared with me as their line manager; one's own is read where it is written."""
    visible = AuditorReflection.objects.shared_with_manager(request.user)
    reflection = reach(request.user, visible.select_related("person", "cycle"), pk=reflection_id)
    context = {"reflection": reflection, "breadcrumbs": crumbs()}
    return render(request, "learning/reflections/shared.html", context)


# --- The record ------------------------------------------------------------------------------------------


def show_record(request: HttpRequest) -> HttpResponse:
    """What the files would hold, and which reflections go in."""
    record = record_of(request.user)
    texts = [
        words for done in record.cycles if done.reflection for _, words in done.reflection.parts
    ]
    context = {
        "record": record,
        "cycles": [(done, facts_of(done)) for done in record.cycles],
        "hints": hints_in(texts) if texts else [],
        "breadcrumbs": crumbs(),
    }
    return render(request, "learning/reflections/record.html", context)


def download_docx(request: HttpRequest) -> HttpResponse:
    return _download(request, as_docx, "docx", WORD)


def download_pdf(request: HttpRequest) -> HttpResponse:
    try:
        return _download(request, as_pdf, "pdf", "application/pdf")
    except PdfNotPossible as refusal:
        messages.error(request, str(refusal))
        return redirect("reflections:record")


def _download(request: HttpRequest, make: Maker, ending: str, kind: str) -> HttpResponse:
    """My record with the reflections that I chose; that it was taken is logged."""
    record = record_of(request.user, with_reflections=request.GET.getlist("with"))
    response = HttpResponse(make(record), content_type=kind)
    record_access(user=request.user, action=AccessEvent.Action.EXPORTED)
    name = f"audit-record-{timezone.localdate():%Y-%m-%d}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


# --- Finding the way ---------------------------------------------------------------------------------------


def _own_cycle(request: HttpRequest, ref: str) -> AuditCycle:
    """A cycle in whose team I am; 404 for all others, missing ones alike."""
    found = AuditCycle.objects.filter(ref=ref, team__person=request.user).first()  # type: ignore[misc]
    if found is None:
        raise Http404
    return found


def crumbs() -> list[dict[str, str]]:
    """The way from home to a page of one's reflections."""
    return [
        {"title": "Home", "url": "/"},
        {"title": "Your reflections", "url": reverse("reflections:list")},
    ]
