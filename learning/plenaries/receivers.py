"""What this room does when another announces something."""

from typing import Any

from learning.plenaries.gates import plenaries_missing
from learning.plenaries.services import settle_notes
from learning.programme import gates
from learning.programme.news import cycle_changed


def _cycle_changed(sender: Any, cycle: Any, step: str, **kwargs: Any) -> None:
    if step == "finish_days":
        settle_notes(cycle=cycle)


def connect() -> None:
    """Called once when the app is ready."""
    cycle_changed.connect(_cycle_changed, dispatch_uid="plenaries_cycle_changed")
    gates.hold("finish_days", plenaries_missing)
