"""What two people write at once: nothing is overwritten, and nothing that was saved is lost (domain.md E3)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone

from learning.events.services import record_event
from learning.events.steps import StepNotPossible
from learning.proforma.keys import OVERALL
from learning.proforma.models import ProFormaSection
from learning.submissions.grades import refuse_grades
from learning.submissions.models import (
    AuditSubmission,
    ConversationQuestion,
    EntryVersion,
    EvaluativeStatement,
    SectionEntry,
    SectionPresence,
)
from learning.submissions.permissions import user_can_write_submission
from learning.submissions.states import SubmissionState
from learning.submissions.together import both
from learning.submissions.urgent import report_concern
from learning.vocabulary.choices import SubmissionStatementKind
from learning.vocabulary.models import Theme

MOST_THEMES = 3
EMPTY = dict.fromkeys(SectionEntry.BOXES, "")
REASON = "not_relevant_reason"
LONGEST_REASON = 300


@dataclass(frozen=True)
class SectionText:
    """What a section says: its boxes, and whether it is relevant."""

    boxes: dict[str, str]
    not_relevant: bool = False
    not_relevant_reason: str = ""

    @property
    def parts(self) -> dict[str, Any]:
        """Everything under one name each, as a version keeps it."""
        return {
            **EMPTY,
            **self.boxes,
            "not_relevant": self.not_relevant,
            "not_relevant_reason": self.not_relevant_reason,
        }


class EntryConflict(Exception):
    """Both have written in the same box since `base_version`: nothing was saved, and both texts are here.

    `clashing` names the boxes; `mine` has the colleague's words already wherever they do not clash.
    """

    def __init__(self, entry: SectionEntry, mine: dict[str, Any], clashing: list[str]) -> None:
        super().__init__("Your colleague has changed the same words. Nothing was overwritten.")
        self.entry, self.theirs, self.mine, self.clashing = entry, parts_of(entry), mine, clashing


class Keep(models.TextChoices):
    """What somebody keeps when both of the pair wrote in the same box."""

    BOTH = "both", "Keep both: my colleague’s, then what only mine says"
    MINE = "mine", "Keep mine"
    THEIRS = "theirs", "Keep my colleague’s"


def kept_of_both(
    entry: SectionEntry, mine: SectionText, clashing: Iterable[str], keep: Keep
) -> SectionText:
    """My text, with what was chosen in each box, and of the two reasons, where the two clashed."""
    kept = {
        name: {Keep.BOTH: both(theirs, text), Keep.MINE: text, Keep.THEIRS: theirs}[keep]
        for name, text in (mine.boxes | {REASON: mine.not_relevant_reason}).items()
        if name in clashing
        for theirs in [getattr(entry, name)]
    }
    reason = " ".join(kept.pop(REASON, mine.not_relevant_reason).split())
    return replace(mine, boxes=mine.boxes | kept, not_relevant_reason=reason)


class SectionNotSkippable(Exception):
    """The section cannot be left out, or there is no reason why it is."""


def writable(submission: AuditSubmission, by: Any) -> AuditSubmission:
    """The submission, locked, for somebody who may write in it now."""
    locked = AuditSubmission.objects.select_for_update().get(pk=submission.pk)
    if not locked.is_writable:
        raise StepNotPossible(
            f"{locked} is “{locked.get_state_display().lower()}” and cannot be written in now."
        )
    if not user_can_write_submission(by, locked):
        raise PermissionDenied("Only the pair writes, after opening the case.")
    return locked


def parts_of(entry: SectionEntry) -> dict[str, Any]:
    """What the entry says now, as a version keeps it."""
    return SectionText(entry.boxes, entry.not_relevant, entry.not_relevant_reason).parts


@transaction.atomic
def save_entry(
    *,
    submission: AuditSubmission,
    section: ProFormaSection,
    text: SectionText,
    base_version: int,
    by: Any,
) -> SectionEntry:
    """The entry as it stands after this save, with its new version kept.

    `base_version` is the version that `by` started from. What a colleague saved since in other boxes stays;
    where both changed the same box, `EntryConflict` has both texts. A save without a change adds nothing.
    """
    locked = writable(submission, by)
    _check_section(locked, section, text)
    entry, _ = SectionEntry.objects.get_or_create(submission=locked, section=section)
    merged = _merged(entry, text.parts, base_version)
    if merged != parts_of(entry):
        _write(entry, merged, by)
    return entry


def _check_section(
    submission: AuditSubmission, section: ProFormaSection, text: SectionText
) -> None:
    if section.version_id != submission.form_id:
        raise PermissionDenied("This section belongs to another form.")
    if section.key == OVERALL:
        refuse_grades("\n".join([*text.boxes.values(), text.not_relevant_reason]))
    if len(text.not_relevant_reason) > LONGEST_REASON:
        raise SectionNotSkippable(
            f"The reason holds {LONGEST_REASON} characters. Keep one of the two, and add to it what is missing."
        )
    if not text.not_relevant:
        return
    if not section.can_be_skipped:
        raise SectionNotSkippable(
            f"“{section.title}” is part of every audit and cannot be left out."
        )
    if not text.not_relevant_reason.strip():
        raise SectionNotSkippable("Say in a line why this section is not relevant here.")


def _merged(entry: SectionEntry, mine: dict[str, Any], base_version: int) -> dict[str, Any]:
    """Theirs and mine together, part by part."""
    theirs = parts_of(entry)
    if base_version == entry.version:
        return mine
    base = _parts_at(entry, base_version)
    clashing = [
        name
        for name in mine
        if mine[name] != theirs[name] and base[name] not in (mine[name], theirs[name])
    ]
    merged = {name: theirs[name] if mine[name] == base[name] else mine[name] for name in mine}
    if clashing:
        raise EntryConflict(entry, merged, clashing)
    return merged


def _parts_at(entry: SectionEntry, number: int) -> dict[str, Any]:
    """What the entry said after that save; an empty section before the first."""
    version = entry.versions.filter(number=number).first()
    return version.boxes if version else SectionText({}).parts


def _write(entry: SectionEntry, parts: dict[str, Any], by: Any) -> None:
    for name, value in parts.items():
        setattr(entry, name, value)
    entry.version += 1
    entry.written_by, entry.written_at = by, timezone.now()
    entry.save()
    EntryVersion.objects.create(
        entry=entry,
        number=entry.version,
        boxes=parts,
        written_by=by,
        written_at=entry.written_at,
    )


@transaction.atomic
def add_statement(
    *,
    submission: AuditSubmission,
    section: ProFormaSection,
    kind: str,
    text: str,
    themes: Iterable[Theme],
    by: Any,
) -> EvaluativeStatement:
    """The new statement, with up to three themes. An immediate concern goes to the lead at once."""
    locked = writable(submission, by)
    _check_section(locked, section, SectionText({"means": text}))
    entry, _ = SectionEntry.objects.get_or_create(submission=locked, section=section)
    statement = EvaluativeStatement.objects.create(entry=entry, kind=kind, text=text, written_by=by)
    statement.themes.set(list(themes)[:MOST_THEMES])
    if kind == SubmissionStatementKind.IMMEDIATE_CONCERN:
        report_concern(submission=locked, by=by, words=text)
    return statement


@transaction.atomic
def remove_statement(*, statement: EvaluativeStatement, by: Any) -> None:
    """Takes the statement out; that it stood there is in the events, without its words."""
    locked = writable(statement.entry.submission, by)
    statement.delete()
    record_event(actor=by, action="auditsubmission.statement_removed", about=locked)


@transaction.atomic
def add_question(*, submission: AuditSubmission, text: str, by: Any) -> ConversationQuestion:
    """One more thing to explore with the worker (domain.md A26)."""
    locked = writable(submission, by)
    return ConversationQuestion.objects.create(submission=locked, text=text, written_by=by)


@transaction.atomic
def remove_question(*, question: ConversationQuestion, by: Any) -> None:
    """Takes the question out of the plan, unless the talk rests on it: one stays, and reasons stay (A26)."""
    locked = writable(question.submission, by)
    is_last = not locked.questions.exclude(pk=question.pk).exists()
    if is_last and locked.state != SubmissionState.READING:
        raise StepNotPossible("One question stays: without any there is no plan for the talk.")
    if locked.questions.filter(pk=question.pk).exclude(why_decided="").exists():
        raise StepNotPossible("The worker’s reasons stand with this question: it stays with them.")
    question.delete()
    record_event(actor=by, action="auditsubmission.question_removed", about=locked)


def mark_present(*, submission: AuditSubmission, section: ProFormaSection, person: Any) -> None:
    """This person is in this section now; the other of the pair sees it for a minute."""
    SectionPresence.objects.update_or_create(
        submission=submission,
        person=person,
        defaults={"section": section, "seen_at": timezone.now()},
    )
