"""Names: of colleagues in the directory, of places that the service lists, and of whoever has a title."""

import re
from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from learning.disclosure.folding import fold
from learning.disclosure.kinds import Kind, Span

_CAPITAL = "".join(chr(code) for code in range(0x250) if chr(code).isupper())
_PIECE = re.compile(r"[^\W_]+")
"""Apostrophes and hyphens part the pieces: “Okafor’s” is “Okafor” and a piece that no name begins with."""

_TITLE = (
    r"(?:Mr|MR|Mrs|MRS|Ms|MS|Miss|MISS|Mx|MX|Dr|DR|Prof|PROF|Professor|Sir|SIR|Lady|Judge|Justice|"
    r"Cllr|CLLR|Councillor|PC|DC|DS|DI|Sgt|Sergeant|Rev|Reverend|Imam|Rabbi|Pastor|Nurse|Auntie|Aunty|Uncle)"
)
_NO_NAME = r"(?!(?:Service|System|Board|Team|Court|Secretary|Minister|Practice)s?\b)"
_NAMED = rf"{_NO_NAME}[{_CAPITAL}](?:\w|'(?![sS]\b)(?=\w))+"
_PARTICLES = r"(?:(?:[Dd][aei]|[Vv][ao]n|[Dd]e[nr]|[Bb]in|[Aa]l|[Ee]l|[Ll][ae])[ \-]){0,2}"
_TITLED = re.compile(
    rf"\b{_TITLE}(?:\.\s{{0,2}}|\s{{1,3}})(?:[{_CAPITAL}](?:\.\s?|\s)){{0,3}}"
    rf"{_PARTICLES}{_NAMED}(?:[ \-]{_NAMED}){{0,3}}"
)
_TITLED_IN_SMALL_LETTERS = re.compile(r"\b(?:mr|mrs|mx)\.?\s{1,3}[^\W\d_][\w\-]+")
_FAMILY = re.compile(
    r"\b[Tt]he (?!(?:Parent|Carer|Worker|Child|Girl|Boy|Friend|Manager|Auditor|Teacher|Young|Whole|Local)s?\b)"
    rf"(?:{_NAMED}s'(?!\w)|{_NAMED}(?= (?:family|household|siblings|sisters|brothers|children|twins)\b))"
)


class _Word(NamedTuple):
    """One piece of a text, where it stands, and whether it is the “s” of somebody's or the “t” of didn't."""

    letters: str
    start: int
    end: int
    hangs_on: bool


class PhraseBook:
    """Names to look for, each piece by piece; looking takes as long as the text is, not the book."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, set[tuple[str, ...]]] = {}
        for phrase in phrases:
            for pieces in _ways_to_spell(fold(phrase).text):
                self._by_first.setdefault(pieces[0], set()).add(pieces)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a phrase stands in folded text, the longest at each place."""
        words = [_word(match, text) for match in _PIECE.finditer(text)]
        for place, word in enumerate(words):
            if word.hangs_on:
                continue
            for phrase in sorted(self._by_first.get(word.letters, ()), key=len, reverse=True):
                end = _end_of(phrase, words, place)
                if end is not None:
                    yield word.start, end
                    break


def _word(match: re.Match[str], text: str) -> _Word:
    before = text[max(0, match.start() - 2) : match.start()]
    hangs_on = len(before) == 2 and before[1] == "'" and before[0].isalnum()
    return _Word(match.group().casefold(), *match.span(), hangs_on)


def _ways_to_spell(phrase: str) -> Iterator[tuple[str, ...]]:
    """As it stands and with its apostrophes left out: `St Mary's`, `St Marys`; each also with the “s” of
    somebody's and no apostrophe: `Amina Okafors`."""
    for spelt in {phrase, phrase.replace("'", "")}:
        pieces = tuple(piece.casefold() for piece in _PIECE.findall(spelt))
        if pieces:
            yield pieces
            yield (*pieces[:-1], pieces[-1] + "s")


def _end_of(phrase: tuple[str, ...], words: list[_Word], place: int) -> int | None:
    """Where the phrase ends that begins here; one initial may stand in it: `Amina J. Okafor`."""
    here = words[place : place + len(phrase)]
    if tuple(word.letters for word in here) == phrase:
        return here[-1].end
    longer = words[place : place + len(phrase) + 1]
    has_initial = len(longer) > 2 and len(longer[1].letters) == 1 and not longer[1].hangs_on
    if has_initial and tuple(word.letters for word in (longer[0], *longer[2:])) == phrase:
        return longer[-1].end
    return None


def each_of(also_called: str) -> list[str]:
    """The names of a list with commas between them."""
    return [name for part in re.split(r"[,;\n]", also_called) if (name := " ".join(part.split()))]


def ways_to_write(first_name: str, last_name: str, also_called: str = "") -> list[str]:
    """Every way in which a colleague's name is looked for; `also_called` are other names of theirs.

    One of a single word stands for the first name only: alone it would meet too much else, as a first name
    would (“Will”, “May”). One of several words may be a first name too, or an earlier name in full.
    """
    ways = _ways_to_write(first_name, last_name)
    for name in each_of(also_called):
        ways += _ways_to_write(name, last_name)
        ways += _ways_to_write(f"{first_name} {name}", last_name)  # Amina “Mina” Okafor
        ways += _ways_to_write(*name.rsplit(maxsplit=1)) if " " in name else []
    return ways


def _ways_to_write(first_name: str, last_name: str) -> list[str]:
    """`Amina Okafor`, `Okafor Amina` and `A Okafor`; of a double name also each half of it. A name of one word
    would meet too much else."""
    if not (first_name.strip() and last_name.strip()):
        return []
    first = first_name.split()[0]
    firsts = dict.fromkeys([first_name, first, first[0]])
    lasts = dict.fromkeys([last_name, *re.split(r"[\s\-]+", last_name)])
    whole = [last for last in lasts if last == last_name or len(last) > 2]
    return [*(f"{one} {last}" for one, last in product(firsts, whole)), f"{last_name} {first_name}"]


def find(text: str, *, staff: PhraseBook, places: PhraseBook) -> Iterator[Span]:
    """Colleagues, listed places, and people with a title or as a family."""
    for start, end in staff.find(text):
        yield Span(start, end, Kind.STAFF_NAME)
    for start, end in places.find(text):
        yield Span(start, end, Kind.PLACE)
    for pattern in (_TITLED, _TITLED_IN_SMALL_LETTERS, _FAMILY):
        for match in pattern.finditer(text):
            yield Span(*match.span(), Kind.PERSON_NAME)
