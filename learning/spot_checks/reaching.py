"""How the pages of this room find what they are about, and show a step's form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from learning.access.services import reach
from learning.access.taking import form_answer
from learning.spot_checks.models import SpotCheck, SpotCheckRound

RELATED = ("round__cycle", "case__worker", "case__team", "area", "form")


def check_for(user: Any, ref: str) -> SpotCheck:
    """The check, if this person may see it; 404 for missing and forbidden alike, each logged."""
    visible = SpotCheck.objects.visible_to(user).select_related(*RELATED)
    return reach(user, visible.prefetch_related("auditors"), ref=ref)


def round_or_404(ref: str) -> SpotCheckRound:
    rounds = SpotCheckRound.objects.select_related("cycle", "frame__draw__cycle", "committed_by")
    return get_object_or_404(rounds, ref=ref)


def crumbs(*things: SpotCheck | SpotCheckRound) -> list[dict[str, str]]:
    """The way from home to a page about these."""
    trail = [
        {"title": "Home", "url": "/"},
        {"title": "Audits", "url": reverse("programme:list")},
        {"title": "Spot checks", "url": reverse("spot_checks:list")},
    ]
    return trail + [{"title": one.ref, "url": one.get_absolute_url()} for one in things]


def form_page(
    request: HttpRequest, form: Any, *about: SpotCheck | SpotCheckRound, **words: Any
) -> HttpResponse:
    """The page with the form of one step; 422 when something stands in the way."""
    trail = crumbs(*about)
    context = {"form": form, "breadcrumbs": trail, "cancel_url": trail[-1]["url"], **words}
    template = words.get("template", "learning/form.html")
    return form_answer(request, template, context)
