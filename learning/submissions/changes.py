"""What changed after the conversation: the words that came and went, section by section (domain.md A37)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from learning.submissions.models import AuditSubmission, EntryVersion, SectionEntry
from learning.submissions.writing import SectionText, parts_of


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
    """One box that reads differently now."""

    label: str
    runs: list[Run]


@dataclass(frozen=True)
class SectionChange:
    """One section in which something changed."""

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


def changes_since_conversation(submission: AuditSubmission) -> list[SectionChange]:
    """Each section that reads differently from when the talk ended. Two queries."""
    if submission.talk_ended_at is None:
        return []
    then = _texts_at(submission)
    entries = submission.entries.select_related("section").order_by("section__order")
    changes = (
        SectionChange(entry.section.title, list(_box_changes(then.get(entry.pk), entry)))
        for entry in entries
    )
    return [change for change in changes if change.boxes]


def _texts_at(submission: AuditSubmission) -> dict[int, dict[str, Any]]:
    """What each entry said when the talk ended."""
    versions = EntryVersion.objects.filter(
        entry__submission=submission, written_at__lte=submission.talk_ended_at
    )
    return {version.entry_id: version.boxes for version in versions.order_by("number")}


def _box_changes(then: dict[str, Any] | None, entry: SectionEntry) -> Iterator[BoxChange]:
    before, after = then or SectionText({}).parts, parts_of(entry)
    for name in entry.BOXES:
        if before[name] != after[name]:
            yield BoxChange(SectionEntry.label_of(name), word_changes(before[name], after[name]))
