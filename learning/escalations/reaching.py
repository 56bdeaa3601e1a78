"""How the pages of this room find what they are about, and show a step's form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from learning.access.services import reach
from learning.access.taking import form_answer
from learning.escalations.models import Escalation

AROUND = (
    "cycle",
    "submission__case__worker__line_manager",
    "spot_check__case__worker__line_manager",
    "raised_by",
    "recipient",
    "named_manager",
    "conveyed_by",
    "verified_by",
)


def escalation_for(user: Any, ref: str) -> Escalation:
    """The escalation, if this person may open it; 404 for missing and forbidden alike, each logged."""
    return reach(user, Escalation.objects.visible_to(user).select_related(*AROUND), ref=ref)


def crumbs(*escalations: Escalation) -> list[dict[str, str]]:
    """The way from home to a page about these."""
    trail = [
        {"title": "Home", "url": "/"},
        {"title": "Escalations", "url": reverse("escalations:list")},
    ]
    return trail + [{"title": row.ref, "url": row.get_absolute_url()} for row in escalations]


def form_page(
    request: HttpRequest, form: Any, escalation: Escalation, **words: Any
) -> HttpResponse:
    """The page with the form of one step, what is known above it; 422 when something stands in the way."""
    context = {
        "form": form,
        "escalation": escalation,
        "notes": escalation.notes.select_related("written_by"),
        "breadcrumbs": crumbs(escalation),
        **words,
    }
    return form_answer(request, "learning/escalations/step.html", context)
