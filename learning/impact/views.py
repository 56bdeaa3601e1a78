"""The impact ledger, and the pages on which a change is recorded, a test planned and assessed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from learning.access.doors import holds, needs
from learning.access.matrix import Right
from learning.access.taking import form_answer, take
from learning.impact import services
from learning.impact.forms import AssessForm, PlanForm, SystemChangeForm
from learning.impact.ledger import entries_of, ledger_rows, open_test_of
from learning.recommendations.models import Recommendation
from learning.recommendations.reaching import recommendation_for
from learning.recommendations.states import CARRIED_OUT

ROWS_A_PAGE = 25


def crumbs(*, with_ledger: bool = True) -> list[dict[str, str]]:
    trail = [
        {"title": "Home", "url": "/"},
        {"title": "Recommendations", "url": reverse("recommendations:register")},
    ]
    if with_ledger:
        trail.append({"title": "Impact ledger", "url": reverse("impact:ledger")})
    return trail


@needs(Right.SEE_RECOMMENDATIONS)
def show_ledger(request: HttpRequest) -> HttpResponse:
    page = Paginator(ledger_rows(request.user), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "entries": entries_of(page, request.user),
        "may_assess": holds(request.user, Right.ASSESS_IMPACT),
        "breadcrumbs": crumbs(with_ledger=False),
    }
    return render(request, "learning/impact/ledger.html", context)


@needs(Right.ASSESS_IMPACT)
def record_change(request: HttpRequest, recommendation_ref: str) -> HttpResponse:
    recommendation = recommendation_for(request.user, recommendation_ref)
    form = SystemChangeForm(request.POST or None)
    return _step(
        request,
        recommendation,
        form,
        lambda: services.record_system_change(
            recommendation=recommendation, recorded_by=request.user, **form.cleaned_data
        ),
        title="Record what works differently now",
        button="Record it",
    )


@needs(Right.ASSESS_IMPACT)
def plan(request: HttpRequest, recommendation_ref: str) -> HttpResponse:
    recommendation = recommendation_for(request.user, recommendation_ref)
    form = PlanForm(request.POST or None, recommendation=recommendation)
    return _step(
        request,
        recommendation,
        form,
        lambda: services.plan_test(
            recommendation=recommendation, planned_by=request.user, **form.cleaned_data
        ),
        title="Plan a test of what it changed",
        button="Plan the test",
    )


@needs(Right.ASSESS_IMPACT)
def assess(request: HttpRequest, recommendation_ref: str) -> HttpResponse:
    recommendation = recommendation_for(request.user, recommendation_ref)
    test = open_test_of(recommendation)
    if test is None:
        messages.warning(request, "No test waits to be assessed. Plan one first.")
        return redirect("impact:ledger")
    form = AssessForm(request.POST or None)
    return _step(
        request,
        recommendation,
        form,
        lambda: services.assess_impact(test=test, assessed_by=request.user, **form.answer),
        title=f"What {test.cycle} showed",
        summary=test.question,
        button="Keep this assessment",
    )


def _step(
    request: HttpRequest,
    recommendation: Recommendation,
    form: Any,
    act: Callable[[], Any],
    **words: str,
) -> HttpResponse:
    """The page of one step: back to the ledger when it was taken, the form with a sentence when not."""
    if recommendation.state not in CARRIED_OUT:
        messages.warning(request, "This comes after somebody has verified that it was carried out.")
        return redirect(recommendation)
    if take(form, act):
        messages.success(request, f"Kept for {recommendation.ref}.")
        return redirect("impact:ledger")
    context = {"form": form, "recommendation": recommendation, "breadcrumbs": crumbs(), **words}
    return form_answer(request, "learning/recommendations/step.html", context)
