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
from learning.letters.models import GoodPracticeLetter
from learning.letters.refusals import NotPossible
from learning.submissions.models import AuditSubmission


def letter_for(user: Any, ref: str) -> GoodPracticeLetter:
    """The letter, if this person may read it; 404 for missing and forbidden alike, each logged."""
    visible = GoodPracticeLetter.objects.visible_to(user)
    return reach(user, visible.select_related("worker", "writer", "cycle", "page"), ref=ref)


def submission_for(user: Any, ref: str) -> AuditSubmission:
    """The submission of that case, if this person may read it or is one of its pair."""
    readable = AuditSubmission.objects.visible_to(user).values("pk")
    written = AuditSubmission.objects.written_by(user).values("pk")
    either = AuditSubmission.objects.filter(Q(pk__in=readable) | Q(pk__in=written))
    return reach(user, either.select_related("case__pair", "case__cycle"), case__ref=ref)


def crumbs(*letters: GoodPracticeLetter) -> list[dict[str, str]]:
    """The way from home to a page about these."""
    trail = [{"title": "Home", "url": "/"}, {"title": "Letters", "url": reverse("letters:list")}]
    return trail + [{"title": row.ref, "url": row.get_absolute_url()} for row in letters]


def only_if(may: bool, sentence: str) -> None:
    """Raises 403 for somebody who may read this and may not do it."""
    if not may:
        raise PermissionDenied(sentence)


def is_its_time(request: HttpRequest, letter: GoodPracticeLetter, *steps: str) -> bool:
    """Whether one of the steps fits the state; otherwise the person is told, and sees the letter again."""
    if any(can_proceed(getattr(letter, step), check_conditions=False) for step in steps):
        return True
    state = letter.get_state_display().lower()
    messages.warning(request, f"This is not the step that comes now: it is “{state}”.")
    return False


def take(form: Any, act: Callable[[], Any]) -> bool:
    """Whether the step was taken; a refusal becomes an error of the form, and so a sentence on the page."""
    if not form.is_valid():
        return False
    try:
        act()
    except (NotPossible, StepNotPossible) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def press(
    request: HttpRequest, letter: GoodPracticeLetter, act: Callable[[], Any], done: str
) -> HttpResponse:
    """Back to the letter after a button; a refusal is said there."""
    try:
        act()
    except (NotPossible, StepNotPossible) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(letter)


def form_page(
    request: HttpRequest, form: Any, letter: GoodPracticeLetter | None, **words: Any
) -> HttpResponse:
    """The page with the form of one step; 422 when something stands in the way."""
    about = [letter] if letter else []
    context = {"form": form, "letter": letter, "breadcrumbs": crumbs(*about), **words}
    status = 422 if form.is_bound else 200
    return render(request, "learning/letters/step.html", context, status=status)
