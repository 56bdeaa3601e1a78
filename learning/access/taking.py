"""How pages ask for one step, take it, and say a refusal where it was asked for."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_fsm import can_proceed

from learning.events.refusals import Refusal

Act = Callable[[], Any]
Trail = list[dict[str, str]]


def posted(request: HttpRequest) -> Any:
    """What a form is bound to: what was sent, also when nothing was filled in; None when it is only shown."""
    return request.POST if request.method == "POST" else None


def form_answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page around `context["form"]`; 422 when something stands in the way of what was sent."""
    form = context["form"]
    status = 422 if form is not None and form.is_bound else 200
    return render(request, template, context, status=status)


def ask_first(
    request: HttpRequest,
    breadcrumbs: Trail,
    *,
    title: str,
    text: str,
    confirm_label: str,
    danger: bool = False,
    cancel_url: str = "",
) -> HttpResponse:
    """The question before a step that posts to the same address; “Cancel” goes back along the trail."""
    context = {
        "title": title,
        "text": text,
        "confirm_label": confirm_label,
        "danger": danger,
        "cancel_url": cancel_url or breadcrumbs[-1]["url"],
        "breadcrumbs": breadcrumbs,
    }
    return render(request, "learning/confirm.html", context)


def only_if(may: bool, sentence: str) -> None:
    """Raises 403 for somebody who may read this and may not do it."""
    if not may:
        raise PermissionDenied(sentence)


def is_its_time(request: HttpRequest, thing: Any, *steps: str) -> bool:
    """Whether one of the steps fits the state; otherwise the person is told, and sees the thing again."""
    if any(can_proceed(getattr(thing, step), check_conditions=False) for step in steps):
        return True
    say_the_state(request, thing)
    return False


def say_the_state(request: HttpRequest, thing: Any) -> None:
    """On the next page: what state it is in, since the step that was asked for does not come now."""
    state = thing.get_state_display().lower()
    messages.warning(
        request,
        f"This is not the step that comes now. It stands at “{state}”: "
        "perhaps you or a colleague have done it already.",
    )


def tried(form: Any, act: Act) -> bool:
    """Whether the step was taken; a refusal becomes an error of the form, and so a sentence on the page."""
    try:
        act()
    except Refusal as refusal:
        form.add_error(refusal.field, refusal.missing or str(refusal))
        return False
    return True


def take(form: Any, act: Act) -> bool:
    """Whether the form was in order and the step was taken."""
    return bool(form.is_valid()) and tried(form, act)


def say_what_came(request: HttpRequest, act: Act, done: str) -> None:
    """Take the step, and say at the top of the next page what came of it."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)


def press(request: HttpRequest, thing: Any, act: Act, done: str) -> HttpResponse:
    """Back to the thing after a button; a refusal is said there."""
    say_what_came(request, act, done)
    return redirect(thing)
