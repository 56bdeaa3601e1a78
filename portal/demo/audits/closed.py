"""A closed cycle: everything from the draw to what was recommended, put down at a stroke."""

from typing import Any

from learning.programme.models import AuditCycle
from learning.recommendations.models import Recommendation
from learning.recommendations.states import RecommendationState
from learning.selection.models import SampledCase
from learning.selection.states import CaseState
from learning.submissions.models import AuditSubmission
from learning.submissions.states import SubmissionState
from portal.demo.audits.afterwards import confirm_texts, lock
from portal.demo.audits.audit import Audit
from portal.demo.audits.cases import prepare_case
from portal.demo.audits.cast import Cast
from portal.demo.audits.concerns import Concerns
from portal.demo.audits.cycles import tell_steps
from portal.demo.audits.families import ask_family, settle
from portal.demo.audits.frame import draw_cases
from portal.demo.audits.impact import ask_again, recommend_beyond
from portal.demo.audits.own_learning import give_hours, reflect
from portal.demo.audits.plenaries import discuss, settle_discussion
from portal.demo.audits.process import ask_about_audit
from portal.demo.audits.quarters import pace_of
from portal.demo.audits.recommendations import Ledger, Way, told
from portal.demo.audits.shelf import Shelf
from portal.demo.audits.stories import Teller
from portal.demo.audits.submissions import write_audit
from portal.demo.audits.teams import Team

State = RecommendationState
MANAGED = {"supervision", "training_workshop", "policy_procedure", "system_pathway"}
"""Kinds of action that a manager sees to; the worker sees to the others."""

NOT_CLOSED = {
    "2025-Q1": {5: State.NOT_ACCEPTED, 8: State.SUPERSEDED, 13: State.VERIFIED},
    "2025-Q3": {6: State.SUPERSEDED, 16: State.VERIFIED},
    "2025-Q4": {10: State.NOT_ACCEPTED},
    "2026-Q1": {3: State.VERIFIED, 15: State.SUPERSEDED},
    "2026-Q2": {2: State.VERIFIED, 7: State.IN_PROGRESS, 18: State.COMPLETION_CONFIRMED},
    "2026-Q3": {
        5: State.IN_PROGRESS,
        9: State.RETURNED,
        14: State.COMPLETION_CONFIRMED,
        20: State.ACKNOWLEDGED,
        22: State.NOT_ACCEPTED,
    },
}
"""What did not end as closed, by the number of the recommendation in its cycle."""

MANAGERS_OWN = {("2026-Q3", 5): "oluwaseun.adeyemi"}
EXTENDED = {("2025-Q2", 4), ("2025-Q4", 12), ("2026-Q2", 9), ("2026-Q3", 20)}
INSTEAD_OF_PRIYA = "megan.strickland"
OPEN_STATES = {State.IN_PROGRESS, State.RETURNED, State.ACKNOWLEDGED}


def write_closed(cycle: AuditCycle, cast: Cast, teller: Teller) -> None:
    """The cycle, locked at the end."""
    shelf, pace = Shelf(), pace_of(cycle.ref)
    tell_steps(shelf, cycle, cast)
    team = Team(shelf, cast, cycle)
    cases = _sample(shelf, cast, cycle, team)
    concerns = Concerns(cycle.ref)
    audits = [_audit(shelf, cast, team, case, number, teller) for number, case in enumerate(cases)]
    written = [(audit, write_audit(concerns.give(audit))) for audit in audits]
    for audit, submission in written:
        concerns.put(audit, submission)
        ask_family(audit, submission)
    ledger = Ledger(shelf, cast, cycle, pace)
    for audit, submission in written:
        recommend(ledger, audit, submission)
    beyond = recommend_beyond(ledger, cast)
    ask_about_audit(shelf, cast, cycle, team, cases)
    discuss(shelf, cast, cycle, beyond)
    give_hours(team)
    reflect(team)
    shelf.put_down()
    ask_again(shelf, cast, beyond)
    shelf.put_down()
    settle_discussion(cycle)
    _supersede(cycle)
    _finish(cycle, written)


def _sample(shelf: Shelf, cast: Cast, cycle: AuditCycle, team: Team) -> list[SampledCase]:
    """The drawn cases with their pairs, complete; reserves stay as they are."""
    everything = draw_cases(shelf, cast, cycle)
    cases = [case for case in everything if case.state == CaseState.CONFIRMED]
    team.give_cases(cases)
    for number, case in enumerate(cases):
        set_state(case, CaseState.COMPLETE)
        prepare_case(shelf, cast, cycle, case, number)
    return cases


def set_state(case: SampledCase, state: CaseState) -> None:
    """The state that the row is put down in; steps are taken on rows that stand already."""
    case.__dict__["state"] = state


def _audit(
    shelf: Shelf, cast: Cast, team: Team, case: SampledCase, number: int, teller: Teller
) -> Audit:
    return Audit(
        shelf=shelf,
        cast=cast,
        case=case,
        people=team.people_of(case.pair),
        story=teller.next_of(case.area.code),
        state=SubmissionState.LOCKED,
        number=number,
        pace=pace_of(case.cycle.ref),
    )


def recommend(ledger: Ledger, audit: Audit, submission: AuditSubmission) -> None:
    """What the story recommends for this child."""
    for row in audit.story["recommendations"]:
        ledger.put(
            told(row),
            _way(ledger, audit, row),
            submission=submission,
            drafted_by=audit.people[0],
            themes=_themes(audit),
        )


def _way(ledger: Ledger, audit: Audit, row: dict[str, Any]) -> Way:
    place = (ledger.cycle.ref, ledger.count + 1)
    state = NOT_CLOSED.get(place[0], {}).get(place[1], State.CLOSED)
    way = Way(state=state, owner=_owner(ledger, audit, row, state), is_extended=place in EXTENDED)
    if way.is_extended and state == State.ACKNOWLEDGED:
        way.due = ledger.pace.day("issue").replace(month=12, day=18)
    return way


def _owner(ledger: Ledger, audit: Audit, row: dict[str, Any], state: RecommendationState) -> Any:
    name = MANAGERS_OWN.get((ledger.cycle.ref, ledger.count + 1))
    if name:
        return audit.cast[name]
    worker: Any = audit.case.worker
    if state in OPEN_STATES:
        is_priya = worker.email.startswith("priya.")
        return audit.cast[INSTEAD_OF_PRIYA] if is_priya else worker
    return worker.line_manager if row["action_type"] in MANAGED else worker


def _themes(audit: Audit) -> list[str]:
    """Those of the audit's statements on what should develop, at most three."""
    statements = [
        statement
        for section in audit.story["sections"].values()
        for statement in section.get("statements", [])
        if statement["kind"] != "strength"
    ]
    return statements[0]["themes"] if statements else []


def _supersede(cycle: AuditCycle) -> None:
    """The next recommendation took its place."""
    for row in Recommendation.objects.filter(cycle=cycle, state=State.SUPERSEDED):
        number = int(row.ref.rpartition("-")[2]) + 1
        later = Recommendation.objects.get(ref=f"{cycle.ref}-R-{number:02}")
        Recommendation.objects.filter(pk=row.pk).update(superseded_by=later)


def _finish(cycle: AuditCycle, written: list[tuple[Audit, AuditSubmission]]) -> None:
    confirm_texts(written)
    submissions = [submission for _, submission in written]
    settle(submissions)
    lock(submissions, pace_of(cycle.ref).at("lock", 16))
