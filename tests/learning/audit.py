"""Small builders of one audit, for the tests of every room.

They write rows as the steps would leave them, in any state; what the steps themselves do is tested
through the services.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from learning.escalations.models import Escalation
from learning.escalations.states import EscalationState
from learning.events.working_days import add_working_days
from learning.feedback.models import FamilyFeedback
from learning.feedback.states import FeedbackState
from learning.letters.models import GoodPracticeLetter
from learning.letters.states import LetterState
from learning.openings.models import Opening
from learning.openings.states import OpeningKind
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.plenaries.models import PlenaryNote
from learning.process_review.models import ProcessReview, ReviewRound
from learning.process_review.questions import questions_now
from learning.process_review.states import ReviewState
from learning.proforma.models import ProFormaKind, ProFormaSection, ProFormaVersion
from learning.proforma.services import new_version
from learning.programme.models import (
    AuditCycle,
    AuditDay,
    AuditorReadiness,
    AuditPair,
    AuditProgramme,
    AuditTeamMember,
    CountdownTask,
)
from learning.programme.states import CycleState
from learning.recommendations.models import Recommendation
from learning.recommendations.states import RecommendationState
from learning.reflections.models import AuditorReflection
from learning.reports.board_models import Board
from learning.reports.models import CycleReport
from learning.reports.parts import PARTS
from learning.reports.states import BoardKind, Decision, ReportState
from learning.retention.models import DisposalList, LegalHold
from learning.retention.services import check_list
from learning.retention.states import DisposalKind
from learning.selection.models import CaseFrame, FrameCase, SampledCase, SelectionDraw
from learning.selection.states import CaseState, SelectionRoute
from learning.spot_checks.models import SpotCheck, SpotCheckRound
from learning.spot_checks.states import SpotCheckState
from learning.submissions.grants import grant_to_pair, grant_to_worker
from learning.submissions.models import AuditSubmission, OpeningStatement
from learning.submissions.states import SubmissionState
from learning.vocabulary.models import AreaOfWork, Theme
from portal.demo.loader import first_with


def a_person(name: str, **fields: Any) -> StaffMember:
    """Somebody new, of no team and no role unless `fields` say so."""
    return StaffMember.objects.create_user(
        f"{name.lower()}@harrowmere.example", "x", first_name=name, last_name="Built", **fields
    )


def a_cycle(
    ref: str = "2031-Q1", state: str = CycleState.IN_PROGRESS, first_day: date | None = None
) -> AuditCycle:
    """A cycle with its two days, led by the borough's lead."""
    day = first_day or timezone.localdate()
    programme, _ = AuditProgramme.objects.get_or_create(year=int(ref[:4]))
    cycle = AuditCycle.objects.create(
        programme=programme, ref=ref, quarter=ref[:7], lead=first_with(Role.LEAD_QA), state=state
    )
    for number in (1, 2):
        AuditDay.objects.create(cycle=cycle, number=number, date=day + timedelta(days=number - 1))
    return cycle


def a_countdown_task(cycle: AuditCycle, key: str = "rooms", due_in: int = 7) -> CountdownTask:
    """Something to be done by the cycle's lead, so many days from today."""
    return CountdownTask.objects.create(
        cycle=cycle,
        key=key,
        words="Book rooms",
        due_date=timezone.localdate() + timedelta(days=due_in),
        owner=cycle.lead,
    )


def a_prepared_person(name: str, **fields: Any) -> StaffMember:
    """Somebody new who is prepared to audit."""
    person = a_person(name, **fields)
    day = timezone.localdate() - timedelta(days=30)
    AuditorReadiness.objects.create(
        person=person,
        modules_read_on=day,
        briefing_attended_on=day,
        recorded_by=first_with(Role.LEAD_QA),
    )
    return person


def a_pair(cycle: AuditCycle, *people: StaffMember) -> AuditPair:
    """A pair of these people, who are of the cycle's team."""
    pair = AuditPair.objects.create(cycle=cycle, number=cycle.pairs.count() + 1)
    pair.members.set(
        AuditTeamMember.objects.get_or_create(cycle=cycle, person=person)[0] for person in people
    )
    return pair


def a_frame(cycle: AuditCycle) -> CaseFrame:
    """The frame of the cycle's draw; made when there is none."""
    draw, _ = SelectionDraw.objects.get_or_create(
        cycle=cycle,
        defaults={
            "seed": "5eed",
            "seed_hash": "ha5h",
            "committed_by": first_with(Role.QA_OFFICER),
        },
    )
    frame, _ = CaseFrame.objects.get_or_create(
        draw=draw,
        defaults={
            "form": "test",
            "frame_hash": "f4a3e",
            "counts": {},
            "loaded_by": first_with(Role.QA_OFFICER),
        },
    )
    return frame


def a_sampled_case(
    cycle: AuditCycle,
    *,
    worker: StaffMember | None = None,
    pair: AuditPair | None = None,
    state: str = CaseState.AUDITING,
    area: str = "child_protection",
) -> SampledCase:
    """A drawn case of this worker, with this pair."""
    area_of_work = AreaOfWork.objects.get(code=area)
    number = cycle.sample.count() + 1
    case = FrameCase.objects.create(
        frame=a_frame(cycle), pseudonym=f"case-{number}", area=area_of_work, worker=worker
    )
    return SampledCase.objects.create(
        cycle=cycle,
        case=case,
        ref=f"{cycle.ref}-T-{number:02}",
        area=area_of_work,
        team=worker.team if worker else None,
        stratum=area,
        route=SelectionRoute.RANDOM,
        order=number,
        worker=worker,
        pair=pair,
        state=state,
    )


def a_form() -> ProFormaVersion:
    """The newest practice audit form; a small one when there is none."""
    form = ProFormaVersion.objects.filter(kind=ProFormaKind.PRACTICE_AUDIT).first()
    if form is None:
        form = ProFormaVersion.objects.create(kind=ProFormaKind.PRACTICE_AUDIT, number=1)
        for order, key in enumerate(("lived_experience", "plan", "overall"), start=1):
            ProFormaSection.objects.create(version=form, key=key, order=order, title=key)
    return form


def parts_of_form(lead: StaffMember) -> dict[str, Any]:
    """A draft of the practice audit form and one section of it, by the names of addresses' arguments."""
    draft = new_version(version=a_form(), note="Shorter", made_by=lead)
    return {"form_ref": draft.ref, "form_section": "partners"}


def a_submission(case: SampledCase, state: str = SubmissionState.READING) -> AuditSubmission:
    """A submission about the case. It has no text and no grants: the steps write those."""
    today = timezone.localdate()
    return AuditSubmission.objects.create(
        case=case,
        form=a_form(),
        window_from=today - timedelta(days=182),
        window_to=today,
        state=state,
    )


def parts_of_submission(submission: AuditSubmission) -> dict[str, Any]:
    """Reading for everybody whose it is, and one row of each kind that addresses ask for, by argument."""
    lead = first_with(Role.LEAD_QA)
    grant_to_pair(submission=submission, granted_by=lead)
    grant_to_worker(submission=submission, granted_by=lead)
    people = submission.case.pair.people
    for person in people:
        OpeningStatement.objects.create(submission=submission, person=person)
    section = submission.form.sections.first()
    entry = submission.entries.create(section=section)
    statement = entry.statements.create(kind="strength", text="It helped.", written_by=people[0])
    return {
        "section_key": section.key,
        "statement_id": statement.pk,
        "question_id": submission.questions.create(text="Why?", written_by=people[0]).pk,
        "gap_id": submission.gaps.create(kind="visit", text="A visit.").pk,
    }


def a_family_feedback(
    submission: AuditSubmission, state: str = FeedbackState.DUE, **fields: Any
) -> FamilyFeedback:
    """A parent who is to be asked, or what came of it."""
    day = timezone.localdate() + timedelta(days=14)
    usual = {"asked": "parent_or_carer", "relation": "mother", "due_date": day, "state": state}
    return FamilyFeedback.objects.create(submission=submission, **(usual | fields))


def parts_of_feedback(submission: AuditSubmission) -> dict[str, Any]:
    """One of the family who was met, and one row of each kind that addresses ask for, by argument."""
    feedback = a_family_feedback(submission, FeedbackState.HELD)
    theme = Theme.objects.order_by("pk").first()
    day = timezone.localdate()
    return {
        "feedback_id": feedback.pk,
        "raised_id": feedback.raised.create(theme=theme, view="same").pk,
        "quote_id": feedback.quotes.create(words="She listens.", agreed_on=day).pk,
    }


def a_request_to_read(submission: AuditSubmission) -> Opening:
    """Information governance asks to read this audit."""
    asker = first_with(Role.INFORMATION_GOVERNANCE)
    return Opening.objects.create(
        submission=submission, kind=OpeningKind.REQUEST, asked_by=asker, reason="A complaint."
    )


def parts_of_retention(
    submission: AuditSubmission, members: Mapping[str, StaffMember]
) -> dict[str, Any]:
    """A list that a lead has checked, and a hold, by the names of addresses' arguments."""
    disposal = DisposalList.objects.create(drawn_up_by=members[Role.LEAD_QA.value])
    disposal.items.create(kind=DisposalKind.AUDIT, submission=submission)
    check_list(disposal=disposal, checked_by=first_with(Role.LEAD_QA))
    day = timezone.localdate() + timedelta(days=30)
    hold = LegalHold.objects.create(
        submission=submission,
        reason="An inquiry.",
        review_on=day,
        placed_by=first_with(Role.LEAD_QA),
    )
    return {"disposal_id": disposal.pk, "hold_id": hold.pk}


def audited_cases(cycle: AuditCycle, count: int, **fields: Any) -> list[AuditSubmission]:
    """So many audits of this cycle that are complete, without a word in them."""
    cases = [a_sampled_case(cycle, state=CaseState.COMPLETE) for _ in range(count)]
    SampledCase.objects.filter(pk__in=[case.pk for case in cases]).update(
        **fields or {"pair": None}
    )
    return [a_submission(case, SubmissionState.COMPLETE) for case in cases]


def a_statement(submission: AuditSubmission, kind: str, *themes: str) -> None:
    """One statement of this kind in the audit, with themes by their codes."""
    entry, _ = submission.entries.get_or_create(section=submission.form.sections.first())
    statement = entry.statements.create(
        kind=kind, text="It helped.", written_by=first_with(Role.LEAD_QA)
    )
    statement.themes.set(Theme.objects.filter(code__in=themes))


def a_report(cycle: AuditCycle, state: str = ReportState.SIGNED) -> CycleReport:
    """The cycle's report in this state, with its parts and without figures."""
    lead = first_with(Role.LEAD_QA)
    signed = {"signed_by": lead, "signed_name": str(lead), "signed_at": timezone.now()}
    report = CycleReport.objects.create(cycle=cycle, begun_by=lead)
    for part in PARTS:
        words = part.start or "Children were seen at home, because workers came when it mattered."
        report.parts.create(number=part.number, text=words, written_by=lead)
    if state != ReportState.ASSEMBLING:
        CycleReport.objects.filter(pk=report.pk).update(state=state, **signed)
    return CycleReport.objects.get(pk=report.pk)


def parts_of_report(
    cycle: AuditCycle, recommendation: Recommendation, members: Mapping[str, StaffMember]
) -> dict[str, Any]:
    """A signed report whose first part a board has considered, by the names of addresses' arguments."""
    report = a_report(cycle, ReportState.WITH_BOARDS)
    sitting = [members[role.value] for role in (Role.SENIOR_MANAGER, Role.BOARD_MEMBER)]
    boards = [a_board(*sitting, order=turn) for turn in (1, 2)]
    done, waiting = (report.considerations.create(board=board) for board in boards)
    done.considered_on, done.decision = timezone.localdate(), Decision.NOTED
    done.minute = "Noted."
    done.save()
    question = waiting.questions.create(text="By when?", asked_by=sitting[0])
    return {
        "number": 1,
        "board_id": boards[0].pk,
        "consideration_id": waiting.pk,
        "board_question_id": question.pk,
    }


def a_board(*members: StaffMember, order: int = 1) -> Board:
    """A board on which these people sit."""
    board = Board.objects.create(name=f"Board {order}", kind=BoardKind.OTHER, order=order)
    board.members.set(members)
    return board


def an_escalation(
    submission: AuditSubmission | None,
    *,
    spot_check: SpotCheck | None = None,
    recipient: StaffMember | None = None,
    state: str = EscalationState.RAISED,
    raised_at: datetime | None = None,
    **fields: Any,
) -> Escalation:
    """An escalation of this audit or spot check, each step up to its state an hour after the one before."""
    raised = raised_at or timezone.now() - timedelta(minutes=5)
    steps = list(EscalationState)[1:]
    reached = steps[: steps.index(EscalationState(state)) + 1] if state in steps else []
    taken = {f"{step.value}_at": raised + timedelta(hours=n) for n, step in enumerate(reached, 1)}
    lead, by = first_with(Role.LEAD_QA), None
    if submission is not None:
        cycle, by = submission.case.cycle, submission.case.pair
    elif spot_check is not None:
        cycle = spot_check.round.cycle
    if reached:
        taken |= {"recipient": recipient, "action": "Have him seen.", "conveyed_by": lead}
        taken["deadline"] = raised + timedelta(hours=8)
    if "verified_at" in taken:
        taken |= {"evidence": "Seen in the record.", "verified_by": lead}
    return Escalation.objects.create(
        ref=f"{cycle.ref}-E-{cycle.escalations.count() + 1:02}",
        cycle=cycle,
        submission=submission,
        spot_check=spot_check,
        raised_by=by.people[0] if by else lead,
        raised_at=raised,
        state=state,
        **(taken | fields),
    )


def a_spot_check(
    case: FrameCase, *auditors: StaffMember, state: str = SpotCheckState.DRAWN, ref: str = "01"
) -> SpotCheck:
    """A spot check of this case by these people, in a round of one case."""
    cycle = case.frame.draw.cycle
    today = timezone.localdate()
    round_ = SpotCheckRound.objects.create(
        ref=f"{cycle.ref}-S{cycle.spot_check_rounds.count() + 1}",
        cycle=cycle,
        frame=case.frame,
        cases_asked=1,
        seed="5eed",
        seed_hash="ha5h",
        committed_by=first_with(Role.QA_OFFICER),
        drawn_at=timezone.now(),
        certificate={"kind": "test"},
    )
    check = SpotCheck.objects.create(
        round=round_,
        case=case,
        ref=f"{round_.ref}-{ref}",
        area=case.area,
        form=a_form(),
        window_from=today - timedelta(days=182),
        window_to=today,
        state=state,
    )
    check.auditors.set(auditors)
    return check


def parts_of_spot_check(case: SampledCase, auditor: StaffMember) -> dict[str, Any]:
    """A spot check that its auditor can write and its worker can see, by the names of addresses' arguments."""
    check = a_spot_check(case.case, auditor)
    done = a_spot_check(case.case, auditor, state=SpotCheckState.DONE)
    settled = a_spot_check(case.case, auditor, state=SpotCheckState.QUALITY_ASSURED)
    return {
        "check_ref": check.ref,
        "done_check_ref": done.ref,
        "settled_check_ref": settled.ref,
        "round_ref": check.round.ref,
    }


def a_round(
    cycle: AuditCycle,
    *,
    auditors: Sequence[StaffMember] = (),
    auditees: Sequence[StaffMember] = (),
    ends_in: int = 5,
) -> ReviewRound:
    """These people are asked how the cycle was, for so many days from today on; none has answered."""
    asked = ReviewRound.objects.create(
        cycle=cycle,
        questions=questions_now(),
        ends_on=timezone.localdate() + timedelta(days=ends_in),
        opened_by=None,
    )
    for part, people in (("auditor", auditors), ("auditee", auditees)):
        for person in people:
            asked.invitations.create(person=person, part=part)
    return asked


def parts_of_process_review(
    cycle: AuditCycle, auditor: StaffMember, auditee: StaffMember
) -> dict[str, Any]:
    """A decided review of the cycle's year, and a round that runs, by the names of addresses' arguments."""
    a_round(cycle, auditors=[auditor], auditees=[auditee])
    lead = first_with(Role.LEAD_QA)
    review = ProcessReview.objects.create(programme=cycle.programme, opened_by=lead)
    ProcessReview.objects.filter(pk=review.pk).update(state=ReviewState.DECIDED)
    due = timezone.localdate() + timedelta(days=30)
    decision = review.decisions.create(
        words="Tell workers earlier.", owner=lead, due_date=due, decided_by=lead
    )
    return {"decision_id": decision.pk}


def a_plenary_note(cycle: AuditCycle, day: int = 1, **fields: Any) -> PlenaryNote:
    """What the plenary of that day said."""
    usual = {"strengths": "Children were heard.", "to_develop": "Plans name services, not change."}
    return PlenaryNote.objects.create(
        day=cycle.days.get(number=day), written_by=cycle.lead, version=1, **(usual | fields)
    )


def a_reflection(
    cycle: AuditCycle, person: StaffMember, manager: StaffMember | None = None
) -> AuditorReflection:
    """What this auditor takes from the days; shared with the manager, if there is one."""
    if manager is not None:
        StaffMember.objects.filter(pk=person.pk).update(line_manager=manager)
    return AuditorReflection.objects.create(
        cycle=cycle,
        person=person,
        take_back="I shall ask who fetches the child.",
        shared_with=manager,
        shared_at=timezone.now() if manager else None,
    )


def a_letter(
    submission: AuditSubmission, *, writer: StaffMember, state: str = LetterState.CONSENTED
) -> GoodPracticeLetter:
    """A letter to the worker of this audit, sent today when its state says so."""
    cycle, is_sent = submission.case.cycle, state not in ("nominated", "drafted", "approved")
    return GoodPracticeLetter.objects.create(
        ref=f"{cycle.ref}-L-{cycle.letters.count() + 1:02}",
        cycle=cycle,
        submission=submission,
        worker=submission.case.worker,
        what_was_done="She rang the school back.",
        difference_made="He was met at the gate.",
        nominated_by=first_with(Role.LEAD_QA),
        writer=writer,
        **dict.fromkeys(GoodPracticeLetter.PARTS, "You rang the school back that day."),
        approved_by=first_with(Role.LEAD_QA) if is_sent else None,
        sent_at=timezone.now() if is_sent else None,
        state=state,
    )


def a_recommendation(
    submission: AuditSubmission | None = None,
    *,
    owner: StaffMember,
    cycle: AuditCycle | None = None,
    state: str = RecommendationState.ISSUED,
    level: str = "case",
    due_in: int = 20,
) -> Recommendation:
    """A recommendation, due in so many working days from today."""
    due = add_working_days(timezone.localdate(), due_in)
    cycle = cycle or (submission.case.cycle if submission else a_cycle())
    is_issued = state != RecommendationState.DRAFT
    return Recommendation.objects.create(
        ref=f"{cycle.ref}-R-{cycle.recommendations.count() + 1:02}",
        cycle=cycle,
        submission=submission,
        level=level,
        action="Agree with the family who comes when the plan is under strain.",
        why="So that she knows who will be there at the weekend.",
        how_known="The next audit asks the family.",
        owner=owner,
        due_date=due,
        original_due_date=due if is_issued else None,
        issued_at=timezone.now() if is_issued else None,
        state=state,
        drafted_by=first_with(Role.LEAD_QA),
    )
