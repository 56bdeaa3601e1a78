"""How the pages of this room take one step, and say a refusal where it was asked for."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_fsm import can_proceed

from learning.events.steps import StepNotPossible
from learning.feedback.guards import page_of
from learning.feedback.models import FamilyFeedback
from learning.feedback.reaching import AskingNotPossible
from learning.feedback.writing_up import NotesNotReady

REFUSALS = (AskingNotPossible, StepNotPossible)


def take(form: Any, act: Callable[[], Any]) -> bool:
    """Whether the step was taken; a refusal becomes an error of the form, and so a sentence on the page."""
    if not form.is_valid():
        return False
    try:
        act()
    except NotesNotReady as refusal:
        for sentence in refusal.missing:
            form.add_error(None, sentence)
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
    else:
        return True
    return False


def press(
    request: HttpRequest, feedback: FamilyFeedback, act: Callable[[], Any], done: str
) -> HttpResponse:
    """Back to the one who is asked after a button; a refusal is said there."""
    try:
        act()
    except (*REFUSALS, NotesNotReady) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(feedback)


def is_its_time(request: HttpRequest, feedback: FamilyFeedback, *steps: str) -> bool:
    """Whether one of these steps fits the state; otherwise the person is told."""
    if any(can_proceed(getattr(feedback, step), check_conditions=False) for step in steps):
        return True
    state = feedback.get_state_display().lower()
    messages.warning(request, f"This is not the step that comes now: it is “{state}”.")
    return False


def form_page(
    request: HttpRequest, template: str, feedback: FamilyFeedback, form: Any, **context: Any
) -> HttpResponse:
    """The page of a form; 422 when something stands in the way."""
    status = 422 if form.errors else 200
    page = page_of(feedback, form=form, **context)
    return render(request, f"learning/feedback/{template}.html", page, status=status)
