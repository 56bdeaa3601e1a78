"""What the escalations say before a cycle goes on (domain.md A41, E1)."""

from learning.escalations.models import Escalation
from learning.escalations.states import EscalationState
from learning.programme.models import AuditCycle


def unconveyed(cycle: AuditCycle) -> list[str]:
    """Caution of `finish_days`: nobody who can act has heard of it yet."""
    raised = Escalation.objects.filter(cycle=cycle, state=EscalationState.RAISED)
    refs = raised.order_by("ref").values_list("ref", flat=True)
    return [f"{ref} has not been conveyed to anybody who can act." for ref in refs]


def unverified(cycle: AuditCycle) -> list[str]:
    """Gate of `close`: nobody has seen yet what shows that it was done."""
    open_ones = Escalation.objects.unsettled().filter(cycle=cycle)
    refs = open_ones.order_by("ref").values_list("ref", flat=True)
    return [f"{ref} has not been verified." for ref in refs]
