"""Who may do what with the plenary of a cycle (domain.md A39–A40, E1)."""

from typing import Any

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.plenaries.readers import discussed_by
from learning.programme.models import AuditCycle
from learning.programme.states import BEFORE_THE_DAYS, CycleState

NOT_HELD = (*BEFORE_THE_DAYS, CycleState.POSTPONED, CycleState.CANCELLED)
"""States of a cycle that has had no plenary."""


def user_takes_part(user: Any, cycle: AuditCycle) -> bool:
    """Leads, QA officers and everybody who audits in this cycle: whoever is in the room."""
    return discussed_by(user).filter(pk=cycle.pk).exists()


def user_can_state_none(user: Any) -> bool:
    return holds(user, Right.SETTLE_PLENARY)


def user_can_add(user: Any, cycle: AuditCycle) -> bool:
    """A lead, from the end of the days until the cycle is closed."""
    is_between = cycle.state not in (*NOT_HELD, CycleState.IN_PROGRESS, CycleState.CLOSED)
    return is_between and holds(user, Right.SETTLE_PLENARY)
