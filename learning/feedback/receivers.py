"""What this room does when another announces something."""

from typing import Any

from learning.feedback.asking import begin_asking
from learning.feedback.gates import unsettled_in_audit, unsettled_in_cycle
from learning.feedback.merging import views_in
from learning.programme import gates
from learning.programme.news import cycle_changed
from learning.submissions.family import register_family


def _cycle_changed(sender: Any, cycle: Any, step: str, **kwargs: Any) -> None:
    if step == "finish_days":
        begin_asking(cycle=cycle, begun_by=None)


def connect() -> None:
    """Called once when the app is ready."""
    cycle_changed.connect(_cycle_changed, dispatch_uid="feedback_cycle_changed")
    gates.hold("finish_family_feedback", unsettled_in_cycle)
    register_family(views=views_in, gate=unsettled_in_audit)
