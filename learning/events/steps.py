"""Taking a step of a state machine: the one way in which the state of anything changes (domain.md E)."""

from typing import Any, TypeVar

from django.db import models, transaction
from django_fsm import TransitionNotAllowed

from learning.events.refusals import Refusal
from learning.events.services import record_event

Thing = TypeVar("Thing", bound=models.Model)


class StepNotPossible(Refusal):
    """The step does not fit the state that the thing is in; the message is for the person who tried."""


@transaction.atomic
def take_step(
    thing: Thing, step: str, *, actor: models.Model | None, reason: str = "", **arguments: Any
) -> Thing:
    """The thing after the step, read anew and locked, with its event row written.

    Two people who take the same step at once: one does, the other gets `StepNotPossible`.
    """
    fresh = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    try:
        getattr(fresh, step)(**arguments)
    except TransitionNotAllowed as refusal:
        raise StepNotPossible(_sentence(fresh, step)) from refusal
    fresh.save()
    record_event(actor=actor, action=f"{fresh._meta.model_name}.{step}", about=fresh, reason=reason)
    return fresh


def _sentence(thing: Any, step: str) -> str:
    """What stands in the way, in words: the state that it is in now."""
    label = thing.get_state_display().lower()
    return (
        f"“{step.replace('_', ' ').capitalize()}” is not possible now: {thing} is “{label}”. "
        "Somebody else may have taken the step a moment ago; look at the page again."
    )
