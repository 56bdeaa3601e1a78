"""When a cycle lets its sample be drawn, told of and given to pairs, and when no more."""

from collections.abc import Collection

from learning.events.refusals import Refusal
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState

TO_DRAW = (CycleState.SELECTION,)

TO_PREPARE = (
    CycleState.SELECTION,
    CycleState.NOTIFIED,
    CycleState.READY,
    CycleState.IN_PROGRESS,
)
"""On the days as well: a reserve may step in for a case on the first morning."""

TO_AUDIT = (*TO_PREPARE, CycleState.QUALITY_ASSURANCE)
"""Also after the days: a submission may come back to its pair, and somebody in it may be away then."""


class NotInThisCycle(Refusal):
    """The cycle stands where this is not done; the message says where that is, to the person."""


def cycle_in(cycle: AuditCycle, states: Collection[CycleState]) -> AuditCycle:
    """The cycle, read anew and locked. `NotInThisCycle` when it is in none of these states."""
    fresh = AuditCycle.objects.select_for_update().get(pk=cycle.pk)
    if fresh.state not in states:
        raise NotInThisCycle(f"{fresh} is “{fresh.get_state_display().lower()}”: not now.")
    return fresh
