"""What happens to a report when its cycle goes on."""

from typing import Any

from learning.programme.models import AuditCycle
from learning.programme.news import cycle_changed
from learning.reports.models import CycleReport
from learning.reports.services import submit_report
from learning.spot_checks.services import fold


def submit_with_cycle(sender: Any, cycle: AuditCycle, step: str, **kwargs: Any) -> None:
    """The report goes before the boards with its cycle, and the spot checks that it counted into it."""
    if step == "send_to_boards":
        submit_report(report=CycleReport.objects.get(cycle=cycle), submitted_by=None)
        fold(cycle=cycle, folded_by=None)


def connect() -> None:
    """Called once when the app is ready."""
    cycle_changed.connect(submit_with_cycle, dispatch_uid="submit_report_with_cycle")
