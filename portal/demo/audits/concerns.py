"""What could not wait: who reported it when, who had to act, and what came of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from learning.escalations.models import (
    Escalation,
    EscalationAlert,
    EscalationHandover,
    EscalationNote,
)
from learning.escalations.states import AlertKind, EscalationState
from learning.submissions.models import AuditSubmission
from learning.submissions.states import SubmissionState
from portal.demo.audits.audit import Audit
from portal.demo.audits.cast import Cast
from portal.demo.audits.cycles import DEPUTY, LEAD
from portal.demo.audits.quarters import UNDER_WAY
from portal.demo.audits.shelf import Shelf
from portal.demo.audits.stories import read

State = EscalationState
ADDRESSEE, WHO_WAS_AWAY = "devika.raghunathan", "bernadette.sallis"
AREAS = {"child_in_need", "child_protection"}

STEPS = [
    (State.CONVEYED, "convey", timedelta(minutes=40)),
    (State.ACKNOWLEDGED, "acknowledge", timedelta(minutes=70)),
    (State.ACTION_REPORTED, "report_action", timedelta(hours=5)),
    (State.VERIFIED, "verify", timedelta(hours=23)),
    (State.CLOSED, "close", timedelta(hours=23, minutes=10)),
]
"""Each step and how long after the report of the pair it was taken."""

HANDED_OVER = timedelta(minutes=55)
"""After the report, where whom it was conveyed to first could not act."""

ADDRESSEES_STEPS = ("acknowledge", "report_action")


@dataclass(frozen=True)
class Concern:
    """One concern: which words tell it, how far it has come, and how long there was for it."""

    key: str
    state: EscalationState
    time: timedelta
    is_handed_over: bool = False

    @property
    def told(self) -> dict[str, str]:
        return _concerns()[self.key]


PUT_RIGHT = Concern("put_right", State.CLOSED, timedelta(hours=6))
OF_CLOSED = {"2026-Q2": PUT_RIGHT}
"""The closed cycle that had one: in the first of its audits of children in need or at risk."""

OF_A_SPOT_CHECK = Concern("of_a_spot_check", State.VERIFIED, timedelta(hours=6))
"""What a spot check between the cycles reported: verified, and not closed yet."""

OF_STATES = {
    SubmissionState.FINALISING: Concern("acted_on", State.ACTION_REPORTED, timedelta(hours=6)),
    SubmissionState.CONVERSATION_HELD: Concern(
        "taken_on", State.ACKNOWLEDGED, timedelta(days=5, hours=6), is_handed_over=True
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
        self.to_hand_over: list[tuple[Cast, Concern, Escalation]] = []
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
        audit.step(submission, raised, audit.people[0], "immediate_concern")
        row = put_escalation(
            audit.shelf,
            audit.cast,
            audit.concern,
            ref=f"{self.cycle_ref}-E-{self.count:02}",
            cycle=audit.case.cycle,
            submission=submission,
            raised_by=audit.people[0],
            raised_at=raised,
        )
        if audit.concern.is_handed_over:
            self.to_hand_over.append((audit.cast, audit.concern, row))

    def hand_over(self) -> None:
        """Once all is put down: whom these were conveyed to first was away, so they went to the addressee."""
        for cast, concern, row in self.to_hand_over:
            when = row.raised_at + HANDED_OVER
            EscalationHandover.objects.create(
                escalation=row,
                number=1,
                from_person=cast[WHO_WAS_AWAY],
                to_person=cast[ADDRESSEE],
                why=concern.told["handed_over"],
                handed_over_by=cast[LEAD],
                handed_over_at=when,
            )
            rows = Escalation.objects.filter(pk=row.pk)
            rows.update(recipient=cast[ADDRESSEE], times_handed_over=1, handed_over_at=when)
            acknowledged_at = row.raised_at + STEPS[_reached(concern) - 1][-1]
            rows.update(state=concern.state, acknowledged_at=acknowledged_at)


def put_escalation(
    shelf: Shelf, cast: Cast, concern: Concern, *, raised_at: datetime, **about: Any
) -> Escalation:
    """One escalation with what was said, what was done and who was told; one that is handed over later is with
    whom it was conveyed to first."""
    first = cast[WHO_WAS_AWAY if concern.is_handed_over else ADDRESSEE]
    row = shelf.add(_row(cast, concern, recipient=first, raised_at=raised_at, **about))
    _say(shelf, row, concern.told["saw"])
    _tell(shelf, row, AlertKind.RAISED, cast[LEAD], raised_at)
    _tell(shelf, row, AlertKind.RAISED_DEPUTY, cast[DEPUTY], raised_at)
    for state, step, after in STEPS[: _reached(concern)]:
        actor = cast[ADDRESSEE if step in ADDRESSEES_STEPS else LEAD]
        shelf.event(raised_at + after, actor, f"escalation.{step}", row)
        if state == State.CONVEYED:
            _tell(shelf, row, AlertKind.CONVEYED, first, raised_at + after)
        elif state == State.ACTION_REPORTED:
            _tell(shelf, row, AlertKind.REPORTED, cast[LEAD], raised_at + after)
    if concern.is_handed_over:
        when = raised_at + HANDED_OVER
        shelf.event(when, cast[LEAD], "escalation.hand_over", row)
        _tell(shelf, row, AlertKind.CONVEYED, cast[ADDRESSEE], when, turn=1)
    return row


def _reached(concern: Concern) -> int:
    """How many steps have been taken."""
    return [state for state, _, _ in STEPS].index(concern.state) + 1


def _row(cast: Cast, concern: Concern, *, raised_at: datetime, **about: Any) -> Escalation:
    reached = STEPS[: 1 if concern.is_handed_over else _reached(concern)]
    taken = {f"{state.value}_at": raised_at + after for state, _, after in reached}
    is_verified = "verified_at" in taken
    return Escalation(
        state=State.CONVEYED if concern.is_handed_over else concern.state,
        raised_at=raised_at,
        action=concern.told["action"],
        deadline=raised_at + concern.time + timedelta(minutes=20),
        conveyed_by=cast[LEAD],
        action_report=concern.told.get("report", ""),
        evidence=concern.told.get("evidence", ""),
        verified_by=cast[LEAD] if is_verified else None,
        **taken,
        **about,
    )


def _say(shelf: Shelf, row: Escalation, words: str) -> None:
    """What those who reported it saw."""
    when, by = row.raised_at, row.raised_by
    shelf.event(when, by, "escalation.raise", row)
    shelf.event(when, by, "escalation.note", row)
    shelf.add(EscalationNote(escalation=row, words=words, written_by=by, written_at=when))


def _tell(
    shelf: Shelf, row: Escalation, kind: AlertKind, person: Any, when: datetime, turn: int = 0
) -> None:
    """The portal told this person then."""
    shelf.add(
        EscalationAlert(
            escalation=row,
            kind=kind,
            turn=turn,
            due_at=when,
            recipient=person,
            recorded_at=when,
            sent_at=when,
        )
    )
