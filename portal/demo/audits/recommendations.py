"""What was recommended, what was written about it, and who verified it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from learning.events.working_days import add_working_days
from learning.programme.models import AuditCycle
from learning.recommendations.completion_models import (
    CompletionConfirmation,
    RecommendationUpdate,
    Verification,
)
from learning.recommendations.decision_models import ExtensionRequest, NonAcceptance
from learning.recommendations.models import Recommendation
from learning.recommendations.states import RecommendationState
from learning.submissions.models import AuditSubmission
from portal.demo.audits.cast import Cast
from portal.demo.audits.cycles import LEAD
from portal.demo.audits.quarters import Pace, moment
from portal.demo.audits.shelf import Shelf

State = RecommendationState
ACKNOWLEDGED = {
    State.ACKNOWLEDGED,
    State.IN_PROGRESS,
    State.COMPLETION_CONFIRMED,
    State.RETURNED,
    State.VERIFIED,
    State.CLOSED,
}
STATED = {State.COMPLETION_CONFIRMED, State.RETURNED, State.VERIFIED, State.CLOSED}
DONE = {State.VERIFIED, State.CLOSED}
DAYS_FOR_A_CASE, DAYS_BEYOND = 42, 120
OFFICER = "rhodri.vaughan-ellis"

UPDATE = "It has been begun, and the people who are needed know of it."
NOT_YET = "What was done is clear; please add how anybody would see that it holds."
ACCEPTED = "I have seen what is named here, and asked one of those concerned. It was done."
WHY_NOT = "The service that this would change ends in the spring, and another team takes it on."
WHY_NOT_AGREED = "Agreed: it goes to the team that takes the work on, in other words."
WHY_LONGER = (
    "The words were ready in time; the case system could take them only with its next release."
)
LONGER_AGREED = "Granted once. Please write when the release is in."


@dataclass(frozen=True)
class Told:
    """One recommendation as its file tells it."""

    action: str
    why: str
    how_known: str
    action_type: str
    level: str
    confirmation: str
    evidence: str


@dataclass
class Way:
    """How far one recommendation went, and by when."""

    state: RecommendationState = State.CLOSED
    owner: Any = None
    due: date | None = None
    done: date | None = None
    is_extended: bool = False
    asks_for_time: bool = False


def told(row: dict[str, Any]) -> Told:
    return Told(**{name: row[name] for name in Told.__dataclass_fields__})


class Ledger:
    """The recommendations of one cycle, numbered as they come."""

    def __init__(self, shelf: Shelf, cast: Cast, cycle: AuditCycle, pace: Pace) -> None:
        self.shelf, self.cast, self.cycle, self.pace = shelf, cast, cycle, pace
        self.count = 0

    def put(
        self,
        text: Told,
        way: Way,
        *,
        submission: AuditSubmission | None = None,
        drafted_by: Any,
        themes: list[str],
    ) -> Recommendation:
        """The recommendation with everything that was written about it."""
        self.count += 1
        row = self._row(text, way, submission, drafted_by)
        self.shelf.add(row)
        self.shelf.link(row, "themes", [self.cast.themes[code] for code in themes])
        self._event(row, "draft", self.pace.at("begin_days", 15), drafted_by)
        if way.state != State.DRAFT:
            self._event(row, "issue", self.pace.at("issue", 11), self.cast[LEAD])
        if way.state in ACKNOWLEDGED:
            self._take_on(row)
        if way.state in STATED:
            self._state(row, text, way)
        self._decide(row, way)
        return row

    def _row(
        self, text: Told, way: Way, submission: AuditSubmission | None, drafted_by: Any
    ) -> Recommendation:
        due = way.due or self._due(text.level)
        original = add_working_days(due, -20) if way.is_extended else due
        is_draft, is_done = way.state == State.DRAFT, way.state in DONE
        verified = self._verified_at(way.done or self._done_on(original)) if is_done else None
        return Recommendation(
            ref=f"{self.cycle.ref}-R-{self.count:02}",
            cycle=self.cycle,
            submission=submission,
            level=text.level,
            action_type=text.action_type,
            action=text.action,
            why=text.why,
            how_known=text.how_known,
            owner=way.owner,
            team=way.owner.team,
            original_due_date=None if is_draft else original,
            due_date=due,
            state=way.state,
            drafted_by=drafted_by,
            drafted_at=self.pace.at("begin_days", 15),
            issued_at=None if is_draft else self.pace.at("issue", 11),
            verified_at=verified,
            verified_by=self.cast[OFFICER] if is_done else None,
        )

    def _due(self, level: str) -> date:
        days = DAYS_FOR_A_CASE if level == "case" else DAYS_BEYOND
        return add_working_days(self.pace.day("issue") + timedelta(days=days), 1)

    def _done_on(self, due: date) -> date:
        """A few days before it was first due, and never before it was issued."""
        return max(add_working_days(due, -4), self.pace.day("issue"))

    def _verified_at(self, done: date) -> datetime:
        """Three days later; in the cycle under way on the same afternoon."""
        is_hasty = done <= self.pace.day("issue")
        return moment(done, 17) if is_hasty else moment(add_working_days(done, 3), 11)

    def _take_on(self, row: Recommendation) -> None:
        begun = self.pace.at("issue", 15)
        self._event(row, "acknowledge", begun, row.owner)
        if row.state == State.ACKNOWLEDGED:
            return
        self._event(row, "start_work", begun + timedelta(minutes=20), row.owner)
        self.shelf.add(
            RecommendationUpdate(
                recommendation=row,
                words=UPDATE,
                written_by=row.owner,
                written_at=begun + timedelta(minutes=25),
            )
        )

    def _state(self, row: Recommendation, text: Told, way: Way) -> None:
        done = way.done or self._done_on(row.original_due_date or row.due_date)
        confirmation = CompletionConfirmation(
            recommendation=row,
            statement=text.confirmation,
            completed_on=done,
            evidence=text.evidence,
            confirmed_by=row.owner,
            confirmed_name=row.owner.get_full_name(),
            confirmed_at=moment(done, 16),
        )
        self.shelf.add(confirmation)
        self._event(row, "confirm_completion", moment(done, 16), row.owner)
        if way.state != State.COMPLETION_CONFIRMED:
            self._verify(row, confirmation, way.state)

    def _verify(
        self, row: Recommendation, confirmation: CompletionConfirmation, state: RecommendationState
    ) -> None:
        officer, accepted = self.cast[OFFICER], state in DONE
        when = row.verified_at or confirmation.confirmed_at + timedelta(hours=1)
        self.shelf.add(
            Verification(
                confirmation=confirmation,
                is_accepted=accepted,
                words=ACCEPTED if accepted else NOT_YET,
                verified_by=officer,
                verified_at=when,
            )
        )
        self._event(row, "verify" if accepted else "send_back", when, officer)
        if state == State.CLOSED:
            self._event(row, "close", when + timedelta(minutes=5), officer)

    def _decide(self, row: Recommendation, way: Way) -> None:
        """More time that was asked for, and a refusal that a senior manager approved."""
        if way.is_extended or way.asks_for_time:
            self._extend(row, way)
        if way.state == State.NOT_ACCEPTED:
            self._refuse(row)
        if way.state == State.SUPERSEDED:
            self._event(row, "supersede", self.pace.at("issue", 16), self.cast[LEAD])

    def _extend(self, row: Recommendation, way: Way) -> None:
        asked = self.pace.at("issue", 16)
        if way.is_extended and row.original_due_date:
            asked = moment(add_working_days(row.original_due_date, -3), 10)
        decided = asked + timedelta(hours=1) if way.is_extended else None
        self.shelf.add(
            ExtensionRequest(
                recommendation=row,
                new_due_date=row.due_date
                if way.is_extended
                else add_working_days(row.due_date, 20),
                reason=WHY_LONGER,
                requested_by=row.owner,
                requested_at=asked,
                decided_by=self.cast[LEAD] if decided else None,
                decided_at=decided,
                is_granted=True if decided else None,
                decision_words=LONGER_AGREED if decided else "",
            )
        )
        self._event(row, "ask_for_time", asked, row.owner)

    def _refuse(self, row: Recommendation) -> None:
        asked: datetime = self.pace.at("issue", 16)
        decider = self.cast["bernadette.sallis"]
        self.shelf.add(
            NonAcceptance(
                recommendation=row,
                reason=WHY_NOT,
                proposed_by=row.owner,
                proposed_at=asked,
                decided_by=decider,
                decided_at=asked + timedelta(hours=2),
                is_approved=True,
                decision_words=WHY_NOT_AGREED,
            )
        )
        self._event(row, "propose_refusal", asked, row.owner)
        self._event(row, "refuse", asked + timedelta(hours=2), decider)

    def _event(self, row: Recommendation, step: str, when: datetime, by: Any) -> None:
        self.shelf.event(when, by, f"recommendation.{step}", row)
