"""What happens next with a recommendation, and what this very person can do about it."""

from typing import Any

from django.urls import reverse

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.work import Action
from learning.recommendations.models import Recommendation
from learning.recommendations.permissions import (
    user_can_change_draft,
    user_can_decide_extension,
    user_can_decide_non_acceptance,
    user_can_issue,
    user_can_pause,
    user_can_supersede,
    user_can_verify,
    user_owns,
)
from learning.recommendations.states import OPEN, RecommendationState

State = RecommendationState

WHAT_COMES = {
    State.DRAFT: "The lead reads the draft and issues it to its owner.",
    State.ISSUED: "{owner} says that they take it on.",
    State.ACKNOWLEDGED: "{owner} sees to it and confirms in writing when it is done.",
    State.IN_PROGRESS: "{owner} sees to it and confirms in writing when it is done.",
    State.RETURNED: "{owner} reads what is missing and confirms again.",
    State.COMPLETION_CONFIRMED: "Somebody of the QA office, not the owner, reads the statement and "
    "verifies it or sends it back.",
    State.VERIFIED: "The lead closes it. A later audit may test what it changed.",
    State.CLOSED: "Nothing more is asked of anybody. A later audit may test what it changed.",
    State.NOT_ACCEPTED: "Nothing more is asked of the owner. The board is told in its report.",
    State.SUPERSEDED: "Another recommendation has taken its place.",
}


DISPOSED_OF = (
    "What was written here and about it was disposed of when its time was over. Who saw to it, when, and what "
    "came of it stay."
)


def what_comes(recommendation: Recommendation) -> str:
    """The next step in a sentence, for whoever reads."""
    if recommendation.is_disposed:
        return DISPOSED_OF
    words = WHAT_COMES[State(recommendation.state)].format(owner=recommendation.owner)
    if recommendation.is_open and _waits(recommendation.extensions):
        who = "a board member" if recommendation.is_of_the_board else "the lead"
        words += f" More time is asked for: {who} decides."
    return words


def actions_for(user: Any, recommendation: Recommendation) -> list[Action]:
    """What this person can do now, the next step first."""
    makers = {
        State.DRAFT: _with_a_draft,
        State.COMPLETION_CONFIRMED: _with_a_statement,
        State.VERIFIED: _with_one_carried_out,
        State.CLOSED: _with_one_carried_out,
        **dict.fromkeys(OPEN, _with_an_open_one),
    }
    maker = makers.get(State(recommendation.state))
    return maker(user, recommendation) if maker else []


def _with_a_draft(user: Any, recommendation: Recommendation) -> list[Action]:
    actions = []
    if user_can_issue(user):
        actions.append(_page("Issue it to its owner", "issue", recommendation))
    if user_can_change_draft(user, recommendation):
        actions.append(_page("Change the words", "change", recommendation))
        actions.append(_page("Discard this draft", "discard", recommendation))
    return actions


def _with_an_open_one(user: Any, recommendation: Recommendation) -> list[Action]:
    return [
        *_decisions(user, recommendation),
        *_owners_steps(user, recommendation),
        *_office_steps(user, recommendation),
    ]


def _decisions(user: Any, recommendation: Recommendation) -> list[Action]:
    """What was asked for, for whoever decides on it."""
    actions = []
    if user_can_decide_extension(user, recommendation) and _waits(recommendation.extensions):
        actions.append(_page("Decide on more time", "decide_extension", recommendation))
    if _waits(recommendation.non_acceptances) and user_can_decide_non_acceptance(
        user, recommendation
    ):
        actions.append(_page("Decide whether it stands", "decide_non_acceptance", recommendation))
    return actions


def _owners_steps(user: Any, recommendation: Recommendation) -> list[Action]:
    if not user_owns(user, recommendation):
        return []
    if recommendation.state == State.ISSUED:
        actions = [_button("I take this on", "take_on", recommendation)]
    else:
        actions = [
            _page("Confirm in writing that it is done", "confirm", recommendation),
            _page("Write how it is going", "update", recommendation),
        ]
    if not _waits(recommendation.extensions):
        actions.append(_page("Ask for more time", "extend", recommendation))
    if not _waits(recommendation.non_acceptances):
        actions.append(
            _page("Say that it cannot be accepted", "propose_non_acceptance", recommendation)
        )
    return actions


def _office_steps(user: Any, recommendation: Recommendation) -> list[Action]:
    actions = []
    if user_can_pause(user, recommendation):
        actions.append(_aside("Pause the follow-ups", "pause", recommendation))
    if user_can_issue(user):
        actions.append(_aside("Give it to another owner", "hand_over", recommendation))
    if user_can_supersede(user, recommendation):
        actions.append(_aside("Let another take its place", "supersede", recommendation))
    return actions


def _waits(requests: Any) -> bool:
    return bool(requests.filter(decided_at__isnull=True).exists())


def _with_a_statement(user: Any, recommendation: Recommendation) -> list[Action]:
    if not user_can_verify(user, recommendation):
        return []
    return [_page("Verify the statement, or send it back", "verify", recommendation)]


def _with_one_carried_out(user: Any, recommendation: Recommendation) -> list[Action]:
    actions = []
    if recommendation.state == State.VERIFIED and user_can_issue(user):
        actions.append(_button("Close it", "close", recommendation))
    if holds(user, Right.ASSESS_IMPACT) and not recommendation.is_disposed:
        plan = reverse("impact:plan", args=[recommendation.ref])
        actions.append(Action("Plan a test of what it changed", plan))
    return actions


def _page(label: str, name: str, recommendation: Recommendation) -> Action:
    return Action(label, reverse(f"recommendations:{name}", args=[recommendation.ref]))


def _aside(label: str, name: str, recommendation: Recommendation) -> Action:
    url = reverse(f"recommendations:{name}", args=[recommendation.ref])
    return Action(label, url, is_aside=True)


def _button(label: str, name: str, recommendation: Recommendation) -> Action:
    url = reverse(f"recommendations:{name}", args=[recommendation.ref])
    return Action(label, url, is_button=True)
