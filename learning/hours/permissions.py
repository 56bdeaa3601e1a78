"""Who logs hours, and who sees those of all (domain.md A67)."""

from typing import Any

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState

NOT_LOGGED = (CycleState.CLOSED, CycleState.CANCELLED)


def user_works_for(user: Any, cycle: AuditCycle) -> bool:
    """Whether this person's time may go into the cycle: its team, and the office that arranges it."""
    return holds(user, Right.LOG_HOURS) or cycle.team.filter(person=user).exists()


def takes_hours(cycle: AuditCycle) -> bool:
    """From the first plan until the cycle is closed."""
    return cycle.state not in NOT_LOGGED


def user_can_see_all(user: Any) -> bool:
    return holds(user, Right.SEE_HOURS)
