"""How the pages of this room find what they are about, say where they stand, and take one step."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django_fsm import can_proceed

from learning.access.services import reach
from learning.events.steps import StepNotPossible
from learning.recommendations.models import Recommendation
from learning.recommendations.refusals import NotPossible, StatementNotEnough
from learning.submissions.models import AuditSubmission


def recommendation_for(user: Any, ref: str) -> Recommendation:
    """The recommendation, if this person may read it; 404 for missing and forbidden alike, each logged."""
    visible = Recommendation.objects.visible_to(user)
    related = ("owner", "cycle", "submission__case__pair", "drafted_by", "superseded_by", "team")
    return reach(user, visible.select_related(*related), ref=ref)


def submission_for(user: Any, ref: str) -> AuditSubmission:
    """The submission of that case, if this person may read it or is one of its pair."""
    readable = AuditSubmission.objects.visible_to(user).values("pk")
    written = AuditSubmission.objects.written_by(user).values("pk")
    either = AuditSubmission.objects.filter(Q(pk__in=readable) | Q(pk__in=written))
    return reach(user, either.select_related("case__pair", "case__cycle"), case__ref=ref)


def crumbs(*recommendations: Recommendation) -> list[dict[str, str]]:
    """The way from home to a page about these."""
    trail = [
        {"title": "Home", "url": "/"},
        {"title": "Recommendations", "url": reverse("recommendations:register")},
    ]
    return trail + [{"title": row.ref, "url": row.get_absolute_url()} for row in recommendations]


def only_if(may: bool, sentence: str) -> None:
    """Raises 403 for somebody who may read this and may not do it."""
    if not may:
        raise PermissionDenied(sentence)


def is_its_time(request: HttpRequest, recommendation: Recommendation, step: str) -> bool:
    """Whether the step fits the state; otherwise the person is told, and sees the recommendation again."""
    fits = can_proceed(getattr(recommendation, step), check_conditions=False)
    return fits or _say_the_state(request, recommendation)


def is_open(request: HttpRequest, recommendation: Recommendation) -> bool:
    """Whether its owner still has to confirm it; otherwise the person is told."""
    return recommendation.is_open or _say_the_state(request, recommendation)


def _say_the_state(request: HttpRequest, recommendation: Recommendation) -> bool:
    state = recommendation.get_state_display().lower()
    messages.warning(request, f"This is not the step that comes now: it is “{state}”.")
    return False


def take(form: Any, act: Callable[[], Any]) -> bool:
    """Whether the step was taken; a refusal becomes an error of the form, and so a sentence on the page."""
    if not form.is_valid():
        return False
    try:
        act()
    except StatementNotEnough as refusal:
        form.add_error(refusal.field, str(refusal))
    except (NotPossible, StepNotPossible) as refusal:
        form.add_error(None, str(refusal))
    else:
        return True
    return False


def press(
    request: HttpRequest, recommendation: Recommendation, act: Callable[[], Any], done: str
) -> HttpResponse:
    """Back to the recommendation after a button; a refusal is said there."""
    try:
        act()
    except (NotPossible, StepNotPossible) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(recommendation)


def form_page(
    request: HttpRequest, form: Any, recommendation: Recommendation | None, **words: Any
) -> HttpResponse:
    """The page with the form of one step; 422 when something stands in the way."""
    about = [recommendation] if recommendation else []
    context = {"form": form, "recommendation": recommendation, "breadcrumbs": crumbs(*about)}
    status = 422 if form.is_bound else 200
    template = "learning/recommendations/step.html"
    return render(request, template, {**context, **words}, status=status)
