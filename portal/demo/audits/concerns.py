"""What could not wait: who reported it when, who had to act, and what came of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from learning.escalations.models import Escalation, EscalationAlert, EscalationNote
from learning.escalations.states import AlertKind, EscalationState
from learning.submissions.models import AuditSubmission
from learning.submissions.states import SubmissionState
from portal.demo.audits.audit import Audit
from portal.demo.audits.cycles import DEPUTY, LEAD
from portal.demo.audits.quarters import UNDER_WAY
from portal.demo.audits.stories import read

State = EscalationState
ADDRESSEE = "devika.raghunathan"
AREAS = {"child_in_need", "child_protection"}

STEPS = [
    (State.CONVEYED, "convey", timedelta(minutes=40)),
    (State.ACKNOWLEDGED, "acknowledge", timedelta(minutes=70)),
    (State.ACTION_REPORTED, "report_action", timedelta(hours=5)),
    (State.VERIFIED, "verify", timedelta(hours=23)),
    (State.CLOSED, "close", timedelta(hours=23, minutes=10)),
]
"""Each step and how long after the report of the pair it was taken."""

ADDRESSEES_STEPS = ("acknowledge", "report_action")


@dataclass(frozen=True)
class Concern:
    """One concern: which words tell it, how far it has come, and how long there was for it."""

    key: str
    state: EscalationState
    time: timedelta

    @property
    def told(self) -> dict[str, str]:
        return _concerns()[self.key]


PUT_RIGHT = Concern("put_right", State.CLOSED, timedelta(hours=6))
OF_CLOSED = {"2026-Q2": PUT_RIGHT}
"""The closed cycle that had one: in the first of its audits of children in need or at risk."""

OF_STATES = {
    SubmissionState.FINALISING: Concern("acted_on", State.ACTION_REPORTED, timedelta(hours=6)),
    SubmissionState.CONVERSATION_HELD: Concern(
        "taken_on", State.ACKNOWLEDGED, timedelta(days=5, hours=6)
    ),
}
"""The concerns of the cycle under way, each in the audit of that state."""


@cache
def _concerns() -> dict[str, dict[str, str]]:
    return read("concerns.toml")


class Concerns:
    """Hands out the concerns of one cycle, each once."""

    def __init__(self, cycle_ref: str) -> None:
        self.cycle_ref, self.count = cycle_ref, 0
        self.left = dict(OF_STATES) if cycle_ref == UNDER_WAY else {}
        self.of_first = OF_CLOSED.get(cycle_ref)

    def give(self, audit: Audit) -> Audit:
        """The audit, with a concern if it is the one that has it."""
        if self.of_first and audit.case.area.code in AREAS:
            audit.concern, self.of_first = self.of_first, None
        elif audit.state in self.left:
            audit.concern = self.left.pop(audit.state)
        return audit

    def put(self, audit: Audit, submission: AuditSubmission) -> None:
        """The escalation of the audit's concern, with everything that was said and done, on the shelf."""
        if audit.concern is None:
            return
        self.count += 1
        raised = audit.at(10, 40)
        row = _row(audit, submission, f"{self.cycle_ref}-E-{self.count:02}", raised)
        audit.shelf.add(row)
        audit.step(submission, raised, audit.people[0], "immediate_concern")
        _say(audit, row, raised)
        _tell(audit, row, AlertKind.RAISED, audit.cast[LEAD], raised)
        _tell(audit, row, AlertKind.RAISED_DEPUTY, audit.cast[DEPUTY], raised)
        for state, step, after in STEPS[: _reached(audit.concern)]:
            actor = audit.cast[ADDRESSEE if step in ADDRESSEES_STEPS else LEAD]
            audit.shelf.event(raised + after, actor, f"escalation.{step}", row)
            if state == State.CONVEYED:
                _tell(audit, row, AlertKind.CONVEYED, audit.cast[ADDRESSEE], raised + after)
            elif state == State.ACTION_REPORTED:
                _tell(audit, row, AlertKind.REPORTED, audit.cast[LEAD], raised + after)


def _reached(concern: Concern) -> int:
    """How many steps have been taken."""
    return [state for state, _, _ in STEPS].index(concern.state) + 1


def _row(audit: Audit, submission: AuditSubmission, ref: str, raised: datetime) -> Escalation:
    concern: Any = audit.concern
    taken = {f"{state.value}_at": raised + after for state, _, after in STEPS[: _reached(concern)]}
    is_verified = "verified_at" in taken
    return Escalation(
        ref=ref,
        cycle=audit.case.cycle,
        submission=submission,
        state=concern.state,
        raised_by=audit.people[0],
        raised_at=raised,
        recipient=audit.cast[ADDRESSEE],
        action=concern.told["action"],
        deadline=raised + concern.time + timedelta(minutes=20),
        conveyed_by=audit.cast[LEAD],
        action_report=concern.told.get("report", ""),
        evidence=concern.told.get("evidence", ""),
        verified_by=audit.cast[LEAD] if is_verified else None,
        **taken,
    )


def _say(audit: Audit, row: Escalation, when: datetime) -> None:
    """What the pair saw."""
    words = audit.concern.told["saw"] if audit.concern else ""
    audit.shelf.event(when, audit.people[0], "escalation.raise", row)
    audit.shelf.event(when, audit.people[0], "escalation.note", row)
    audit.shelf.add(
        EscalationNote(escalation=row, words=words, written_by=audit.people[0], written_at=when)
    )


def _tell(audit: Audit, row: Escalation, kind: AlertKind, person: Any, when: datetime) -> None:
    """The portal told this person then."""
    audit.shelf.add(
        EscalationAlert(
            escalation=row,
            kind=kind,
            due_at=when,
            recipient=person,
            recorded_at=when,
            sent_at=when,
        )
    )
