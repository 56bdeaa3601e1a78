"""Reading a process review: the years, one year's evidence, one cycle's answers, what was decided."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from learning.access.doors import holds, needs
from learning.access.matrix import Right
from learning.access.work import next_and_others
from learning.process_review import selectors
from learning.process_review.models import ProcessReview, ReviewRound
from learning.process_review.next_steps import actions_for, what_comes
from learning.process_review.reaching import crumbs, review_or_404
from learning.process_review.services import missing_evidence
from learning.process_review.states import ASKABLE, SHOWN_TO_ALL, ReviewState
from learning.programme.guards import cycle_or_404
from learning.programme.models import AuditCycle


@needs(Right.SEE_PROCESS_REVIEW)
def list_reviews(request: HttpRequest) -> HttpResponse:
    context = {
        "programmes": selectors.programmes_to_review(),
        "may_run": holds(request.user, Right.RUN_PROCESS_REVIEW),
        "breadcrumbs": crumbs()[:-1],
    }
    return render(request, "learning/process_review/list.html", context)


@needs(Right.SEE_PROCESS_REVIEW)
def show_review(request: HttpRequest, year: int) -> HttpResponse:
    review = review_or_404(year)
    is_open = review.state == ReviewState.OPENED
    missing = missing_evidence(review) if is_open else []
    context = {
        "review": review,
        "what_comes": what_comes(review),
        "missing": missing,
        "evidence": selectors.evidence_of(review, timezone.localdate()),
        "decisions": selectors.decisions_of(review),
        "may_link": holds(request.user, Right.RUN_PROCESS_REVIEW)
        and review.state == ReviewState.DECIDED,
        **next_and_others(actions_for(request.user, review, missing)),
        "breadcrumbs": crumbs(),
    }
    return render(request, "learning/process_review/review.html", context)


@needs(Right.SEE_PROCESS_REVIEW)
def show_round(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    asked = ReviewRound.objects.filter(cycle=cycle).select_related("cycle").first()
    context = {
        "cycle": cycle,
        "shown": selectors.show_round(asked, timezone.localdate()) if asked else None,
        "may_ask": asked is None and _may_ask(request, cycle),
        "breadcrumbs": crumbs(cycle.programme),
    }
    return render(request, "learning/process_review/round.html", context)


def _may_ask(request: HttpRequest, cycle: AuditCycle) -> bool:
    return holds(request.user, Right.RUN_PROCESS_REVIEW) and cycle.state in ASKABLE


@needs(Right.SEE_PROGRAMME)
def show_changes(request: HttpRequest, year: int) -> HttpResponse:
    """What was decided, for everybody: those who were asked see what came of it."""
    decided = ProcessReview.objects.filter(state__in=SHOWN_TO_ALL).select_related("programme")
    review = get_object_or_404(decided, programme__year=year)
    context = {
        "review": review,
        "decisions": selectors.decisions_of(review),
        "breadcrumbs": crumbs()[:2],
    }
    return render(request, "learning/process_review/changes.html", context)
