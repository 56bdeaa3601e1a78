"""What happens next with a letter, and what this very person can do about it."""

from typing import Any

from django.urls import reverse

from learning.access.work import Action
from learning.letters.models import GoodPracticeLetter
from learning.letters.permissions import (
    user_can_answer,
    user_can_approve,
    user_can_see_to,
    user_can_write,
)
from learning.letters.states import LetterState

State = LetterState

WHAT_COMES = {
    State.NOMINATED: "A lead or a senior manager writes it.",
    State.DRAFTED: "A lead who wrote nothing of it reads and approves it.",
    State.APPROVED: "A lead sends it to the worker.",
    State.SENT: "It is the worker’s. Whether others may learn from it, the worker says, or leaves open.",
    State.DECLINED: "It stays private. Nothing more is asked of anybody.",
    State.CONSENTED: "A lead begins a page, which a person writes without names.",
    State.ANONYMISED: "The page is written without names, checked by somebody else, and approved.",
    State.WITHDRAWN: "It is private again, and its page is gone.",
    State.SET_ASIDE: "No letter came of this nomination.",
}


def what_comes(letter: GoodPracticeLetter) -> str:
    """The next step in a sentence, for whoever reads."""
    return WHAT_COMES[State(letter.state)]


def actions_for(user: Any, letter: GoodPracticeLetter) -> list[Action]:
    """What this person can do now, the next step first."""
    makers = {
        State.NOMINATED: _with_a_nomination,
        State.DRAFTED: _with_a_draft,
        State.APPROVED: _with_an_approved_one,
        State.SENT: _with_ones_own,
        State.DECLINED: _with_ones_own,
        State.CONSENTED: _with_consent,
        State.ANONYMISED: _with_consent,
    }
    maker = makers.get(State(letter.state))
    return maker(user, letter) if maker else []


def _with_a_nomination(user: Any, letter: GoodPracticeLetter) -> list[Action]:
    actions = []
    if user_can_see_to(user, letter):
        actions.append(_page("Choose who writes it", "choose_writer", letter))
    if user_can_write(user, letter):
        actions.append(_page("Write the letter", "write", letter))
    return actions + _setting_aside(user, letter)


def _with_a_draft(user: Any, letter: GoodPracticeLetter) -> list[Action]:
    actions = []
    if user_can_approve(user, letter):
        actions.append(_button("Approve it", "approve", letter))
    if user_can_write(user, letter):
        actions.append(_page("Change the words", "write", letter))
    return actions + _setting_aside(user, letter)


def _setting_aside(user: Any, letter: GoodPracticeLetter) -> list[Action]:
    if not user_can_see_to(user, letter):
        return []
    return [_page("Set it aside", "set_aside", letter)]


def _with_an_approved_one(user: Any, letter: GoodPracticeLetter) -> list[Action]:
    if not user_can_see_to(user, letter):
        return []
    return [
        _button("Send it to the worker", "send", letter),
        _page("Send it back to its writer", "send_back", letter),
        *_setting_aside(user, letter),
    ]


def _with_ones_own(user: Any, letter: GoodPracticeLetter) -> list[Action]:
    if not user_can_answer(user, letter):
        return []
    return [_page("Say whether others may learn from it", "answer", letter)]


def _with_consent(user: Any, letter: GoodPracticeLetter) -> list[Action]:
    actions = []
    if letter.state == State.CONSENTED and user_can_see_to(user, letter):
        actions.append(_button("Begin the page", "begin_page", letter))
    if user_can_answer(user, letter):
        actions.append(_page("Take my consent back", "withdraw", letter))
    return actions


def _page(label: str, name: str, letter: GoodPracticeLetter) -> Action:
    return Action(label, reverse(f"letters:{name}", args=[letter.ref]))


def _button(label: str, name: str, letter: GoodPracticeLetter) -> Action:
    return Action(label, reverse(f"letters:{name}", args=[letter.ref]), is_button=True)
