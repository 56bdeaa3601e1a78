"""The wording coach: it explains and offers, and never rewrites (domain.md D1).

Everything is a hint, which the pair may follow or leave with a reason; only a grade in the overall statement
is refused (`grades`).
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from dateutil.parser import parse as parse_day
from django.db import models

from learning.disclosure import dates
from learning.disclosure.finding import LocalKnowledge, find_identifiers, local_knowledge
from learning.disclosure.hints import LEFT_ALONE
from learning.disclosure.hints import marks_in as marks_of_disclosure
from learning.disclosure.kinds import Kind
from learning.proforma.keys import OVERALL
from learning.submissions.grades import grades_in

FEWEST_WORDS, MOST_WORDS = 150, 300
USUAL_IN_EVIDENCE = LEFT_ALONE | {Kind.DATE}
"""What evidence needs (when something was seen), or what another rule here looks for."""


_ANY_TWO_DAYS = (datetime(2001, 2, 3), datetime(2004, 5, 6))
"""What is not said of a date is filled in from these: a full one is the same with both."""


class HintKind(models.TextChoices):
    GRADE = "grade", "Grade"
    DESCRIPTION = "description", "Description only"
    PRACTITIONER = "practitioner", "About the worker"
    ABSOLUTE = "absolute", "Always or never"
    JARGON = "jargon", "Jargon"
    IDENTIFIER = "identifier", "Could give somebody away"
    LENGTH = "length", "Length"
    WINDOW = "window", "Outside the six months"


@dataclass(frozen=True)
class Hint:
    """One thing to think about: in which box, which words, and what is said about them."""

    kind: HintKind
    box: str
    words: str
    says: str

    @property
    def label(self) -> str:
        return str(self.kind.label)


def hints_in(
    boxes: dict[str, str], *, section_key: str = "", known: LocalKnowledge | None = None
) -> list[Hint]:
    """What there is to think about in the boxes of a section, box by box.

    `known` are names and places of the service; without it they are read now. Give it for many sections.
    """
    hints: list[Hint] = []
    if any(boxes.values()):
        known = known or local_knowledge()
        for box, text in boxes.items():
            hints += _hints_of_box(box, text, known)
    if section_key == OVERALL:
        hints += _length(boxes.get("means", ""))
    return hints


def marks_in(boxes: dict[str, str], known: LocalKnowledge | None = None) -> list[Hint]:
    """What every free text is asked, whatever it is about: grades, and what could give somebody away (D7)."""
    texts = {box: text for box, text in boxes.items() if text}
    known = known or (local_knowledge() if texts else None)
    return [hint for box, text in texts.items() for hint in _marks_of_box(box, text, known)]


def words_that_must_go(text: str, known: LocalKnowledge) -> Iterator[str]:
    """A sentence for each grade, and for what identifies somebody beyond doubt: none may reach a board."""
    for grade in grades_in(text):
        yield f"“{text[grade.start : grade.end]}” reads as a grade. Say what was seen."
    for span in find_identifiers(text, known):
        if span.is_blocking:
            yield f"{span.label}. {span.advice}"


def refused_in(*texts: str) -> list[str]:
    """Why these words may not reach a board, a sentence each."""
    known = local_knowledge()
    return [sentence for text in texts for sentence in words_that_must_go(text, known)]


def hints_in_statement(text: str, known: LocalKnowledge) -> list[Hint]:
    """What there is to think about in one statement."""
    return list(_hints_of_box("statement", text, known))


def outside_window(text: str, first: date, last: date) -> list[Hint]:
    """Full dates in the evidence that lie outside the time that the audit looks at (domain.md A25)."""
    found = (text[span.start : span.end] for span in dates.find(text) if span.kind == Kind.DATE)
    outside = [words for words in found if (day := _day_of(words)) and not first <= day <= last]
    return [_hint(HintKind.WINDOW, "saw", words, first=first, last=last) for words in outside]


def _day_of(words: str) -> date | None:
    """The day that is meant; None unless day, month and year are said."""
    is_day_first = not words[:4].isdigit()
    try:
        days = {
            parse_day(words, dayfirst=is_day_first, default=other).date() for other in _ANY_TWO_DAYS
        }
    except (ValueError, OverflowError):
        return None
    return days.pop() if len(days) == 1 else None


def _hints_of_box(box: str, text: str, known: LocalKnowledge) -> Iterator[Hint]:
    yield from _marks_of_box(box, text, known)
    if box == "means":
        yield from _description(box, text)
    if box != "learned":
        yield from _practitioner(box, text)
    yield from _absolutes(box, text)
    yield from _jargon(box, text)


def _marks_of_box(box: str, text: str, known: LocalKnowledge | None) -> Iterator[Hint]:
    yield from _grades(box, text)
    yield from _identifiers(box, text, known)


def _grades(box: str, text: str) -> Iterator[Hint]:
    for grade in grades_in(text):
        yield _hint(HintKind.GRADE, box, grade.words)


def _identifiers(box: str, text: str, known: LocalKnowledge | None) -> Iterator[Hint]:
    for mark in marks_of_disclosure([text], known, without=USUAL_IN_EVIDENCE):
        said = {"label": mark.span.label, "offer": mark.span.advice}
        yield _hint(HintKind.IDENTIFIER, box, mark.words, **said)


def _description(box: str, text: str) -> Iterator[Hint]:
    rule = _rules()["description"]
    if len(text.split()) >= rule["least_words"] and not _any_of(tuple(rule["links"])).search(text):
        yield _hint(HintKind.DESCRIPTION, box, _first_words(text))


def _practitioner(box: str, text: str) -> Iterator[Hint]:
    rule = _rules()["practitioner"]
    who, did = (_alternatives(tuple(rule[name])) for name in ("who", "did"))
    pattern = re.compile(rf"\b{who}\s+(?:\w+ly\s+|also\s+|then\s+)?{did}\b[^.!?\n]{{0,40}}", re.I)
    for match in pattern.finditer(text):
        yield _hint(HintKind.PRACTITIONER, box, match[0].strip())


def _absolutes(box: str, text: str) -> Iterator[Hint]:
    rule = _rules()["absolute"]
    for sentence in _sentences(text):
        has_evidence = re.search(r"\d", sentence) or _any_of(tuple(rule["evidence"])).search(
            sentence
        )
        match = _any_of(tuple(rule["words"])).search(sentence)
        if match and not has_evidence:
            yield _hint(HintKind.ABSOLUTE, box, match[0])


def _jargon(box: str, text: str) -> Iterator[Hint]:
    offers = _rules()["jargon"]
    for words in dict.fromkeys(match[0].lower() for match in _any_of(tuple(offers)).finditer(text)):
        yield _hint(HintKind.JARGON, box, words, offer=offers[words])


def _length(text: str) -> Iterator[Hint]:
    count = len(text.split())
    if text.strip() and not FEWEST_WORDS <= count <= MOST_WORDS:
        yield _hint(HintKind.LENGTH, "means", "", count=count)


def _hint(kind: HintKind, box: str, words: str, **facts: Any) -> Hint:
    return Hint(kind, box, words, _rules()["says"][kind].format(words=words, **facts))


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+|\n+", text)


def _first_words(text: str) -> str:
    words = text.split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")


def _alternatives(words: tuple[str, ...]) -> str:
    """A pattern of any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_alternatives(words)}(?!\w)", re.I)


@cache
def _rules() -> dict[str, Any]:
    with (Path(__file__).parent / "wording.toml").open("rb") as file:
        return tomllib.load(file)
