"""What a cycle is told before its report goes to the boards (domain.md E6)."""

from learning.programme import gates
from learning.programme.models import AuditCycle
from learning.spot_checks.models import SpotCheck
from learning.spot_checks.states import UNFINISHED


def left_behind(cycle: AuditCycle) -> list[str]:
    """Caution of `send_to_boards`: spot checks that have to wait for the next report."""
    found = SpotCheck.objects.filter(round__cycle__ref__lte=cycle.ref, state__in=UNFINISHED)
    refs = ", ".join(found.order_by("ref").values_list("ref", flat=True))
    return [f"Spot checks left for the next report, not signed off yet: {refs}."] if refs else []


def connect() -> None:
    """Called once when the app is ready."""
    gates.caution("send_to_boards", left_behind)
