"""Opening one audit, deciding on a request, and looking at what was opened."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from learning.access.doors import holds, needs
from learning.access.matrix import Right
from learning.access.services import reach
from learning.access.taking import form_answer, is_its_time, only_if, posted, take, tried
from learning.openings.forms import AskForm, DecisionForm, LookForm
from learning.openings.models import Opening
from learning.openings.services import (
    ask_to_read,
    break_glass,
    decide,
    end_opening,
    look_at,
    user_can_decide,
)
from learning.openings.states import OpeningState
from learning.programme.settings import AuditSettings

A_PAGE = 50
AROUND = ("submission__case", "asked_by", "decided_by")


def show_list(request: HttpRequest) -> HttpResponse:
    """All of them for those who watch; a superuser's own."""
    _refuse_strangers(request.user)
    rows = Opening.objects.visible_to(request.user).select_related(*AROUND)
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "may_break_glass": request.user.is_superuser,
        "may_ask": holds(request.user, Right.ASK_TO_READ),
        "breadcrumbs": _crumbs()[:1],
    }
    return render(request, "learning/openings/list.html", context)


def open_at_once(request: HttpRequest) -> HttpResponse:
    """Break-glass: warned of what it sets off, asked for the reason, then straight to the audit."""
    only_if(request.user.is_superuser, Right.BREAK_GLASS.value.words)
    form = AskForm(posted(request))
    minutes = AuditSettings.load().break_glass_minutes
    if form.is_valid():
        audit = form.cleaned_data["reference"]
        reason = form.cleaned_data["reason"]
        if tried(
            form, lambda: break_glass(submission=audit, reason=reason, opened_by=request.user)
        ):
            messages.success(
                request, f"It is open to you for {minutes} minutes. Those who watch know."
            )
            return redirect("submissions:read", submission_ref=audit.case.ref)
    context = {"form": form, "minutes": minutes, "breadcrumbs": _crumbs()}
    return form_answer(request, "learning/openings/break_glass.html", context)


@needs(Right.ASK_TO_READ)
def ask(request: HttpRequest) -> HttpResponse:
    """Information governance asks; a lead decides."""
    form = AskForm(posted(request))
    if form.is_valid():
        audit = form.cleaned_data["reference"]
        reason = form.cleaned_data["reason"]
        if tried(form, lambda: ask_to_read(submission=audit, reason=reason, asked_by=request.user)):
            messages.success(request, "A lead manager decides, and you hear by e-mail.")
            return redirect("openings:list")
    context = {
        "form": form,
        "title": "Ask to read an audit",
        "text": "A lead manager decides. If the answer is yes, you read this one audit for some working days, "
        "and each look is logged.",
        "button": "Ask the lead",
        "cancel_url": reverse("openings:list"),
        "breadcrumbs": _crumbs(),
    }
    return form_answer(request, "learning/form.html", context)


def show(request: HttpRequest, opening_id: int) -> HttpResponse:
    """One opening with its story; on POST what somebody found who looked at it."""
    _refuse_strangers(request.user)
    opening = _opening(request, opening_id)
    may_look = Opening.objects.to_look_at_by(request.user).filter(pk=opening.pk).exists()
    form = LookForm(posted(request)) if may_look or request.method == "POST" else None
    if form and take(
        form,
        lambda: look_at(opening=opening, looked_by=request.user, **form.cleaned_data),
    ):
        messages.success(request, "Thank you. It is kept beside the opening.")
        return redirect(opening)
    context = {
        "opening": opening,
        "looks": opening.looks.select_related("person"),
        "form": form,
        "may_decide": opening.state == OpeningState.ASKED
        and user_can_decide(request.user, opening),
        "may_end": opening.is_running and holds(request.user, Right.SEE_OPENINGS),
        "breadcrumbs": _crumbs(),
    }
    return form_answer(request, "learning/openings/show.html", context)


@needs(Right.DECIDE_OPENING)
def decide_one(request: HttpRequest, opening_id: int) -> HttpResponse:
    opening = _opening(request, opening_id)
    only_if(
        user_can_decide(request.user, opening),
        "A lead decides, whose own request it is not and whose own work it is not about.",
    )
    if not is_its_time(request, opening, "open"):
        return redirect(opening)
    form = DecisionForm(posted(request))
    if take(form, lambda: decide(opening=opening, decided_by=request.user, **form.cleaned_data)):
        messages.success(request, "They are told by e-mail.")
        return redirect(opening)
    context = {
        "form": form,
        "title": f"May {opening.asked_by} read {opening.submission.case.ref}?",
        "text": f"Their reason: {opening.reason}",
        "button": "Keep my decision",
        "cancel_url": opening.get_absolute_url(),
        "breadcrumbs": _crumbs(),
    }
    return form_answer(request, "learning/form.html", context)


@require_POST
@needs(Right.SEE_OPENINGS)
def end(request: HttpRequest, opening_id: int) -> HttpResponse:
    opening = _opening(request, opening_id)
    if end_opening(opening=opening, ended_by=request.user):
        messages.success(request, f"It is closed to {opening.asked_by} from now on.")
    else:
        messages.warning(request, "It was closed already.")
    return redirect(opening)


def _refuse_strangers(user: Any) -> None:
    if not (user.is_superuser or holds(user, Right.SEE_OPENINGS)):
        raise PermissionDenied(Right.SEE_OPENINGS.value.words)


def _opening(request: HttpRequest, opening_id: int) -> Opening:
    visible = Opening.objects.visible_to(request.user).select_related(*AROUND)
    return reach(request.user, visible, pk=opening_id)


def _crumbs() -> list[dict[str, str]]:
    return [
        {"title": "Home", "url": "/"},
        {"title": "Openings of audits", "url": reverse("openings:list")},
    ]
