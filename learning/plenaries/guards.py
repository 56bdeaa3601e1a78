"""How the pages of this room find what they are about, and show a form."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from learning.access.services import reach
from learning.access.taking import form_answer
from learning.plenaries.models import PlenaryNote
from learning.plenaries.permissions import NOT_HELD
from learning.plenaries.readers import discussed_by
from learning.programme.guards import crumbs as cycle_crumbs
from learning.programme.models import AuditCycle, AuditDay


def discussed_cycle(request: HttpRequest, ref: str) -> AuditCycle:
    """The cycle, for whoever takes part in its plenaries; 404 for missing and forbidden alike, logged."""
    visible = discussed_by(request.user).select_related("lead").prefetch_related("days")
    return reach(request.user, visible, ref=ref)


def held_cycle(request: HttpRequest, ref: str) -> AuditCycle:
    """The same, once its days have begun."""
    cycle = discussed_cycle(request, ref)
    if cycle.state in NOT_HELD:
        raise Http404
    return cycle


def day_of(cycle: AuditCycle, number: int) -> AuditDay:
    return get_object_or_404(cycle.days.select_related("cycle"), number=number)


def note_of(cycle: AuditCycle, number: int, user: Any) -> PlenaryNote:
    """What that day's plenary said."""
    visible = PlenaryNote.objects.visible_to(user).select_related("day__cycle")
    return reach(user, visible, day__cycle=cycle, day__number=number)


def crumbs(cycle: AuditCycle, *, with_plenary: bool = True) -> list[dict[str, str]]:
    """The way from home to a page about this cycle's plenaries."""
    here = {"title": "Plenary", "url": reverse("plenaries:cycle", args=[cycle.ref])}
    return cycle_crumbs(cycle) + ([here] if with_plenary else [])


def form_page(
    request: HttpRequest,
    form: Any,
    cycle: AuditCycle,
    *,
    template: str = "learning/form.html",
    **words: Any,
) -> HttpResponse:
    """The page with one form; 422 when something stands in the way."""
    trail = crumbs(cycle)
    context = {"form": form, "cycle": cycle, "breadcrumbs": trail, "cancel_url": trail[-1]["url"]}
    return form_answer(request, template, context | words)
