"""One audit on its way to the shelf, and how far each state is along that way."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from learning.selection.models import SampledCase
from learning.submissions.models import AuditSubmission
from learning.submissions.states import SubmissionState
from portal.demo.audits.cast import Cast
from portal.demo.audits.cycles import DEPUTY, LEAD
from portal.demo.audits.quarters import Pace, moment
from portal.demo.audits.shelf import Shelf

State = SubmissionState
HOW_FAR = {
    State.NOT_STARTED: 0,
    State.READING: 1,
    State.QUESTIONS_AGREED: 2,
    State.CONVERSATION_HELD: 3,
    State.CONVERSATION_NOT_POSSIBLE: 3,
    State.FINALISING: 4,
    State.SUBMITTED: 5,
    State.RETURNED: 5,
    State.QUALITY_ASSURED: 6,
    State.SHARED_WITH_WORKER: 7,
    State.AWAITING_FAMILY: 8,
    State.COMPLETE: 9,
    State.LOCKED: 10,
}
"""How many steps lie behind an audit in each state."""


@dataclass
class Audit:
    """One audit on its way to the shelf."""

    shelf: Shelf
    cast: Cast
    case: SampledCase
    people: list[Any]
    story: dict[str, Any]
    state: SubmissionState
    number: int
    pace: Pace
    concern: Any = None
    """What could not wait in it, if anything could not."""

    @property
    def steps(self) -> int:
        return HOW_FAR[self.state]

    @property
    def day(self) -> datetime:
        """The morning of the audit day that it was read on."""
        return moment(self.pace.first + timedelta(days=self.number % 2), 9)

    def at(self, hour: int, minute: int = 0) -> datetime:
        return self.day + timedelta(hours=hour - 9, minutes=minute)

    @property
    def reviewer(self) -> Any:
        return self.cast[DEPUTY if self.number % 5 == 0 else LEAD]

    def has_reached(self, state: SubmissionState) -> bool:
        """Whether the audit is in this state or beyond it."""
        return self.steps >= HOW_FAR[state]

    def step(
        self, submission: AuditSubmission, when: datetime, by: Any, step: str, reason: str = ""
    ) -> None:
        """What somebody did with the submission then."""
        self.shelf.event(when, by, f"auditsubmission.{step}", submission, reason)
