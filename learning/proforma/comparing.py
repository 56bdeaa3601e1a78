"""What changed from one version of a form to another: sections that came, went or moved, and their words."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from learning.proforma.models import ProFormaSection, ProFormaVersion


@dataclass(frozen=True)
class Line:
    """One question that only one of the two versions asks."""

    words: str
    is_added: bool


@dataclass(frozen=True)
class SectionChange:
    """One section that reads differently: what is said of it, and the questions that came and went."""

    title: str
    sentences: list[str]
    lines: list[Line]


@dataclass(frozen=True)
class Comparison:
    """The way from one version to another."""

    came: list[ProFormaSection]
    went: list[ProFormaSection]
    changed: list[SectionChange]

    @property
    def is_empty(self) -> bool:
        return not (self.came or self.went or self.changed)


def compare(before: ProFormaVersion, after: ProFormaVersion) -> Comparison:
    """What is different in `after`. Four queries."""
    old, new = (
        {section.key: section for section in version.sections.prefetch_related("areas")}
        for version in (before, after)
    )
    moved = _moved([key for key in old if key in new], [key for key in new if key in old])
    changes = (
        SectionChange(
            new[key].title,
            list(_sentences(old[key], new[key], key in moved)),
            _lines(old[key].prompts, new[key].prompts),
        )
        for key in new
        if key in old
    )
    return Comparison(
        came=[section for key, section in new.items() if key not in old],
        went=[section for key, section in old.items() if key not in new],
        changed=[change for change in changes if change.sentences or change.lines],
    )


def _moved(old: list[str], new: list[str]) -> set[str]:
    """The keys that stand in another order, as few of them as explain it."""
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return {key for step, _, _, j1, j2 in steps if step != "equal" for key in new[j1:j2]}


def _sentences(old: ProFormaSection, new: ProFormaSection, has_moved: bool) -> Iterator[str]:
    if old.title != new.title:
        yield f"It was called “{old.title}”."
    if has_moved:
        yield "It stands in another place."
    if old.can_be_skipped != new.can_be_skipped:
        yield (
            "“Not relevant” is an answer now."
            if new.can_be_skipped
            else "“Not relevant” is not an answer any more."
        )
    before, after = areas_in_words(old), areas_in_words(new)
    if before != after:
        yield f"It is shown for {after}; before, for {before}."


def areas_in_words(section: ProFormaSection) -> str:
    """For which areas of work the section is shown."""
    return ", ".join(str(area) for area in section.areas.all()) or "all areas of work"


def _lines(old: list[str], new: list[str]) -> list[Line]:
    lines: list[Line] = []
    for step, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step != "equal":
            lines += [Line(words, is_added=False) for words in old[i1:i2]]
            lines += [Line(words, is_added=True) for words in new[j1:j2]]
    return lines
