"""What changed since the morning: the words that came and went, section by section (domain.md A37, E3)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from learning.proforma.models import ProFormaSection
from learning.submissions.models import AuditSubmission, EntryVersion, MorningText, SectionEntry
from learning.submissions.morning import questions_in, sections_in
from learning.submissions.writing import SectionText
from learning.vocabulary.choices import SubmissionStatementKind
from learning.vocabulary.models import Theme

Words = dict[str, Any]
ALIKE = 0.6
"""How much of two statements is the same before one is read as the other in new words."""


@dataclass(frozen=True)
class Run:
    """Some words in a row: kept, added or taken out."""

    words: str
    kind: str

    @property
    def is_added(self) -> bool:
        return self.kind == "added"

    @property
    def is_removed(self) -> bool:
        return self.kind == "removed"


@dataclass(frozen=True)
class BoxChange:
    """One box, statement or question that reads differently now."""

    label: str
    runs: list[Run]


@dataclass(frozen=True)
class SectionChange:
    """One section, or the plan of questions, in which something changed."""

    title: str
    boxes: list[BoxChange]


def word_changes(before: str, after: str) -> list[Run]:
    """The way from one text to the other in whole words; spaces and line ends are kept."""
    old, new = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    runs: list[Run] = []
    for step, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            runs.append(Run("".join(old[i1:i2]), "kept"))
            continue
        if i2 > i1:
            runs.append(Run("".join(old[i1:i2]), "removed"))
        if j2 > j1:
            runs.append(Run("".join(new[j1:j2]), "added"))
    return runs


def changes_since_morning(submission: AuditSubmission) -> list[SectionChange]:
    """Each section that reads differently from before the talk, then the questions. Eight queries at most.

    Audits from before the morning was kept are compared with what their boxes said when the talk ended; their
    statements and questions are not, since nothing was kept of them.
    """
    morning: MorningText | None = getattr(submission, "morning", None)
    if morning is None and submission.talk_ended_at is None:
        return []
    now, asked_now = sections_in(submission), questions_in(submission)
    if morning is not None:
        then, asked = morning.words["sections"], morning.words["questions"]
    else:
        now = [section | {"statements": []} for section in now]
        then, asked = _boxes_after_the_talk(submission), asked_now
    questions = SectionChange("Questions to explore", _questions(asked, asked_now))
    changes = [*_sections(submission, then, now), questions]
    return [change for change in changes if change.boxes]


def _boxes_after_the_talk(submission: AuditSubmission) -> list[Words]:
    """What each section said when the talk ended."""
    versions = EntryVersion.objects.filter(
        entry__submission=submission, written_at__lte=submission.talk_ended_at
    )
    parts = dict(versions.order_by("number").values_list("entry__section_id", "boxes"))
    return [{"section": pk, "parts": said, "statements": []} for pk, said in parts.items()]


def _sections(
    submission: AuditSubmission, then: list[Words], now: list[Words]
) -> Iterator[SectionChange]:
    """Every section of the form, in its order."""
    before, after = ({row["section"]: row for row in rows} for rows in (then, now))
    themes = _labels_of_themes(then + now)
    for section in ProFormaSection.objects.filter(version=submission.form_id).order_by("order"):
        old, new = before.get(section.pk, NOTHING), after.get(section.pk, NOTHING)
        statements = [[_as_words(row, themes) for row in side["statements"]] for side in (old, new)]
        boxes = [*_boxes(old["parts"], new["parts"]), *_rows("Statement", *statements)]
        yield SectionChange(section.title, boxes)


NOTHING: Words = {"parts": SectionText({}).parts, "statements": []}


def _boxes(before: Words, after: Words) -> Iterator[BoxChange]:
    for name in SectionEntry.BOXES:
        if before[name] != after[name]:
            yield BoxChange(SectionEntry.label_of(name), word_changes(before[name], after[name]))
    old, new = _why_left_out(before), _why_left_out(after)
    if old != new:
        yield BoxChange(SectionEntry.label_of("not_relevant"), word_changes(old, new))


def _why_left_out(parts: Words) -> str:
    """Why the section is not relevant, if it is not."""
    return parts["not_relevant_reason"] if parts["not_relevant"] else ""


def _labels_of_themes(sections: list[Words]) -> dict[str, str]:
    codes = {
        code for section in sections for row in section["statements"] for code in row["themes"]
    }
    return dict(Theme.objects.filter(code__in=codes).values_list("code", "label"))


def _as_words(statement: Words, themes: dict[str, str]) -> str:
    """The statement in one line with its kind and themes, so that a change of those is seen as well."""
    kind = SubmissionStatementKind(statement["kind"]).label
    named = ", ".join(themes.get(code, code) for code in statement["themes"])
    return f"{kind}: {statement['text']}" + (f" ({named})" if named else "")


def _questions(before: list[str], after: list[str]) -> list[BoxChange]:
    return list(_rows("Question", before, after))


def _rows(label: str, before: list[str], after: list[str]) -> Iterator[BoxChange]:
    """What was reworded, went and came, of texts that can only be added and taken out."""
    went, came = list(before), []
    for text in after:
        went.remove(text) if text in went else came.append(text)
    for text in went:
        instead = _most_alike(text, came)
        if instead:
            came.remove(instead)
        yield BoxChange(label, word_changes(text, instead))
    for text in came:
        yield BoxChange(label, word_changes("", text))


def _most_alike(text: str, others: list[str]) -> str:
    """The one of the others that says the same in other words; empty when none does."""
    alike = [
        (SequenceMatcher(None, text.split(), other.split()).ratio(), other) for other in others
    ]
    likeness, other = max(alike, default=(0.0, ""))
    return other if likeness >= ALIKE else ""
