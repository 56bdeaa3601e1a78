"""How the pages of this room find what they are about, and show a step's form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from learning.access.services import reach
from learning.access.taking import form_answer, say_the_state
from learning.recommendations.models import Recommendation


def recommendation_for(user: Any, ref: str) -> Recommendation:
    """The recommendation, if this person may read it; 404 for missing and forbidden alike, each logged."""
    visible = Recommendation.objects.visible_to(user)
    related = ("owner", "cycle", "submission__case__pair", "drafted_by", "superseded_by", "team")
    return reach(user, visible.select_related(*related).telling_effects(), ref=ref)


def crumbs(*recommendations: Recommendation) -> list[dict[str, str]]:
    """The way from home to a page about these."""
    trail = [
        {"title": "Home", "url": "/"},
        {"title": "Recommendations", "url": reverse("recommendations:register")},
    ]
    return trail + [{"title": row.ref, "url": row.get_absolute_url()} for row in recommendations]


def is_open(request: HttpRequest, recommendation: Recommendation) -> bool:
    """Whether its owner still has to confirm it; otherwise the person is told."""
    if not recommendation.is_open:
        say_the_state(request, recommendation)
    return recommendation.is_open


def form_page(
    request: HttpRequest, form: Any, recommendation: Recommendation | None, **words: Any
) -> HttpResponse:
    """The page with the form of one step; 422 when something stands in the way."""
    about = [recommendation] if recommendation else []
    context = {"form": form, "recommendation": recommendation, "breadcrumbs": crumbs(*about)}
    return form_answer(request, "learning/recommendations/step.html", {**context, **words})
