"""The ninth cycle, whose days have just been: an audit, a case and a recommendation in every state.

Only what belongs before the draw was confirmed is missing: no case is merely drawn any more.
"""

from datetime import date, timedelta
from typing import Any

from learning.feedback.states import FeedbackState
from learning.programme.models import AuditCycle, CountdownTask, CycleFocus
from learning.programme.states import FocusSource
from learning.recommendations.models import Recommendation
from learning.recommendations.states import RecommendationState
from learning.selection.models import SampledCase
from learning.selection.states import CaseState, ExclusionReason, SelectionRoute
from learning.submissions.models import AuditSubmission
from learning.submissions.states import SubmissionState
from portal.demo.audits.afterwards import confirm_texts, lock
from portal.demo.audits.audit import HOW_FAR, Audit
from portal.demo.audits.cases import prepare_case
from portal.demo.audits.cast import Cast
from portal.demo.audits.closed import set_state
from portal.demo.audits.concerns import Concerns
from portal.demo.audits.cycles import ADMINISTRATOR, IT_CONTACT, tell_steps
from portal.demo.audits.families import ask_family, settle, wait_for_family
from portal.demo.audits.frame import draw_cases
from portal.demo.audits.plenaries import discuss
from portal.demo.audits.quarters import pace_of
from portal.demo.audits.recommendations import OFFICER, Ledger, Way, told
from portal.demo.audits.shelf import Shelf
from portal.demo.audits.stories import Teller
from portal.demo.audits.submissions import write_audit
from portal.demo.audits.teams import Team

Sub, Rec = SubmissionState, RecommendationState
PRIYA, OLUWASEUN = "priya.chandrasekhar", "oluwaseun.adeyemi"
HER_TEAM, HER_AREAS = "cin-cp-north", {"child_in_need", "child_protection"}

STATES = [
    Sub.READING,
    Sub.NOT_STARTED,
    Sub.READING,
    Sub.QUESTIONS_AGREED,
    Sub.CONVERSATION_HELD,
    Sub.CONVERSATION_NOT_POSSIBLE,
    Sub.FINALISING,
    Sub.SUBMITTED,
    Sub.SUBMITTED,
    Sub.RETURNED,
    Sub.QUALITY_ASSURED,
    Sub.QUALITY_ASSURED,
    Sub.SHARED_WITH_WORKER,
    Sub.SHARED_WITH_WORKER,
    Sub.AWAITING_FAMILY,
    Sub.AWAITING_FAMILY,
    Sub.COMPLETE,
    Sub.LOCKED,
    CaseState.READY,
    CaseState.READY,
    CaseState.EXCLUDED,
    CaseState.WITHDRAWN,
]
"""What becomes of the drawn cases beside Priya's two. The first is the one that she audits herself."""

CASE_STATES = {
    Sub.NOT_STARTED: CaseState.ALLOCATED,
    Sub.COMPLETE: CaseState.FEEDBACK_DONE,
    Sub.LOCKED: CaseState.COMPLETE,
}
GONE = {
    CaseState.EXCLUDED: (
        "take_out",
        f"{ExclusionReason.COMPLAINT.label}: it came in after the draw",
    ),
    CaseState.WITHDRAWN: ("withdraw", f"{ExclusionReason.WORKER_AWAY.label}: since the first day"),
}

ISSUED_ON = date(2026, 11, 20)
SOON, LATER, FAR = date(2026, 12, 2), date(2026, 12, 18), date(2027, 1, 15)
WAYS = [
    (Rec.ISSUED, FAR, OLUWASEUN),
    (Rec.ACKNOWLEDGED, LATER, OLUWASEUN),
    (Rec.COMPLETION_CONFIRMED, LATER, ""),
    (Rec.IN_PROGRESS, SOON, ""),
    (Rec.RETURNED, LATER, ""),
    (Rec.VERIFIED, LATER, ""),
    (Rec.CLOSED, LATER, ""),
    (Rec.NOT_ACCEPTED, FAR, ""),
    (Rec.SUPERSEDED, FAR, ""),
]
"""How far the recommendations have come, until when, and whose they are if not the worker's."""

FOCUS = {
    "source": FocusSource.EMERGING_ISSUE,
    "source_words": "Learning from the third quarter of 2026: the plan for a bad night is still thin",
    "population": "Children in need, and children with a protection plan",
    "question": "Who knows what happens if tonight goes wrong? The child, the parents, who answers the phone?",
}

TASKS = [
    (IT_CONTACT, "loan_laptops", "Take the loan laptops back and clear them", date(2026, 11, 25)),
    (ADMINISTRATOR, "thanks", "Thank everybody who was talked with", date(2026, 11, 26)),
]


def write_under_way(cycle: AuditCycle, cast: Cast, teller: Teller) -> None:
    """The cycle on the Friday after its days."""
    shelf = Shelf()
    tell_steps(shelf, cycle, cast)
    CycleFocus.objects.create(cycle=cycle, theme=cast.themes["P19"], **FOCUS)
    team = Team(shelf, cast, cycle)
    everything = draw_cases(shelf, cast, cycle)
    drawn = [case for case in everything if case.state == CaseState.CONFIRMED]
    states = _states(drawn, cast, team)
    written, concerns = [], Concerns(cycle.ref)
    for number, case in enumerate(drawn):
        state = states[case.ref]
        _place(shelf, cast, cycle, case, state, number)
        if state in HOW_FAR:
            audit = _audit(shelf, cast, team, case, SubmissionState(state), number, teller)
            written.append((audit, write_audit(concerns.give(audit))))
            concerns.put(*written[-1])
    _ask_families(written)
    _recommend(Ledger(shelf, cast, cycle, pace_of(cycle.ref)), written)
    discuss(shelf, cast, cycle, [])
    stepped_in = _step_in(shelf, cast, everything)
    _add_tasks(shelf, cycle, cast)
    shelf.put_down()
    concerns.hand_over()
    _finish(cycle, written, stepped_in)


def _states(drawn: list[SampledCase], cast: Cast, team: Team) -> dict[str, Any]:
    """What becomes of each case: two of Priya's own first, then one that she audits, then the others."""
    hers = [c for c in drawn if c.case.team == cast.teams[HER_TEAM] and c.area.code in HER_AREAS]
    to_prepare, to_reply = hers[:2]
    to_prepare.worker = to_reply.worker = cast[PRIYA]
    team.give_cases([case for case in drawn if case is not to_prepare])
    others = [case for case in drawn if case not in hers[:2]]
    own = next(case for case in others if case.pair is team.pairs[0][0])
    others.remove(own)
    states = dict(zip([own.ref, *(case.ref for case in others)], STATES, strict=True))
    return states | {
        to_prepare.ref: CaseState.WORKER_NOTIFIED,
        to_reply.ref: Sub.SHARED_WITH_WORKER,
    }


def _place(
    shelf: Shelf, cast: Cast, cycle: AuditCycle, case: SampledCase, state: Any, number: int
) -> None:
    """The case in the state that belongs to its audit, or in its own where there is none."""
    if state in HOW_FAR:
        through = HOW_FAR[state] >= HOW_FAR[Sub.QUALITY_ASSURED]
        usually = CaseState.AUDITED if through else CaseState.AUDITING
        set_state(case, CASE_STATES.get(state, usually))
    else:
        case.pair = None
        set_state(case, state)
    prepare_case(shelf, cast, cycle, case, number)
    if state in GONE:
        step, reason = GONE[state]
        when = pace_of(cycle.ref).at("tell" if step == "take_out" else "begin_days", 9)
        shelf.event(when, cast[OFFICER], f"sampledcase.{step}", case, reason)


def _audit(
    shelf: Shelf,
    cast: Cast,
    team: Team,
    case: SampledCase,
    state: SubmissionState,
    number: int,
    teller: Teller,
) -> Audit:
    return Audit(
        shelf=shelf,
        cast=cast,
        case=case,
        people=team.people_of(case.pair),
        story=teller.next_of(case.area.code),
        state=state,
        number=number,
        pace=pace_of(case.cycle.ref),
    )


def _ask_families(written: list[tuple[Audit, AuditSubmission]]) -> None:
    """Of two that are awaited one is still to be checked; of what is complete the views are in."""
    awaited = [FeedbackState.DUE, FeedbackState.SAFETY_CHECKED]
    for audit, submission in written:
        if audit.state == Sub.AWAITING_FAMILY:
            wait_for_family(audit, submission, awaited.pop(0))
        elif audit.steps > HOW_FAR[Sub.AWAITING_FAMILY]:
            ask_family(audit, submission)


def _recommend(ledger: Ledger, written: list[tuple[Audit, AuditSubmission]]) -> None:
    """Out of audits that are signed off one of each kind; the others' are drafts of their pair."""
    ways = list(WAYS)
    for audit, submission in written:
        is_signed = audit.steps >= HOW_FAR[Sub.QUALITY_ASSURED]
        if audit.steps < HOW_FAR[Sub.FINALISING]:
            continue
        for row in audit.story["recommendations"]:
            ledger.put(
                told(row),
                _way(audit, ways.pop(0)) if is_signed and ways else _draft(audit),
                submission=submission,
                drafted_by=audit.people[0],
                themes=audit.story["sections"]["lived_experience"]["statements"][0]["themes"],
            )


def _way(audit: Audit, way: tuple[RecommendationState, date, str]) -> Way:
    state, due, name = way
    owner = audit.cast[name] if name else audit.case.worker
    return Way(state=state, owner=owner, due=due, done=ISSUED_ON)


def _draft(audit: Audit) -> Way:
    return Way(state=Rec.DRAFT, owner=audit.case.worker, due=FAR)


def _step_in(
    shelf: Shelf, cast: Cast, everything: list[SampledCase]
) -> tuple[SampledCase, SampledCase]:
    """The reserve that takes the place of the case that was taken out, and that case."""
    gone = next(case for case in everything if case.state == CaseState.EXCLUDED)
    reserves = [case for case in everything if case.state == CaseState.RESERVE]
    reserve = next(
        (case for case in reserves if case.stratum == gone.stratum),
        next(case for case in reserves if case.area == gone.area),
    )
    set_state(reserve, CaseState.CONFIRMED)
    reserve.route = SelectionRoute.REPLACEMENT
    when = pace_of(gone.cycle.ref).at("tell", 9) + timedelta(minutes=5)
    shelf.event(when, cast[OFFICER], "sampledcase.step_in", reserve)
    return reserve, gone


def _add_tasks(shelf: Shelf, cycle: AuditCycle, cast: Cast) -> None:
    for name, key, words, due in TASKS:
        shelf.add(CountdownTask(cycle=cycle, key=key, words=words, due_date=due, owner=cast[name]))


def _finish(
    cycle: AuditCycle,
    written: list[tuple[Audit, AuditSubmission]],
    stepped_in: tuple[SampledCase, SampledCase],
) -> None:
    reserve, gone = stepped_in
    SampledCase.objects.filter(pk=reserve.pk).update(replaces=gone)
    of_cycle = Recommendation.objects.filter(cycle=cycle)
    instead = of_cycle.get(state=Rec.ISSUED)
    of_cycle.filter(state=Rec.SUPERSEDED).update(superseded_by=instead)
    submissions = [submission for _, submission in written]
    confirm_texts(written)
    settle(submissions)
    lock(submissions, pace_of(cycle.ref).at("lock", 18))
