"""What they said, beside the auditors' view, and its way into the audit (domain.md A55–A56, D2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from learning.disclosure.finding import find_identifiers
from learning.disclosure.kinds import NAMES_NOBODY, Kind
from learning.events.refusals import Refusal
from learning.events.services import record_event
from learning.events.steps import StepNotPossible, take_step
from learning.feedback.models import AgreedQuote, FamilyFeedback, FeedbackTheme
from learning.feedback.permissions import user_can_settle
from learning.feedback.reaching import AskingNotPossible, locked_for_pair, refuse_future
from learning.feedback.states import HEARD, FeedbackState, SharedView
from learning.submissions.together import refuse_unless_seen
from learning.vocabulary.models import Theme

NOTED = ("noticed", "main_points", "agrees", "differs", "harm_passed_on")
"""What is written beside the answers."""


class NotesNotReady(Refusal):
    """The notes are not whole yet; `missing` says what is to be written, a sentence each."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = missing


@dataclass(frozen=True)
class Notes:
    """What was said by question, and what the pair makes of it."""

    answers: Mapping[int, str]
    noticed: str = ""
    main_points: str = ""
    agrees: str = ""
    differs: str = ""
    harm_passed_on: bool = False

    @property
    def texts(self) -> dict[str, Any]:
        """By the names that the fields of their page have."""
        return {
            **{name: getattr(self, name) for name in NOTED},
            **{f"answer_{key}": text for key, text in sorted(self.answers.items())},
        }


def notes_of(feedback: FamilyFeedback) -> Notes:
    """What is written by now."""
    answers = dict(feedback.answers.values_list("pk", "words"))
    return Notes(answers, **{name: getattr(feedback, name) for name in NOTED})


@transaction.atomic
def record_meeting(
    *, feedback: FamilyFeedback, happened_on: date, was_written: bool, recorded_by: Any
) -> FamilyFeedback:
    """The feedback, held or written, with its day."""
    fresh = locked_for_pair(feedback, recorded_by)
    refuse_future(happened_on)
    if fresh.consent_on and happened_on < fresh.consent_on:
        raise AskingNotPossible("That is before they agreed. Look at both days once more.")
    step = "receive_words" if was_written else "meet"
    return take_step(fresh, step, actor=recorded_by, happened_on=happened_on)


@transaction.atomic
def save_notes(
    *, feedback: FamilyFeedback, notes: Notes, written_by: Any, seen: str | None = None
) -> FamilyFeedback:
    """The feedback with these notes, whole or not.

    `seen` is the mark of what `written_by` saw; when the other has saved since, `SavedMeanwhile` is raised.
    """
    fresh = _writable(feedback, written_by)
    refuse_unless_seen(notes_of(fresh).texts, notes.texts, seen)
    for answer in fresh.answers.all():
        answer.words = notes.answers.get(answer.pk, answer.words)
        answer.save(update_fields=["words"])
    for name in NOTED:
        setattr(fresh, name, getattr(notes, name))
    fresh.save()
    record_event(actor=written_by, action="familyfeedback.notes_saved", about=fresh)
    return fresh


@transaction.atomic
def finish_notes(
    *, feedback: FamilyFeedback, notes: Notes, written_by: Any, seen: str | None = None
) -> FamilyFeedback:
    """The feedback, written up; as with `save_notes`, nothing of the other's is passed over."""
    fresh = save_notes(feedback=feedback, notes=notes, written_by=written_by, seen=seen)
    missing = missing_in_notes(fresh)
    if missing:
        raise NotesNotReady(missing)
    if fresh.state == FeedbackState.WRITTEN_UP:
        return fresh
    return take_step(fresh, "write_up", actor=written_by)


def missing_in_notes(feedback: FamilyFeedback) -> list[str]:
    """What is still to be written before the notes are whole, a sentence each."""
    missing = []
    if not (feedback.noticed or feedback.answers.exclude(words="").exists()):
        missing.append("Write what they said, or what you noticed, under at least one question.")
    if not feedback.main_points:
        missing.append("Write the main points.")
    if not (feedback.agrees or feedback.differs):
        missing.append("Say where they see it as the audit does, or where they see it differently.")
    return missing


@transaction.atomic
def raise_theme(
    *, feedback: FamilyFeedback, theme: Theme, view: SharedView, raised_by: Any
) -> FeedbackTheme:
    """The theme with how they see it; said again, the later view counts."""
    fresh = _writable(feedback, raised_by)
    raised, _ = FeedbackTheme.objects.update_or_create(
        feedback=fresh, theme=theme, defaults={"view": view}
    )
    return raised


@transaction.atomic
def remove_theme(*, feedback: FamilyFeedback, theme_id: int, removed_by: Any) -> None:
    """Takes a theme out of the notes again."""
    _writable(feedback, removed_by).raised.filter(pk=theme_id).delete()


@transaction.atomic
def agree_quote(
    *, feedback: FamilyFeedback, words: str, agreed_on: date, recorded_by: Any
) -> AgreedQuote:
    """Words that they agreed to, without anything that could give somebody away (domain.md D7)."""
    fresh = _writable(feedback, recorded_by)
    _refuse_identifiers(words)
    refuse_future(agreed_on)
    quote = AgreedQuote.objects.create(feedback=fresh, words=words, agreed_on=agreed_on)
    record_event(actor=recorded_by, action="familyfeedback.quote_agreed", about=fresh)
    return quote


def _refuse_identifiers(words: str) -> None:
    kinds = dict.fromkeys(
        Kind(s.kind) for s in find_identifiers(words) if s.kind not in NAMES_NOBODY
    )
    if kinds:
        found = ", ".join(kind.inside for kind in kinds)
        raise AskingNotPossible(
            f"Somebody could be recognised by this: {found}. Take it out of the quote."
        )


@transaction.atomic
def withdraw_quote(*, quote: AgreedQuote, withdrawn_by: Any) -> AgreedQuote:
    """The quote, no longer shown to anybody: they may take their words back at any time."""
    if not user_can_settle(withdrawn_by, quote.feedback.submission):
        raise PermissionDenied("The pair or the lead takes a quote back.")
    if quote.withdrawn_at is None:
        quote.withdrawn_at = timezone.now()
        quote.save(update_fields=["withdrawn_at"])
        record_event(
            actor=withdrawn_by, action="familyfeedback.quote_withdrawn", about=quote.feedback
        )
    return quote


@transaction.atomic
def incorporate(*, feedback: FamilyFeedback, incorporated_by: Any) -> FamilyFeedback:
    """The feedback, in the audit: its main points stand there now, and change no more (domain.md A56)."""
    fresh = locked_for_pair(feedback, incorporated_by)
    missing = missing_in_notes(fresh)
    if missing:
        raise NotesNotReady(missing)
    return take_step(fresh, "incorporate", actor=incorporated_by)


def _writable(feedback: FamilyFeedback, person: Any) -> FamilyFeedback:
    """The feedback, locked, for one of the pair, once there is something to write up."""
    fresh = locked_for_pair(feedback, person)
    if fresh.state not in HEARD:
        raise StepNotPossible("Notes are written once they were met or wrote, until they are in.")
    return fresh
