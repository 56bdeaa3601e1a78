"""What happens to a report when its cycle goes on, and what a recommendation says of its board."""

from typing import Any

from learning.programme.models import AuditCycle
from learning.programme.news import cycle_changed
from learning.recommendations.origins import tell_origins_with
from learning.reports.considering import submit_report
from learning.reports.models import CycleReport
from learning.reports.selectors import decision_behind
from learning.spot_checks.services import fold


def submit_with_cycle(sender: Any, cycle: AuditCycle, step: str, **kwargs: Any) -> None:
    """The report goes before the boards with its cycle, and the spot checks that it counted into it."""
    if step == "send_to_boards":
        submit_report(report=CycleReport.objects.get(cycle=cycle), submitted_by=None)
        fold(cycle=cycle, folded_by=None)


def connect() -> None:
    """Called once when the app is ready."""
    cycle_changed.connect(submit_with_cycle, dispatch_uid="submit_report_with_cycle")
    tell_origins_with(decision_behind)
