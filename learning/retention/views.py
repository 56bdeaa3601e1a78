"""What is kept and how long, the list of what is to go, and what is held back."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from learning.access.doors import holds, needs
from learning.access.matrix import Right
from learning.access.taking import (
    ask_first,
    form_answer,
    is_its_time,
    only_if,
    posted,
    press,
    say_what_came,
    take,
)
from learning.retention.forms import HoldForm, ReasonForm, ReviewForm
from learning.retention.holds import end_hold, hold_back, review_hold
from learning.retention.models import DisposalList, LegalHold
from learning.retention.selectors import items_of, kept_kinds, running_holds, totals_of
from learning.retention.services import (
    approve_list,
    check_list,
    draw_up_list,
    open_list,
    set_list_aside,
    user_can_approve,
)
from learning.retention.states import ListState

A_PAGE = 50


@needs(Right.SEE_RETENTION)
def overview(request: HttpRequest) -> HttpResponse:
    """What is due, what is held, what is gone."""
    current = open_list()
    kinds = kept_kinds()
    may_draw_up = current is None and holds(request.user, Right.CHECK_DISPOSAL)
    context = {
        "kinds": kinds,
        "current": current,
        "may_draw_up": may_draw_up and any(kind.due for kind in kinds),
        "running_holds": running_holds(),
        "certificates": DisposalList.objects.filter(state=ListState.DONE)[:A_PAGE],
        "breadcrumbs": _crumbs()[:1],
    }
    return render(request, "learning/retention/overview.html", context)


@require_POST
@needs(Right.CHECK_DISPOSAL)
def draw_up(request: HttpRequest) -> HttpResponse:
    say_what_came(
        request,
        lambda: draw_up_list(drawn_up_by=request.user),
        "The list is drawn up. Look through it, and hold back what is still needed.",
    )
    current = open_list()
    return redirect(current) if current else redirect("retention:overview")


@needs(Right.SEE_RETENTION)
def show_list(request: HttpRequest, disposal_id: int) -> HttpResponse:
    """The list line by line; once it is done, the certificate."""
    disposal = _disposal(disposal_id)
    may_check = disposal.state == ListState.DRAWN_UP and holds(request.user, Right.CHECK_DISPOSAL)
    context = {
        "disposal": disposal,
        "page": Paginator(items_of(disposal), A_PAGE).get_page(request.GET.get("page")),
        "totals": totals_of(disposal),
        "may_check": may_check,
        "may_approve": disposal.state == ListState.CHECKED
        and user_can_approve(request.user, disposal),
        "breadcrumbs": _crumbs(),
    }
    return render(request, "learning/retention/list.html", context)


@require_POST
@needs(Right.CHECK_DISPOSAL)
def check(request: HttpRequest, disposal_id: int) -> HttpResponse:
    disposal = _disposal(disposal_id)
    return press(
        request,
        disposal,
        lambda: check_list(disposal=disposal, checked_by=request.user),
        "It is checked. Information governance approves it next.",
    )


@needs(Right.APPROVE_DISPOSAL)
def approve(request: HttpRequest, disposal_id: int) -> HttpResponse:
    """Asks once more on GET; what goes cannot be called back."""
    disposal = _disposal(disposal_id)
    only_if(user_can_approve(request.user, disposal), "Somebody else approves what you checked.")
    if not is_its_time(request, disposal, "approve"):
        return redirect(disposal)
    if request.method == "POST":
        return press(
            request,
            disposal,
            lambda: approve_list(disposal=disposal, approved_by=request.user),
            "It is approved, and goes tonight. Until then it can still be held back.",
        )
    return ask_first(
        request,
        _crumbs(),
        title=f"Dispose of {disposal.items.count()} things?",
        text="Tonight their text goes from the portal for good. Backups are outside the portal and follow "
        "their own time. Figures, references and dates stay.",
        confirm_label="Approve: it may go",
        danger=True,
        cancel_url=disposal.get_absolute_url(),
    )


@needs(Right.SEE_RETENTION)
def set_aside(request: HttpRequest, disposal_id: int) -> HttpResponse:
    disposal = _disposal(disposal_id)
    if not is_its_time(request, disposal, "set_aside"):
        return redirect(disposal)
    form = ReasonForm(posted(request))
    if take(
        form,
        lambda: set_list_aside(disposal=disposal, set_aside_by=request.user, **form.cleaned_data),
    ):
        return redirect("retention:overview")
    return _form_page(
        request,
        form,
        title="Set this list aside?",
        text="Nothing more of it goes. What is due comes onto the next list.",
        button="Set it aside",
        cancel_url=disposal.get_absolute_url(),
    )


@needs(Right.SEE_RETENTION)
def hold(request: HttpRequest) -> HttpResponse:
    """Hold an audit, a spot check or a cycle back."""
    form = HoldForm(posted(request), initial={"reference": request.GET.get("audit", "")})
    if take(form, lambda: _hold_back(request, form)):
        return redirect("retention:overview")
    return _form_page(
        request,
        form,
        title="Hold an audit, a spot check or a cycle back",
        text="While it is held back nothing of it goes, whatever has been approved.",
        button="Hold it back",
        cancel_url=reverse("retention:overview"),
    )


def _hold_back(request: HttpRequest, form: HoldForm) -> LegalHold:
    words = dict(form.cleaned_data)
    return hold_back(about=words.pop("reference"), placed_by=request.user, **words)


@needs(Right.SEE_RETENTION)
def show_hold(request: HttpRequest, hold_id: int) -> HttpResponse:
    """One hold; on POST it runs on until another day."""
    found = _hold(hold_id)
    form = ReviewForm(posted(request)) if found.is_running else None
    if form and take(
        form, lambda: review_hold(hold=found, reviewed_by=request.user, **form.cleaned_data)
    ):
        return redirect(found)
    context = {
        "hold": found,
        "form": form,
        "may_end": found.is_running and found.placed_by_id != request.user.pk,
        "breadcrumbs": _crumbs(),
    }
    return form_answer(request, "learning/retention/hold.html", context)


@needs(Right.SEE_RETENTION)
def end(request: HttpRequest, hold_id: int) -> HttpResponse:
    found = _hold(hold_id)
    form = ReasonForm(posted(request))
    if take(form, lambda: end_hold(hold=found, ended_by=request.user, **form.cleaned_data)):
        return redirect("retention:overview")
    return _form_page(
        request,
        form,
        title=f"Let go of {found.about}?",
        text="It comes onto the next list of what is to be disposed of, when it is due.",
        button="Let it go",
        cancel_url=found.get_absolute_url(),
    )


def _disposal(pk: int) -> DisposalList:
    around = DisposalList.objects.select_related("checked_by", "approved_by", "drawn_up_by")
    return get_object_or_404(around, pk=pk)


def _hold(pk: int) -> LegalHold:
    around = LegalHold.objects.select_related(
        "submission__case", "spot_check", "cycle", "placed_by", "ended_by"
    )
    return get_object_or_404(around, pk=pk)


def _crumbs() -> list[dict[str, str]]:
    return [
        {"title": "Home", "url": "/"},
        {"title": "Retention", "url": reverse("retention:overview")},
    ]


def _form_page(request: HttpRequest, form: Any, **words: str) -> HttpResponse:
    context = {"form": form, "breadcrumbs": _crumbs(), **words}
    return form_answer(request, "learning/form.html", context)
