"""One audit as its pair, the lead and the worker left it, up to the state that it is in."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from django.utils import timezone

from learning.events.months import add_months
from learning.events.working_days import add_working_days
from learning.proforma.keys import OPTIONAL, WRITTEN_ELSEWHERE
from learning.proforma.models import ProFormaSection
from learning.selection.models import SampledCase
from learning.submissions.grants import AUDITS, LINE_MANAGER, WORKER
from learning.submissions.models import (
    AuditSubmission,
    Conversation,
    ConversationQuestion,
    EntryVersion,
    EvaluativeStatement,
    OpeningStatement,
    QualityAssuranceReview,
    RecordingGap,
    SectionEntry,
    SubmissionGrant,
    SubmitConfirmation,
    WorkerReply,
)
from learning.submissions.opening import kind_for
from learning.submissions.states import ParticipantRole, SubmissionState
from learning.submissions.submitting import fingerprint
from learning.submissions.writing import parts_of
from portal.demo.audits.cast import Cast
from portal.demo.audits.cycles import DEPUTY, LEAD
from portal.demo.audits.quarters import Pace, moment
from portal.demo.audits.shelf import Shelf
from portal.demo.audits.stories import usual

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

PARTICIPANTS = {
    "care_leaver": [ParticipantRole.PERSONAL_ADVISER],
    "fostering": [ParticipantRole.FOSTERING_STAFF, ParticipantRole.FOSTER_CARER],
    "looked_after": [ParticipantRole.SOCIAL_WORKER, ParticipantRole.FOSTER_CARER],
    "family_support_early_help": [ParticipantRole.OTHER_WORKER],
}
WHY_NO_TALK = (
    "The worker was called to court that afternoon; we spoke with the manager the day after."
)
REPLY_DAYS, ACCESS_DAYS = 5, 20
EVERY_NTH_RETURNED, EVERY_NTH_SILENT = 7, 3


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


def write_audit(audit: Audit) -> AuditSubmission:
    """The submission with everything that hangs on it, on the shelf. It is locked later: see `lock`."""
    submission = _submission(audit)
    audit.shelf.add(submission)
    _let_read(audit, submission)
    audit.shelf.event(
        audit.pace.at("allocate", 11), audit.reviewer, "auditsubmission.started", submission
    )
    if audit.steps >= HOW_FAR[State.READING]:
        _open(audit, submission)
        _write_sections(audit, submission)
    if audit.steps >= HOW_FAR[State.QUESTIONS_AGREED]:
        _ask(audit, submission)
    if audit.steps >= HOW_FAR[State.CONVERSATION_HELD]:
        _talk(audit, submission)
    if audit.steps >= HOW_FAR[State.FINALISING]:
        _finalise(audit, submission)
    if audit.steps >= HOW_FAR[State.SUBMITTED]:
        _step(audit, submission, audit.at(16), audit.people[1], "submit")
        _review(audit, submission)
    if audit.steps >= HOW_FAR[State.SHARED_WITH_WORKER]:
        _step(audit, submission, audit.pace.at("share", 12), audit.cast[LEAD], "share_with_worker")
    if audit.steps >= HOW_FAR[State.AWAITING_FAMILY]:
        _reply(audit, submission)
    if audit.steps >= HOW_FAR[State.COMPLETE]:
        _step(audit, submission, audit.pace.at("complete", 15), audit.cast[LEAD], "complete")
    if audit.steps >= HOW_FAR[State.LOCKED]:
        _step(audit, submission, audit.pace.at("lock", 16), audit.cast[LEAD], "lock")
    return submission


def _submission(audit: Audit) -> AuditSubmission:
    pace, steps = audit.pace, audit.steps
    signed = steps >= HOW_FAR[State.QUALITY_ASSURED]
    shared = steps >= HOW_FAR[State.SHARED_WITH_WORKER]
    return AuditSubmission(
        case=audit.case,
        form=audit.cast.forms[kind_for(audit.case).value],
        window_from=add_months(pace.first, -6),
        window_to=pace.first,
        state=audit.state,
        has_immediate_concern=False if steps >= HOW_FAR[State.FINALISING] else None,
        began_at=audit.at(9, 30) if steps >= HOW_FAR[State.READING] else None,
        talk_ended_at=audit.at(14) if steps >= HOW_FAR[State.CONVERSATION_HELD] else None,
        submitted_at=audit.at(16) if steps >= HOW_FAR[State.SUBMITTED] else None,
        quality_assured_at=pace.at("sign_off", 11) if signed else None,
        reply_due_date=add_working_days(pace.day("share"), REPLY_DAYS) if shared else None,
    )


def _step(
    audit: Audit, submission: AuditSubmission, when: datetime, by: Any, step: str, reason: str = ""
) -> None:
    audit.shelf.event(when, by, f"auditsubmission.{step}", submission, reason)


# --- Who may read ------------------------------------------------------------------------------------


def _let_read(audit: Audit, submission: AuditSubmission) -> None:
    """The pair until some days after the cycle closed; worker and manager from the sharing on."""
    ends = _pairs_end(audit)
    if ends is None or ends > moment(audit.pace.first, 9):
        for person in audit.people:
            _grant(audit, submission, person, AUDITS, "allocate", ends)
    worker = audit.case.worker
    if worker and audit.steps >= HOW_FAR[State.SHARED_WITH_WORKER]:
        _grant(audit, submission, worker, WORKER, "share")
        if worker.line_manager:
            _grant(audit, submission, worker.line_manager, LINE_MANAGER, "share")


def _pairs_end(audit: Audit) -> datetime | None:
    closed = audit.case.cycle.closed_at
    if closed is None:
        return None
    last = add_working_days(closed.date(), ACCESS_DAYS)
    return timezone.make_aware(datetime.combine(last, time.max))


def _grant(
    audit: Audit,
    submission: AuditSubmission,
    person: Any,
    reason: str,
    step: str,
    ends: datetime | None = None,
) -> None:
    audit.shelf.add(
        SubmissionGrant(
            user=person,
            content_object=submission,
            permission=audit.cast.reading,
            reason=reason,
            expires_at=ends,
            granted_by=audit.cast[LEAD],
            granted_at=audit.pace.at(step, 12),
        )
    )


# --- What the pair wrote -----------------------------------------------------------------------------


def _open(audit: Audit, submission: AuditSubmission) -> None:
    for person in audit.people:
        audit.shelf.add(
            OpeningStatement(submission=submission, person=person, stated_at=audit.at(9, 20))
        )
        _step(audit, submission, audit.at(9, 20), person, "no_link_stated")
    _step(audit, submission, audit.at(9, 30), audit.people[0], "begin")


def _write_sections(audit: Audit, submission: AuditSubmission) -> None:
    sections = audit.cast.sections(submission.form, audit.case.area)
    is_whole = audit.steps >= HOW_FAR[State.FINALISING]
    for section in sections:
        told = audit.story["sections"].get(section.key)
        if told and (is_whole or section.key != "overall"):
            _write_told(audit, submission, section, told)
        elif is_whole and section.key not in WRITTEN_ELSEWHERE | OPTIONAL:
            reason = usual("not_relevant", audit.number + section.order)
            _entry(audit, submission, section, not_relevant=True, not_relevant_reason=reason)


def _write_told(
    audit: Audit, submission: AuditSubmission, section: ProFormaSection, told: dict[str, Any]
) -> None:
    entry = _entry(audit, submission, section, saw=told.get("saw", ""), means=told.get("means", ""))
    for row in told.get("statements", []):
        statement = audit.shelf.add(
            EvaluativeStatement(
                entry=entry,
                kind=row["kind"],
                text=row["text"],
                written_by=audit.people[section.order % 2],
            )
        )
        audit.shelf.link(statement, "themes", [audit.cast.themes[code] for code in row["themes"]])


def _entry(
    audit: Audit, submission: AuditSubmission, section: ProFormaSection, **content: Any
) -> SectionEntry:
    writer, when = audit.people[section.order % 2], audit.at(10, section.order % 50)
    entry = SectionEntry(
        submission=submission,
        section=section,
        version=1,
        written_by=writer,
        written_at=when,
        **content,
    )
    audit.shelf.add(entry)
    audit.shelf.add(
        EntryVersion(
            entry=entry, number=1, boxes=parts_of(entry), written_by=writer, written_at=when
        )
    )
    return entry


# --- The talk ----------------------------------------------------------------------------------------


def _ask(audit: Audit, submission: AuditSubmission) -> None:
    talk = audit.story["conversation"]
    is_held = audit.steps >= HOW_FAR[State.CONVERSATION_HELD] and _was_held(audit)
    for text, why in _answered(talk["questions"], talk["why_decided"] if is_held else []):
        audit.shelf.add(
            ConversationQuestion(
                submission=submission, text=text, why_decided=why, written_by=audit.people[0]
            )
        )
    _step(audit, submission, audit.at(12, 30), audit.people[0], "agree_questions")


def _answered(questions: list[str], reasons: list[str]) -> list[tuple[str, str]]:
    """Each question with the worker's reasons; what goes beyond the questions stands with the last."""
    beyond = " ".join(reasons[len(questions) - 1 :])
    own = [*reasons[: len(questions) - 1], beyond]
    return list(zip_longest(questions, own, fillvalue=""))


def _was_held(audit: Audit) -> bool:
    return audit.state != State.CONVERSATION_NOT_POSSIBLE


def _talk(audit: Audit, submission: AuditSubmission) -> None:
    talk, held = audit.story["conversation"], _was_held(audit)
    usually = [ParticipantRole.SOCIAL_WORKER]
    audit.shelf.add(
        Conversation(
            submission=submission,
            was_held=held,
            reason_not_held="" if held else WHY_NO_TALK,
            held_on=audit.day.date() if held else None,
            participants=PARTICIPANTS.get(audit.case.area.code, usually) if held else [],
            proud_of=talk["proud_of"] if held else "",
            in_the_way=talk["in_the_way"] if held else "",
            light_bulb=talk["light_bulb"] if held else "",
            light_bulb_consent=bool(held and talk["light_bulb"]),
            recorded_by=audit.people[1],
            recorded_at=audit.at(14),
        )
    )
    step = "hold_conversation" if held else "go_on_without_conversation"
    _step(audit, submission, audit.at(14), audit.people[1], step)


def _finalise(audit: Audit, submission: AuditSubmission) -> None:
    for gap in audit.story.get("gaps", []):
        audit.shelf.add(RecordingGap(submission=submission, kind=gap["kind"], text=gap["text"]))
    _step(audit, submission, audit.at(14, 10), audit.people[0], "finalise")
    _step(audit, submission, audit.at(15), audit.people[0], "no_immediate_concern")


# --- After the pair ----------------------------------------------------------------------------------


def _review(audit: Audit, submission: AuditSubmission) -> None:
    Outcome = QualityAssuranceReview.Outcome
    signed = audit.steps >= HOW_FAR[State.QUALITY_ASSURED]
    if audit.state == State.RETURNED or (signed and audit.number % EVERY_NTH_RETURNED == 0):
        words = usual("back_to_the_pair", audit.number)
        _reviewed(audit, submission, Outcome.RETURNED, words, audit.at(17))
        _step(audit, submission, audit.at(17), audit.reviewer, "send_back")
        if signed:
            _step(audit, submission, audit.at(18), audit.people[0], "submit")
    if signed:
        when = audit.pace.at("sign_off", 11)
        words = usual("to_the_pair", audit.number)
        _reviewed(audit, submission, Outcome.SIGNED_OFF, words, when)
        _step(audit, submission, when, audit.reviewer, "sign_off")


def _reviewed(
    audit: Audit, submission: AuditSubmission, outcome: str, words: str, when: datetime
) -> None:
    audit.shelf.add(
        QualityAssuranceReview(
            submission=submission,
            reviewer=audit.reviewer,
            outcome=outcome,
            words=words,
            reviewed_at=when,
        )
    )


def _reply(audit: Audit, submission: AuditSubmission) -> None:
    """Some workers reply; of others the days end without a word."""
    worker, when = audit.case.worker, audit.pace.at("reply", 14)
    is_silent = audit.number % EVERY_NTH_SILENT == 0
    if worker and not is_silent:
        words = usual("reply", audit.number)
        audit.shelf.add(WorkerReply(submission=submission, worker=worker, replied_at=when, **words))
    _step(audit, submission, when, None if is_silent else worker, "wait_for_family")


# --- Once everything stands --------------------------------------------------------------------------


def confirm_texts(audits: list[tuple[Audit, AuditSubmission]]) -> None:
    """Both of each pair confirmed what stands in the database now, with the hours that they spent."""
    rows = []
    for audit, submission in audits:
        if audit.steps < HOW_FAR[State.SUBMITTED] or audit.state == State.RETURNED:
            continue
        text = fingerprint(AuditSubmission.objects.get(pk=submission.pk))
        for turn, person in enumerate(audit.people):
            hours = Decimal("5.0") + Decimal("0.5") * ((audit.number + turn) % 5)
            rows.append(
                SubmitConfirmation(
                    submission=submission,
                    person=person,
                    fingerprint=text,
                    hours=hours,
                    confirmed_at=audit.at(15, 30),
                )
            )
    SubmitConfirmation.objects.bulk_create(rows)


def lock(submissions: list[AuditSubmission], when: datetime) -> None:
    """From now on the database refuses every change. The last thing that is done."""
    pks = [row.pk for row in submissions]
    statements = EvaluativeStatement.objects.filter(entry__submission__in=pks)
    statements.update(written_at=when - timedelta(days=1))
    locked = AuditSubmission.objects.filter(pk__in=pks, state=State.LOCKED)
    locked.update(locked_at=when)
