"""From the morning’s questions to the afternoon’s talk, and what came out of it (A26–A28, A35–A36)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from learning.events.refusals import Refusal
from learning.events.services import record_event
from learning.events.steps import take_step
from learning.proforma.keys import LIVED_EXPERIENCE
from learning.submissions.models import AuditSubmission, Conversation, RecordingGap
from learning.submissions.morning import keep_morning
from learning.submissions.states import SubmissionState
from learning.submissions.together import refuse_unless_seen
from learning.submissions.writing import writable

RECORDED = (
    "held_on",
    "participants",
    "proud_of",
    "in_the_way",
    "light_bulb",
    "light_bulb_consent",
)
"""What is kept of a talk, apart from the reasons for each question."""


class QuestionsNotReady(Exception):
    """The questions cannot be agreed yet; `missing` says what is to be done first, a sentence each."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = missing


class TalkNotPossible(Refusal):
    """The talk cannot be recorded like this."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Talk:
    """What the pair brings back from the conversation. People by role, never by name."""

    held_on: date
    participants: list[str]
    proud_of: str = ""
    in_the_way: str = ""
    light_bulb: str = ""
    light_bulb_consent: bool = False
    reasons: Mapping[int, str] = field(default_factory=dict)
    """Why it was done that way, by question."""

    @property
    def texts(self) -> dict[str, Any]:
        """By the names that the fields of its page have."""
        return {
            **{name: getattr(self, name) for name in RECORDED},
            "participants": sorted(self.participants),
            **{f"reason_{key}": text for key, text in sorted(self.reasons.items()) if text},
        }


def missing_for_questions(submission: AuditSubmission) -> list[str]:
    """What is to be done before the conversation, a sentence each."""
    missing = []
    day = submission.entries.filter(section__key=LIVED_EXPERIENCE).first()
    if day is None or day.is_empty:
        missing.append("Write something about a day in this child’s life first.")
    if not submission.questions.exists():
        missing.append("Write at least one question that you want to explore with the worker.")
    return missing


@transaction.atomic
def agree_questions(*, submission: AuditSubmission, by: Any) -> AuditSubmission:
    """The pair knows what it wants to ask. What it wrote until now is kept as the morning's text."""
    locked = writable(submission, by)
    missing = missing_for_questions(locked)
    if missing:
        raise QuestionsNotReady(missing)
    agreed = take_step(locked, "agree_questions", actor=by)
    keep_morning(agreed)
    return agreed


def talk_of(submission: AuditSubmission) -> Talk | None:
    """What is recorded of the talk by now; None while nothing is, or when nobody could be met."""
    talk = Conversation.objects.filter(submission=submission, was_held=True).first()
    if talk is None:
        return None
    reasons = {row.pk: row.why_decided for row in submission.questions.all()}
    return Talk(**{name: getattr(talk, name) for name in RECORDED}, reasons=reasons)


@transaction.atomic
def record_conversation(
    *, submission: AuditSubmission, talk: Talk, by: Any, seen: str | None = None
) -> AuditSubmission:
    """The submission with what came out of the talk. The first record opens the afternoon's writing.

    `seen` is the mark of what `by` saw; when the other of the pair has saved since, `SavedMeanwhile` is raised.
    """
    locked = writable(submission, by)
    if talk.held_on > timezone.localdate():
        raise TalkNotPossible(
            "held_on", "The day lies ahead. Record the talk once you have had it."
        )
    standing = talk_of(locked)
    refuse_unless_seen(standing.texts if standing else {}, talk.texts, seen)
    Conversation.objects.update_or_create(
        submission=locked,
        defaults={
            "was_held": True,
            "reason_not_held": "",
            "held_on": talk.held_on,
            "participants": talk.participants,
            "proud_of": talk.proud_of,
            "in_the_way": talk.in_the_way,
            "light_bulb": talk.light_bulb,
            "light_bulb_consent": talk.light_bulb_consent and bool(talk.light_bulb),
            "recorded_by": by,
        },
    )
    for question in locked.questions.filter(pk__in=talk.reasons):
        question.why_decided = talk.reasons[question.pk]
        question.save(update_fields=["why_decided"])
    return _go_on(locked, "hold_conversation", by)


@transaction.atomic
def go_on_without_conversation(
    *, submission: AuditSubmission, reason: str, by: Any
) -> AuditSubmission:
    """The submission, with the reason why nobody could be met. The reason is part of the audit's text."""
    locked = writable(submission, by)
    Conversation.objects.update_or_create(
        submission=locked,
        defaults={"was_held": False, "reason_not_held": reason, "recorded_by": by},
    )
    return _go_on(locked, "go_on_without_conversation", by)


def _go_on(submission: AuditSubmission, step: str, by: Any) -> AuditSubmission:
    """Into the afternoon's writing; later records change the words alone."""
    if submission.state in (SubmissionState.FINALISING, SubmissionState.RETURNED):
        record_event(actor=by, action="auditsubmission.conversation_changed", about=submission)
        return submission
    return take_step(take_step(submission, step, actor=by), "finalise", actor=by)


@transaction.atomic
def add_recording_gap(
    *, submission: AuditSubmission, kind: str, text: str, by: Any
) -> RecordingGap:
    """Something that the worker knew and the record did not say."""
    locked = writable(submission, by)
    return RecordingGap.objects.create(submission=locked, kind=kind, text=text)


@transaction.atomic
def remove_recording_gap(*, gap: RecordingGap, by: Any) -> None:
    locked = writable(gap.submission, by)
    gap.delete()
    record_event(actor=by, action="auditsubmission.gap_removed", about=locked)
