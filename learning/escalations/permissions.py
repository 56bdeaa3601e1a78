"""Who may do what with an escalation (domain.md E7). Being a superuser opens nothing here."""

from typing import Any

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.escalations.models import Escalation
from learning.people.roles import Role


def user_can_see_to(user: Any, escalation: Escalation) -> bool:
    """A lead, unless it is about their own work: it is theirs until it is closed (domain.md A41)."""
    return holds(user, Right.SEE_TO_ESCALATIONS) and not escalation.is_about_work_of(user)


def user_is_addressee(user: Any, escalation: Escalation) -> bool:
    return escalation.recipient_id is not None and escalation.recipient_id == user.pk


def user_can_answer(user: Any, escalation: Escalation) -> bool:
    """The addressee, and nobody on their behalf."""
    return holds(user, Right.ANSWER_ESCALATION) and user_is_addressee(user, escalation)


def user_can_verify(user: Any, escalation: Escalation) -> bool:
    """A lead who was not the one to act, nor before it was handed over (domain.md E4, invariant 3)."""
    had_it = user_is_addressee(user, escalation)
    may = user_can_see_to(user, escalation) and not had_it
    return may and not escalation.handovers.filter(from_person=user).exists()


def user_sees_words(user: Any, escalation: Escalation) -> bool:
    """The QA office, the addressee, and the line manager whom the lead named. Whoever was only told that a
    clock ran out sees the clocks."""
    is_named = escalation.named_manager_id == user.pk and user.has_role(Role.LINE_MANAGER)
    return is_named or user_is_addressee(user, escalation) or user_sees_all(user, escalation)


def user_sees_all(user: Any, escalation: Escalation) -> bool:
    """The QA office: also whom the portal told, and that it was referred elsewhere."""
    is_office = holds(user, Right.ESCALATION_REGISTER)
    return is_office and not escalation.is_about_work_of(user)


def user_can_add_note(user: Any, escalation: Escalation) -> bool:
    """The lead and the addressee. Those who reported it add from where they did."""
    return user_can_see_to(user, escalation) or user_can_answer(user, escalation)


def possible_addressee(person: Any, escalation: Escalation) -> bool:
    """A senior manager who signs in and whose own work it is not."""
    is_senior = bool(person.may_sign_in) and holds(person, Right.ANSWER_ESCALATION)
    return is_senior and not escalation.is_about_work_of(person)
