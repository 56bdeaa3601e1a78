"""Names: of colleagues in the directory, of places that the service lists, and of whoever has a title."""

import re
from collections.abc import Iterable, Iterator

from learning.disclosure.folding import fold
from learning.disclosure.kinds import Kind, Span

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Lady|Judge|Justice|Cllr|Councillor|PC|DC|DS|DI)\.? "
    r"(?:[A-Z]\.? ?)?[A-Z][a-z][\w']*(?:-[A-Z]\w+)?"
)


class PhraseBook:
    """Names to look for, each word by word; looking takes as long as the text is, not the book."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, set[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = tuple(word.group().lower() for word in _WORD.finditer(fold(phrase).text))
            if words:
                self._by_first.setdefault(words[0], set()).add(words)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a phrase stands in folded text, the longest at each place."""
        words = [(word.group().lower(), *word.span()) for word in _WORD.finditer(text)]
        for place, (word, start, _) in enumerate(words):
            for phrase in sorted(self._by_first.get(word, ()), key=len, reverse=True):
                here = words[place : place + len(phrase)]
                if tuple(found for found, *_ in here) == phrase:
                    yield start, here[-1][2]
                    break


def ways_to_write(first_name: str, last_name: str) -> list[str]:
    """`Amina Okafor`, `Okafor Amina` and `A Okafor`; a name of one word would meet too much else."""
    if not (first_name.strip() and last_name.strip()):
        return []
    first = first_name.split()[0]
    return [
        f"{first_name} {last_name}",
        f"{first} {last_name}",
        f"{last_name} {first_name}",
        f"{first[0]} {last_name}",
    ]


def find(text: str, *, staff: PhraseBook, places: PhraseBook) -> Iterator[Span]:
    """Colleagues, listed places, and people with a title."""
    for start, end in staff.find(text):
        yield Span(start, end, Kind.STAFF_NAME)
    for start, end in places.find(text):
        yield Span(start, end, Kind.PLACE)
    for match in _TITLED.finditer(text):
        yield Span(*match.span(), Kind.PERSON_NAME)
