"""What happens next with a spot check, and what this very person can do about it."""

from typing import Any

from django.urls import reverse

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.work import Action
from learning.spot_checks.models import SpotCheck
from learning.spot_checks.permissions import user_can_assure
from learning.spot_checks.states import WHAT_COMES, SpotCheckState


def what_comes(check: SpotCheck) -> str:
    """The next step in a sentence, for whoever reads."""
    return WHAT_COMES[SpotCheckState(check.state)]


def actions_for(user: Any, check: SpotCheck) -> list[Action]:
    """What this person can do now, the next step first."""
    if check.state == SpotCheckState.DONE and user_can_assure(user, check):
        return [_page("Sign it off, or send it back", "review", check)]
    if check.state != SpotCheckState.DRAWN:
        return []
    actions = []
    if check.is_made_by(user):
        actions += [
            _page("Write", "write", check),
            _page("Immediate concern?", "urgent", check),
            _page("It is done: hand it to the lead", "finish", check),
        ]
    if holds(user, Right.DRAW_SPOT_CHECKS):
        is_given = any(True for _ in check.auditors.all())
        words = "Give it to other auditors" if is_given else "Choose who makes it"
        actions += [_page(words, "give", check), _page("Set it aside", "set_aside", check)]
    if holds(user, Right.CASE_KEY):
        actions.append(_page("Look up which child it is", "key", check))
    return actions


def _page(label: str, name: str, check: SpotCheck) -> Action:
    return Action(label, reverse(f"spot_checks:{name}", args=[check.ref]))
