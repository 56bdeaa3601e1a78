"""English as the service writes it: one analyser for both engines, queries, synonyms and
highlights."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import snowballstemmer

from search.analysis.folding import strip_accents
from search.analysis.stopwords import SET_ASIDE
from search.analysis.tokens import words_of

IZE = re.compile(r"^([a-z]{3,})iz(e|es|ed|er|ers|ing|ation|ations)$")
"""`recognize` is spelt `recognise` here; `size` and `seize` have too few letters before."""

STARTER_OVERRIDES = {"children": "child", "childrens": "child"}
"""No English stemmer joins these, and "looked after children" must meet "looked after child"."""

MAXIMUM_WORD = 100


class Token(NamedTuple):
    """A word as it is indexed (`term`), with its place in the text and whether questions set it
    aside."""

    term: str
    start: int
    end: int
    little: bool


class Analyser:
    """Turns text into the terms that both engines hold."""

    def __init__(self, overrides: Mapping[str, str] | None = None) -> None:
        self.overrides = dict(STARTER_OVERRIDES if overrides is None else overrides)
        self._stemmer = snowballstemmer.stemmer("english")
        self._known: dict[str, tuple[str, bool]] = {}

    def tokens(self, text: str) -> list[Token]:
        """Every word of the text as a token, little words too: nothing is removed on the index
        side."""
        return list(self.tokens_from(text, 0))

    def tokens_from(self, text: str, start: int) -> Iterator[Token]:
        """The tokens one by one, from a place on at which a word begins."""
        for word in words_of(text, start):
            term, little = self._meet(word.text)
            yield Token(term, word.start, word.end, little)

    def terms(self, text: str) -> list[str]:
        """The terms of a text in order."""
        return [self._meet(word.text)[0] for word in words_of(text)]

    def term(self, word: str) -> str:
        """The term of one word."""
        return self._meet(word)[0]

    def _meet(self, word: str) -> tuple[str, bool]:
        if (known := self._known.get(word)) is None:
            if len(self._known) > 200_000:
                self._known.clear()
            known = self._known[word] = self._analyse(word)
        return known

    def _analyse(self, word: str) -> tuple[str, bool]:
        plain = normalise(word)
        little = plain in SET_ASIDE
        if plain in self.overrides:
            return self.overrides[plain], little
        return self._stemmer.stemWord(plain)[:MAXIMUM_WORD], little


def normalise(word: str) -> str:
    """The word in lower case, without a possessive, an accent or a z where we write s."""
    lowered = word.lower()
    lowered = lowered[:-2] if lowered.endswith("'s") else lowered
    return IZE.sub(r"\1is\2", strip_accents(lowered))


def joined(terms: Iterable[str]) -> str:
    """Terms as one string with single spaces."""
    return " ".join(terms)
