"""Who is told that something waits for a decision: everybody who may take it, else the cycle’s leads (E5)."""

from collections.abc import Callable
from typing import Any

from learning.people.directory import who_sign_in
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.recommendations.mails import tell
from learning.recommendations.models import Recommendation
from learning.recommendations.permissions import (
    user_can_decide_extension,
    user_can_decide_non_acceptance,
)

MayDecide = Callable[[Any, Recommendation], bool]


def tell_of_extension(recommendation: Recommendation) -> None:
    """Members of boards where it goes beyond one service; else the leads of the cycle."""
    people = recommendation.cycle.leads
    if recommendation.is_of_the_board:
        people = who_sign_in(Role.BOARD_MEMBER)
    _tell(
        recommendation,
        _who_may(people, recommendation, user_can_decide_extension),
        subject="more time is asked for",
        words="The owner of this recommendation asks for more time. Please read why, and decide.",
    )


def tell_of_non_acceptance(recommendation: Recommendation) -> None:
    """The senior managers who may decide whether it stands."""
    people = who_sign_in(Role.SENIOR_MANAGER)
    _tell(
        recommendation,
        _who_may(people, recommendation, user_can_decide_non_acceptance),
        subject="its owner says that it cannot be accepted",
        words="The owner of this recommendation gives reasons why it cannot be accepted. A senior manager "
        "reads them and decides whether it stands.",
    )


def _who_may(
    people: list[StaffMember], recommendation: Recommendation, may: MayDecide
) -> list[StaffMember]:
    return [person for person in people if person.may_sign_in and may(person, recommendation)]


def _tell(
    recommendation: Recommendation, deciders: list[StaffMember], *, subject: str, words: str
) -> None:
    """Where nobody can decide, the leads hear of it, so that it does not wait unseen."""
    for person in deciders or recommendation.cycle.leads:
        tell(person=person, recommendation=recommendation, subject=subject, words=words)
