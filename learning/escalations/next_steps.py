"""What happens next with an escalation, and what this very person can do about it."""

from typing import Any

from django.urls import reverse

from learning.access.work import Action
from learning.escalations.models import Escalation
from learning.escalations.permissions import (
    user_can_add_note,
    user_can_answer,
    user_can_see_to,
    user_can_verify,
)
from learning.escalations.states import WITH_THE_ADDRESSEE, EscalationState

State = EscalationState

WHAT_COMES = {
    State.RAISED: "The lead conveys to a senior manager what must be done and by when.",
    State.CONVEYED: "{recipient} says that they have read it and act.",
    State.ACKNOWLEDGED: "{recipient} acts, and reports what was done.",
    State.ACTION_REPORTED: "The lead looks for what shows that it was done, and verifies it.",
    State.VERIFIED: "The lead closes it.",
    State.CLOSED: "Nothing more is asked of anybody.",
}


def what_comes(escalation: Escalation) -> str:
    """The next step in a sentence, for whoever reads."""
    return WHAT_COMES[State(escalation.state)].format(recipient=escalation.recipient)


def actions_for(user: Any, escalation: Escalation) -> list[Action]:
    """What this person can do now, the next step first."""
    actions = _step(user, escalation)
    if escalation.state == State.CLOSED:
        return actions
    if escalation.state in WITH_THE_ADDRESSEE and user_can_see_to(user, escalation):
        actions.append(_aside("Give it to another senior manager", "hand_over", escalation))
    if user_can_add_note(user, escalation):
        actions.append(_aside("Add a note", "note", escalation))
    if user_can_see_to(user, escalation) and not escalation.is_referred_elsewhere:
        actions.append(_aside("Note that it was referred elsewhere", "refer", escalation))
    return actions


def _step(user: Any, escalation: Escalation) -> list[Action]:
    """The step of this state, if it is this person's."""
    step, is_theirs = {
        State.RAISED: (_page("Convey what must be done", "convey", escalation), user_can_see_to),
        State.CONVEYED: (
            _button("I have read it and act", "acknowledge", escalation),
            user_can_answer,
        ),
        State.ACKNOWLEDGED: (_page("Report what was done", "report", escalation), user_can_answer),
        State.ACTION_REPORTED: (
            _page("Verify what was done", "verify", escalation),
            user_can_verify,
        ),
        State.VERIFIED: (_page("Close it", "close", escalation), user_can_see_to),
    }.get(State(escalation.state), (None, None))
    return [step] if step and is_theirs and is_theirs(user, escalation) else []


def _page(label: str, name: str, escalation: Escalation) -> Action:
    return Action(label, reverse(f"escalations:{name}", args=[escalation.ref]))


def _aside(label: str, name: str, escalation: Escalation) -> Action:
    """Possible, and not what comes next."""
    url = reverse(f"escalations:{name}", args=[escalation.ref])
    return Action(label, url, is_aside=True)


def _button(label: str, name: str, escalation: Escalation) -> Action:
    url = reverse(f"escalations:{name}", args=[escalation.ref])
    return Action(label, url, is_button=True)
