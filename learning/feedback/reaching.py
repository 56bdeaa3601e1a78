"""The row that a step is about, locked, for those who may take it."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from learning.events.refusals import Refusal
from learning.events.steps import StepNotPossible
from learning.feedback.models import FamilyFeedback
from learning.feedback.permissions import takes_feedback, user_can_ask


class AskingNotPossible(Refusal):
    """It cannot be done in this way; the message says why, and what would be right."""


def locked(feedback: FamilyFeedback) -> FamilyFeedback:
    """The feedback as it stands now; whoever else wants to change it waits."""
    fresh = (
        FamilyFeedback.objects.select_for_update(of=("self",))
        .select_related("submission__case")
        .get(pk=feedback.pk)
    )
    if not takes_feedback(fresh.submission):
        raise StepNotPossible("This audit is complete: nothing more goes into it.")
    return fresh


def locked_for_pair(feedback: FamilyFeedback, person: Any) -> FamilyFeedback:
    """The same, for one of the pair who may ask."""
    if not user_can_ask(person, feedback.submission):
        raise PermissionDenied("One of the pair does this, and never the worker of the case.")
    return locked(feedback)


def refuse_future(day: date) -> None:
    """Raises for a day on which nothing can have happened yet."""
    if day > timezone.localdate():
        raise AskingNotPossible("That day is still to come.")
