"""What in words that people say to each other could give somebody away: pointed out, and never refused."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from learning.disclosure.finding import LocalKnowledge, find_identifiers, local_knowledge
from learning.disclosure.kinds import NAMES_NOBODY, Kind, Span

LEFT_ALONE = NAMES_NOBODY | {Kind.WEB_ADDRESS}
"""“Two pairs said” is how people talk of a day; grades are another rule’s."""


@dataclass(frozen=True)
class Mark:
    """Words by which somebody could be known, and what they look like."""

    words: str
    span: Span

    def __str__(self) -> str:
        return f"“{self.words}” ({self.span.label_inside}). {self.span.advice}"


def marks_in(
    texts: Iterable[str],
    known: LocalKnowledge | None = None,
    *,
    without: Container[str] = LEFT_ALONE,
) -> list[Mark]:
    """What in these words could give a child, a family or a colleague away.

    `known` are names and places of the service; without it they are read now. `without` are kinds that are
    right where these words stand.
    """
    known = known or local_knowledge()
    return [
        Mark(text[span.start : span.end], span)
        for text in texts
        for span in find_identifiers(text, known)
        if span.kind not in without
    ]


def hints_in(texts: Iterable[str], known: LocalKnowledge | None = None) -> list[str]:
    """The same, a sentence each."""
    return [str(mark) for mark in marks_in(texts, known)]
