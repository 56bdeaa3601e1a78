"""The list of spot checks, a round with its certificate, and one check."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from learning.access.doors import holds, needs
from learning.access.matrix import Right
from learning.access.models import AccessEvent
from learning.access.services import record_access
from learning.access.work import next_and_others
from learning.selection.certificate import file_of
from learning.spot_checks.models import SpotCheckReview
from learning.spot_checks.next_steps import actions_for, what_comes
from learning.spot_checks.permissions import user_can_report_concern
from learning.spot_checks.reaching import check_for, crumbs, round_or_404
from learning.spot_checks.selectors import checks_to_list, rounds_to_list, sections_shown
from learning.submissions.concerns import standing_of

ROWS_A_PAGE = 50


def list_checks(request: HttpRequest) -> HttpResponse:
    page = Paginator(checks_to_list(request.user), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rounds": rounds_to_list() if holds(request.user, Right.SEE_SPOT_CHECK_ROUNDS) else [],
        "may_draw": holds(request.user, Right.DRAW_SPOT_CHECKS),
        "breadcrumbs": crumbs()[:-1],
    }
    return render(request, "learning/spot_checks/list.html", context)


@needs(Right.SEE_SPOT_CHECK_ROUNDS)
def show_round(request: HttpRequest, round_ref: str) -> HttpResponse:
    promised = round_or_404(round_ref)
    context = {
        "round": promised,
        "checks": checks_to_list(request.user).filter(round=promised),
        "may_draw": holds(request.user, Right.DRAW_SPOT_CHECKS) and promised.drawn_at is None,
        "breadcrumbs": crumbs(),
    }
    return render(request, "learning/spot_checks/round.html", context)


@needs(Right.SEE_SPOT_CHECK_ROUNDS)
def download_certificate(request: HttpRequest, round_ref: str) -> HttpResponse:
    """The certificate as `manage.py verify_draw` reads it; taking it away is logged."""
    promised = round_or_404(round_ref)
    if not promised.certificate:
        return redirect(promised)
    record_access(user=request.user, action=AccessEvent.Action.EXPORTED, about=promised)
    response = HttpResponse(file_of(promised.certificate), content_type="application/json")
    name = f"spot-checks-{promised.ref.lower()}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def show_check(request: HttpRequest, check_ref: str) -> HttpResponse:
    check = check_for(request.user, check_ref)
    is_open = check.words_are_open_to(request.user)
    reviews = check.reviews.select_related("reviewer")
    context = {
        "check": check,
        "what_comes": what_comes(check),
        "is_open": is_open,
        "sections": sections_shown(check, with_hints=False) if is_open else [],
        "standing": standing_of(check, request.user),
        "may_report": user_can_report_concern(request.user, check),
        "questions": reviews.filter(outcome=SpotCheckReview.Outcome.RETURNED) if is_open else [],
        "today": timezone.localdate(),
        **next_and_others(actions_for(request.user, check)),
        "breadcrumbs": crumbs(),
    }
    return render(request, "learning/spot_checks/check.html", context)
