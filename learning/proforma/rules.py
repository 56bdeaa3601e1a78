"""What a form must hold, whoever builds it (domain.md A29–A34, D1)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from learning.events.refusals import Refusal
from learning.proforma import keys
from learning.proforma.asking import Hint, compliance_asked_for, grades_asked_for
from learning.proforma.models import ProFormaKind, ProFormaSection, ProFormaVersion
from learning.vocabulary.models import AreaOfWork

LONGEST_PROMPT = 300
MOST_PROMPTS = 12
_DIFFERENCE = re.compile(r"\bdifferen|\bmeans? for\b|\bmeant for\b|\bbetter\b|\bchanged?\b", re.I)

MUST_HAVE = {
    ProFormaKind.PRACTICE_AUDIT: tuple(keys.KEPT),
    ProFormaKind.INITIAL_CONTACT: (
        keys.LIVED_EXPERIENCE,
        keys.OVERALL,
        keys.URGENT,
        keys.CONVERSATION,
        keys.ACTIONS,
    ),
    ProFormaKind.SPOT_CHECK: (keys.LIVED_EXPERIENCE, keys.OVERALL, keys.URGENT),
}
"""The sections without which a form of this kind is not whole."""


class FormNotComplete(Refusal):
    """The form cannot be offered; the message says what is missing."""


class SectionNotPossible(Refusal):
    """The section cannot be as it was written; the message says why, `field` where."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class SectionWords:
    """What the lead says about one section. `reason` is needed where a question asks for compliance."""

    title: str
    questions: list[str]
    difference: str
    can_be_skipped: bool = True
    areas: list[AreaOfWork] = field(default_factory=list)
    reason: str = ""

    @property
    def prompts(self) -> list[str]:
        return [*self.questions, self.difference]

    @property
    def hints(self) -> list[Hint]:
        return compliance_asked_for([self.title, *self.prompts])


def words_of(section: ProFormaSection) -> SectionWords:
    """What the section says now."""
    return SectionWords(
        title=section.title,
        questions=section.questions,
        difference=section.difference,
        can_be_skipped=section.can_be_skipped,
        areas=list(section.areas.all()),
    )


def refuse_bad_words(words: SectionWords, key: str) -> None:
    """`SectionNotPossible` with the first thing that stands in the way."""
    for name, sentence in _bad(words, key):
        raise SectionNotPossible(sentence, name)


def _bad(words: SectionWords, key: str) -> Iterator[tuple[str, str]]:
    yield from _bad_questions(words)
    yield from _grades(words)
    if not _DIFFERENCE.search(words.difference):
        yield (
            "difference",
            "Each section ends with a question about the difference that it made: for example, "
            "“What difference did this make for the child?”",
        )
    if key in keys.NEVER_SKIPPED and words.can_be_skipped:
        yield "can_be_skipped", f"This section is written in each audit. {keys.KEPT[key]}"
    if key in keys.KEPT and words.areas:
        yield "areas", f"This section is shown for every area of work. {keys.KEPT[key]}"
    if words.hints and not words.reason.strip():
        yield "reason", "Say why it is asked all the same, or ask it differently."


def _bad_questions(words: SectionWords) -> Iterator[tuple[str, str]]:
    if not words.questions:
        yield "questions", "Write at least one question to think with."
    if len(words.questions) > MOST_PROMPTS:
        yield "questions", f"Write at most {MOST_PROMPTS} questions: nobody reads more of them."
    for line in words.questions:
        if len(line) > LONGEST_PROMPT:
            yield (
                "questions",
                f"Make “{line[:40]}…” shorter: a question has at most {LONGEST_PROMPT} characters.",
            )


def _grades(words: SectionWords) -> Iterator[tuple[str, str]]:
    said = {"title": [words.title], "questions": words.questions, "difference": [words.difference]}
    for name, lines in said.items():
        if found := grades_asked_for(lines):
            shown = ", ".join(f"“{one.strip()}”" for one in found)
            yield (
                name,
                f"This asks for a grade, or holds one: {shown}. No form of ours asks for any. "
                "Ask what was seen, and what it meant for the child.",
            )


def missing_from(version: ProFormaVersion) -> list[str]:
    """Why new cycles cannot take this version, a sentence each; empty when they can."""
    sections = list(version.sections.all())
    if not sections:
        return ["This form has no sections yet: write them before it is offered."]
    present = {section.key for section in sections}
    kept = (key for key in MUST_HAVE[ProFormaKind(version.kind)] if key not in present)
    sentences = [f"The section “{key}” is missing. {keys.KEPT[key]}" for key in kept]
    if sections[0].key != keys.LIVED_EXPERIENCE and keys.LIVED_EXPERIENCE in present:
        sentences.append("The child’s day has to be the first section.")
    bare = [s.title for s in sections if not _DIFFERENCE.search(s.difference)]
    return sentences + [f"“{title}” does not ask what difference it made." for title in bare]
