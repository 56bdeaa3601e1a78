"""Why a page was found: its words marked, and the section to open it at. One way for both
engines."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis.analyser import Analyser, Token
from search.analysis.folding import fold_characters
from search.analysis.tokens import SECTION_WORD, words_of
from search.engines.contract import About, Words
from search.ledger.documents import Document
from search.words.synonyms import Terms

OTHER_LETTERS = re.compile(r"[^\x00-\x7f£\u2000-\u206f]")
"""Anything but ASCII, pounds and the signs of print: it may be a letter with an accent."""
FRAGMENT = 260
"""Characters of text around the words found."""


@dataclass(frozen=True)
class Highlight:
    """Safe HTML in which only `mark` stands; `anchor` and `heading` are of the section shown."""

    title: SafeString
    text: SafeString
    anchor: str = ""
    heading: str = ""


@dataclass(frozen=True)
class Passage:
    """A stretch of text with the tokens to be marked in it, and how much it tells."""

    text: str
    marked: tuple[Token, ...] = ()
    start: int = 0
    end: int = 0
    worth: float = 0.0
    anchor: str = ""
    heading: str = ""


class Highlighter:
    """Marks one query's words in any number of documents."""

    def __init__(self, analyser: Analyser, words: Words, about: Sequence[About] = ()) -> None:
        self.analyser = analyser
        phrases = list(_wanted(words, about))
        self._starts = beginnings({terms[0] for terms in phrases}, analyser)
        self._enough = len(words.counting) + len(words.phrases)
        self.single = {terms[0] for terms in phrases if len(terms) == 1}
        self.longer: dict[str, list[Terms]] = {}
        for terms in phrases:
            if len(terms) > 1:
                self.longer.setdefault(terms[0], []).append(terms)

    def highlight(self, document: Document) -> Highlight:
        """The title marked, and the stretch of summary or sections that tells most."""
        title = self.marked(document["title"])
        best = self._best_passage(document["summary"])
        for anchor, heading, text in document["sections"]:
            if best.worth >= self._enough:
                break
            passage = self._best_passage(text, anchor, heading)
            best = passage if passage.worth > best.worth else best
        if not best.worth:
            return Highlight(title, _whole(document))
        return Highlight(title, _html(best), best.anchor, best.heading)

    def marked(self, text: str) -> SafeString:
        """The whole text with the words found marked."""
        return _html(Passage(text, tuple(self._found(text)), 0, len(text)))

    def _found(self, text: str) -> list[Token]:
        """The tokens to be marked. Only where a word begins like one of them is the text cut."""
        folded = fold_characters(text)
        if self._starts and not OTHER_LETTERS.search(folded):
            places = sorted(_places_of(self._starts, folded.lower()))
        else:
            places = [word.start for word in words_of(folded)]
        found: dict[int, Token] = {}
        for place in places:
            found.update((token.start, token) for token in self._found_at(folded, place))
        return list(found.values())

    def _found_at(self, text: str, start: int) -> list[Token]:
        """The word that begins here and those of the phrase it opens, if they are wanted."""
        tokens = list(islice(self.analyser.tokens_from(text, start), 1))
        if not tokens:
            return []
        phrases = self.longer.get(tokens[0].term, ())
        if phrases:
            longest = max(map(len, phrases))
            ahead = list(islice(self.analyser.tokens_from(text, start), longest))
            terms = tuple(token.term for token in ahead)
            held = [len(phrase) for phrase in phrases if terms[: len(phrase)] == phrase]
            if held:
                return ahead[: max(held)]
        return tokens if tokens[0].term in self.single else []

    def _best_passage(self, text: str, anchor: str = "", heading: str = "") -> Passage:
        """The stretch that holds the most different words, then the most words."""
        found = self._found(text)
        heading_worth = 0.5 * len({token.term for token in self._found(heading)}) if found else 0
        best = Passage(text, anchor=anchor, heading=heading)
        for place, first in enumerate(found):
            inside = [token for token in found[place:] if token.end <= first.start + FRAGMENT]
            terms = {token.term for token in inside}
            worth = len(terms) + 0.01 * min(len(inside), 20) + heading_worth
            if inside and worth > best.worth:
                best = Passage(
                    text, tuple(inside), first.start, inside[-1].end, worth, anchor, heading
                )
        return _widened(best) if best.worth else best


def beginnings(terms: Iterable[str], analyser: Analyser) -> list[str]:
    """With what a word begins that could have one of the terms, in ASCII; empty when that cannot be
    told, for a number may stand inside a statute's section.

    A stem and its words share their first letters, but for words that editors lead elsewhere.
    """
    wanted = set(terms)
    if any(term[:1].isdigit() for term in wanted):
        return []
    led = {word for word, found in analyser.overrides.items() if found in wanted}
    starts = {term[: max(1, min(4, len(term) - 2))] for term in wanted | led}
    if any(term.startswith(SECTION_WORD) for term in wanted):
        starts.add("s")
    return sorted(starts)


def _places_of(starts: Sequence[str], text: str) -> set[int]:
    """Where a word begins with one of these: string search, much quicker than cutting the text."""
    places = set()
    for start in starts:
        place = text.find(start)
        while place >= 0:
            if _is_word_start(text, place):
                places.add(place)
            place = text.find(start, place + 1)
    return places


def _is_word_start(text: str, place: int) -> bool:
    """Whether no letter, and no letter with an apostrophe, stands before this place."""
    before = place - 2 if text[place - 1 : place] == "'" else place - 1
    return before < 0 or not text[before].isalnum()


def _wanted(words: Words, about: Sequence[About]) -> Iterable[Terms]:
    for group in words.counting:
        yield from group.alternatives
        if len(group.terms) > 1:
            yield from ((term,) for term in group.terms)
    yield from words.phrases
    for condition in about:
        yield from condition.phrases


def _widened(passage: Passage) -> Passage:
    """The stretch with text before and after it, cut between words, begun at a sentence if one
    is near."""
    text, room = passage.text, max(FRAGMENT - (passage.end - passage.start), 0)
    earliest = max(passage.start - room // 2, 0)
    sentence = max(text.rfind(sign, earliest, passage.start) for sign in (". ", "? ", "! ", "\n"))
    word = text.find(" ", earliest, passage.start) + 1 if earliest else 0
    start = sentence + 1 if sentence >= 0 else word
    end = min(max(passage.end, start + FRAGMENT), len(text))
    if end < len(text):
        end = max(text.rfind(" ", passage.end, end), passage.end)
    return Passage(text, passage.marked, start, end, passage.worth, passage.anchor, passage.heading)


def _html(passage: Passage) -> SafeString:
    """The stretch with everything escaped but the marks; words side by side share one mark."""
    pieces, place = [], passage.start
    for start, end in _runs(passage):
        pieces += [escape(passage.text[place:start]), "<mark>", escape(passage.text[start:end])]
        pieces.append("</mark>")
        place = end
    pieces.append(escape(passage.text[place : passage.end]))
    before = "… " if passage.text[: passage.start].strip() else ""
    after = " …" if passage.text[passage.end :].strip() else ""
    return mark_safe(f"{before}{''.join(pieces).strip()}{after}")


def _runs(passage: Passage) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for token in passage.marked:
        if passage.start <= token.start and token.end <= passage.end:
            if runs and passage.text[runs[-1][1] : token.start] in (" ", "-"):
                runs[-1] = (runs[-1][0], token.end)
            else:
                runs.append((token.start, token.end))
    return runs


def _whole(document: Document) -> SafeString:
    """The summary, or how the first section begins, with nothing to mark."""
    text = document["summary"] or next((text for _, _, text in document["sections"] if text), "")
    cut = text if len(text) <= FRAGMENT else text[: text.rfind(" ", 0, FRAGMENT)]
    return _html(Passage(text, end=len(cut)))
