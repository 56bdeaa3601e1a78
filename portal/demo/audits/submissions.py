"""What a pair wrote about one case, as it left it, up to the state that the audit is in."""

from datetime import datetime
from itertools import zip_longest
from typing import Any

from learning.events.months import add_months
from learning.events.working_days import add_working_days
from learning.proforma.keys import OPTIONAL, OVERALL, WRITTEN_ELSEWHERE
from learning.proforma.models import ProFormaSection
from learning.submissions.models import (
    AuditSubmission,
    Conversation,
    ConversationQuestion,
    EntryVersion,
    EvaluativeStatement,
    MorningText,
    OpeningStatement,
    RecordingGap,
    SectionEntry,
)
from learning.submissions.morning import morning_words, section_words, statement_words
from learning.submissions.opening import INITIAL_CONTACT, kind_for
from learning.submissions.states import MonthsOpen, ParticipantRole, SourceRead
from learning.submissions.writing import parts_of
from learning.vocabulary.choices import AgeBand
from portal.demo.audits.afterwards import let_read, reply, review
from portal.demo.audits.audit import Audit, State
from portal.demo.audits.cycles import LEAD
from portal.demo.audits.stories import usual

PARTICIPANTS = {
    "care_leaver": [ParticipantRole.PERSONAL_ADVISER],
    "fostering": [ParticipantRole.FOSTERING_STAFF, ParticipantRole.FOSTER_CARER],
    "looked_after": [ParticipantRole.SOCIAL_WORKER, ParticipantRole.FOSTER_CARER],
    "family_support_early_help": [ParticipantRole.OTHER_WORKER],
}
WHY_NO_TALK = (
    "The worker was called to court that afternoon; we spoke with the manager the day after."
)
REPLY_DAYS = 5


def write_audit(audit: Audit) -> AuditSubmission:
    """The submission with everything that hangs on it, on the shelf. It is locked later: see `lock`."""
    submission = _submission(audit)
    audit.shelf.add(submission)
    let_read(audit, submission)
    audit.shelf.event(
        audit.pace.at("allocate", 11), audit.reviewer, "auditsubmission.started", submission
    )
    if audit.has_reached(State.READING):
        _open(audit, submission)
        morning = _write_sections(audit, submission)
        if audit.has_reached(State.QUESTIONS_AGREED):
            _ask(audit, submission, morning)
    if audit.has_reached(State.CONVERSATION_HELD):
        _talk(audit, submission)
    if audit.has_reached(State.FINALISING):
        _finalise(audit, submission)
    if audit.has_reached(State.SUBMITTED):
        audit.step(submission, audit.at(16), audit.people[1], "submit")
        review(audit, submission)
    if audit.has_reached(State.SHARED_WITH_WORKER):
        audit.step(submission, audit.pace.at("share", 12), audit.cast[LEAD], "share_with_worker")
    if audit.has_reached(State.AWAITING_FAMILY):
        reply(audit, submission)
    if audit.has_reached(State.COMPLETE):
        audit.step(submission, audit.pace.at("complete", 15), audit.cast[LEAD], "complete")
    if audit.has_reached(State.LOCKED):
        audit.step(submission, audit.pace.at("lock", 16), audit.cast[LEAD], "lock")
    return submission


def _submission(audit: Audit) -> AuditSubmission:
    pace = audit.pace
    signed = audit.has_reached(State.QUALITY_ASSURED)
    shared = audit.has_reached(State.SHARED_WITH_WORKER)
    return AuditSubmission(
        case=audit.case,
        form=audit.cast.forms[kind_for(audit.case).value],
        window_from=add_months(pace.first, -6),
        window_to=pace.first,
        state=audit.state,
        **_header(audit),
        has_immediate_concern=_answer(audit),
        began_at=audit.at(9, 30) if audit.has_reached(State.READING) else None,
        talk_ended_at=audit.at(14) if audit.has_reached(State.CONVERSATION_HELD) else None,
        submitted_at=audit.at(16) if audit.has_reached(State.SUBMITTED) else None,
        quality_assured_at=pace.at("sign_off", 11) if signed else None,
        reply_due_date=add_working_days(pace.day("share"), REPLY_DAYS) if shared else None,
    )


def _header(audit: Audit) -> dict[str, Any]:
    """What the pair said of the case in bands, and what it read."""
    if not audit.has_reached(State.READING):
        return {}
    age_band = audit.story["age_band"]
    is_new = (
        age_band in (AgeBand.UNBORN, AgeBand.UNDER_TWO) or audit.case.area.code == INITIAL_CONTACT
    )
    long_open = (MonthsOpen.SIX_TO_ELEVEN, MonthsOpen.ONE_YEAR)[audit.number % 2]
    sources = list(SourceRead)[: 3 + audit.number % 3]
    return {
        "age_band": age_band,
        "months_open": MonthsOpen.THREE_TO_FIVE if is_new else long_open,
        "sources_read": sources,
    }


def _answer(audit: Audit) -> bool | None:
    """Whether anything could not wait, as far as the pair has answered."""
    if audit.concern is not None:
        return True
    return False if audit.has_reached(State.FINALISING) else None


# --- What the pair wrote -----------------------------------------------------------------------------


def _open(audit: Audit, submission: AuditSubmission) -> None:
    for person in audit.people:
        audit.shelf.add(
            OpeningStatement(submission=submission, person=person, stated_at=audit.at(9, 20))
        )
        audit.step(submission, audit.at(9, 20), person, "no_link_stated")
    audit.step(submission, audit.at(9, 30), audit.people[0], "begin")


def _write_sections(audit: Audit, submission: AuditSubmission) -> list[dict[str, Any]]:
    """What it said before the talk: everything but the overall statement, which came last."""
    sections = audit.cast.sections(submission.form, audit.case.area)
    is_whole = audit.has_reached(State.FINALISING)
    morning = []
    for section in sections:
        told = audit.story["sections"].get(section.key)
        if told and section.key != OVERALL:
            morning.append(_write_told(audit, submission, section, told))
        elif told and is_whole:
            _write_told(audit, submission, section, told, audit.at(15))
        elif is_whole and section.key not in WRITTEN_ELSEWHERE | OPTIONAL:
            reason = usual("not_relevant", audit.number + section.order)
            entry = _entry(
                audit, submission, section, not_relevant=True, not_relevant_reason=reason
            )
            morning.append(section_words(entry, []))
    return morning


def _write_told(
    audit: Audit,
    submission: AuditSubmission,
    section: ProFormaSection,
    told: dict[str, Any],
    when: datetime | None = None,
) -> dict[str, Any]:
    boxes = {"saw": told.get("saw", ""), "means": told.get("means", "")}
    entry = _entry(audit, submission, section, when, **boxes)
    statements = told.get("statements", [])
    for row in statements:
        statement = audit.shelf.add(
            EvaluativeStatement(
                entry=entry,
                kind=row["kind"],
                text=row["text"],
                written_by=audit.people[section.order % 2],
            )
        )
        audit.shelf.link(statement, "themes", [audit.cast.themes[code] for code in row["themes"]])
    return section_words(entry, [statement_words(**row) for row in statements])


def _entry(
    audit: Audit,
    submission: AuditSubmission,
    section: ProFormaSection,
    when: datetime | None = None,
    **content: Any,
) -> SectionEntry:
    writer = audit.people[section.order % 2]
    when = when or audit.at(10, section.order % 50)
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


def _ask(audit: Audit, submission: AuditSubmission, morning: list[dict[str, Any]]) -> None:
    talk = audit.story["conversation"]
    is_held = audit.has_reached(State.CONVERSATION_HELD) and _was_held(audit)
    for text, why in _answered(talk["questions"], talk["why_decided"] if is_held else []):
        audit.shelf.add(
            ConversationQuestion(
                submission=submission, text=text, why_decided=why, written_by=audit.people[0]
            )
        )
    audit.step(submission, audit.at(12, 30), audit.people[0], "agree_questions")
    words = morning_words(morning, talk["questions"])
    audit.shelf.add(MorningText(submission=submission, words=words, kept_at=audit.at(12, 30)))


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
    audit.step(submission, audit.at(14), audit.people[1], step)


def _finalise(audit: Audit, submission: AuditSubmission) -> None:
    for gap in audit.story.get("gaps", []):
        audit.shelf.add(RecordingGap(submission=submission, kind=gap["kind"], text=gap["text"]))
    audit.step(submission, audit.at(14, 10), audit.people[0], "finalise")
    if audit.concern is None:
        audit.step(submission, audit.at(15), audit.people[0], "no_immediate_concern")
