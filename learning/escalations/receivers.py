"""What this room does when another announces something, and what it says to those below it."""

from typing import Any

from learning.escalations.gates import unconveyed, unverified
from learning.escalations.selectors import standing_for, unsettled_of
from learning.escalations.services import raise_escalation
from learning.programme import gates
from learning.submissions.concerns import tell_standing
from learning.submissions.urgent import concern_reported


def _reported(sender: Any, about: Any, reported_by: Any, words: str = "", **kwargs: Any) -> None:
    raise_escalation(about=about, raised_by=reported_by, words=words)


def connect() -> None:
    """Called once when the app is ready."""
    concern_reported.connect(_reported, dispatch_uid="escalations_reported")
    tell_standing(standing_for, unsettled=unsettled_of)
    gates.caution("finish_days", unconveyed)
    gates.hold("close", unverified)
