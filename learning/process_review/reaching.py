"""How the pages of this room find what they are about, and show a step's form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from learning.access.taking import form_answer
from learning.process_review.models import ProcessReview
from learning.programme.models import AuditProgramme


def review_or_404(year: int) -> ProcessReview:
    reviews = ProcessReview.objects.select_related("programme", "opened_by")
    return get_object_or_404(reviews, programme__year=year)


def crumbs(*programmes: AuditProgramme) -> list[dict[str, str]]:
    """The way from home to a page about these."""
    trail = [
        {"title": "Home", "url": "/"},
        {"title": "Audits", "url": reverse("programme:list")},
        {"title": "The audit itself", "url": reverse("process_review:list")},
    ]
    return trail + [
        {"title": str(one), "url": reverse("process_review:show", args=[one.year])}
        for one in programmes
        if hasattr(one, "process_review")
    ]


def form_page(
    request: HttpRequest,
    form: Any,
    *,
    template: str = "learning/form.html",
    cancel_url: str = "",
    **words: Any,
) -> HttpResponse:
    """The page with one form; 422 when something stands in the way."""
    trail = words.pop("breadcrumbs", None) or crumbs()
    context = {
        "form": form,
        "breadcrumbs": trail,
        "cancel_url": cancel_url or trail[-1]["url"],
        **words,
    }
    return form_answer(request, template, context)
