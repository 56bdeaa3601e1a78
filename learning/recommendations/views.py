"""The register of recommendations, its download, and the page of one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from learning.access.doors import needs
from learning.access.matrix import Right
from learning.access.models import AccessEvent
from learning.access.services import record_access
from learning.access.work import next_and_others
from learning.recommendations.download import as_csv
from learning.recommendations.next_steps import actions_for, what_comes
from learning.recommendations.permissions import user_can_see_follow_ups
from learning.recommendations.presenting import (
    facts_of,
    narrowing_form,
    rows_of,
    status_tabs,
    whose_tabs,
)
from learning.recommendations.reaching import crumbs, recommendation_for
from learning.recommendations.register import Wanted, register_for
from learning.recommendations.status_days import status_days
from learning.recommendations.story import story_of

ROWS_A_PAGE = 50
TITLE = "Recommend\u00adations"
"""With a soft hyphen: the word is wider than a phone."""


@needs(Right.SEE_RECOMMENDATIONS)
def show_register(request: HttpRequest) -> HttpResponse:
    register = register_for(request.user, Wanted.of(request.GET))
    page = Paginator(register.rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "title": TITLE,
        "register": register,
        "page": page,
        "rows": rows_of(page, register.days),
        "whose_tabs": whose_tabs(register, request.GET),
        "status_tabs": status_tabs(register, request.GET),
        "form": narrowing_form(request.user, register),
        "breadcrumbs": crumbs()[:1],
    }
    return render(request, "learning/recommendations/register.html", context)


@needs(Right.SEE_RECOMMENDATIONS)
def download_register(request: HttpRequest) -> HttpResponse:
    register = register_for(request.user, Wanted.of(request.GET))
    record_access(user=request.user, action=AccessEvent.Action.EXPORTED)
    return as_csv(register, request.user)


def show_recommendation(request: HttpRequest, recommendation_ref: str) -> HttpResponse:
    recommendation = recommendation_for(request.user, recommendation_ref)
    context = {
        "recommendation": recommendation,
        "row": rows_of([recommendation], status_days())[0],
        "facts": facts_of(recommendation),
        "story": story_of(
            recommendation,
            with_follow_ups=user_can_see_follow_ups(request.user, recommendation),
        ),
        "what_comes": what_comes(recommendation),
        **next_and_others(actions_for(request.user, recommendation)),
        "breadcrumbs": crumbs(),
    }
    return render(request, "learning/recommendations/recommendation.html", context)
