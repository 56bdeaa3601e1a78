"""The words of documents that are open to everyone, and what a word that none of them holds was
meant to be."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from string import ascii_lowercase

from django.conf import settings
from django.core.cache import cache

from audit_pages.publishing.records import EVERYONE
from search.analysis.analyser import Token, normalise
from search.analysis.tokens import words_of
from search.ledger.documents import Document, body_texts
from search.ledger.models import Projection, ProjectionValue
from search.queries.phrases import QUOTED
from search.words.in_use import WordsInUse

DOCUMENTS_READ = 2000
SECONDS_KEPT = 3600
SHORTEST = 4
LIKENESS = 0.8
"""How alike two words must be that differ by more than one letter (`difflib`'s ratio)."""


@dataclass(frozen=True)
class Vocabulary:
    """Each word as it is written, with the number of documents that hold it."""

    documents: Mapping[str, int]

    def nearest(self, word: str) -> str:
        """The likeliest word one letter away, or else the most alike; empty when none is near."""
        near = [other for other in one_letter_away(word) if other in self.documents]
        if near:
            return max(near, key=lambda other: (self.documents[other], other))
        kin = [w for w in self.documents if w[0] == word[0] and abs(len(w) - len(word)) <= 2]
        return next(iter(get_close_matches(word, kin, n=1, cutoff=LIKENESS)), "")


def vocabulary() -> Vocabulary:
    """The words of the newest documents that are open to everyone, as read in the last hour."""
    key = f"search:vocabulary:{settings.PORTAL_SEARCH_INDEX_PREFIX}"
    counted = cache.get(key)
    if counted is None:
        counted = dict(_counted(_open_documents()))
        cache.set(key, counted, SECONDS_KEPT)
    return Vocabulary(counted)


def _open_documents() -> Iterator[Document]:
    opened = ProjectionValue.objects.filter(field="acl", value=EVERYONE).values("page_id")
    rows = Projection.objects.filter(gone=False, page_id__in=opened).order_by("-page_id")
    return rows.values_list("document", flat=True)[:DOCUMENTS_READ].iterator()


def _counted(documents: Iterable[Document]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for document in documents:
        text = "\n".join([document["title"], document["summary"], *body_texts(document)])
        words = {normalise(word.text) for word in words_of(text)}
        counted.update(word for word in words if len(word) >= SHORTEST and word.isalpha())
    return counted


def one_letter_away(word: str) -> set[str]:
    """The word with one letter left out, put in, changed, or two neighbours exchanged."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    left_out = {start + end[1:] for start, end in cuts if end}
    exchanged = {start + end[1] + end[0] + end[2:] for start, end in cuts if len(end) > 1}
    changed = {start + sign + end[1:] for start, end in cuts if end for sign in ascii_lowercase}
    put_in = {start + sign + end for start, end in cuts for sign in ascii_lowercase}
    return left_out | exchanged | changed | put_in


def strange_tokens(text: str, words: WordsInUse) -> Iterator[Token]:
    """Those words of the text, in order, that stand in no document and in no line of synonyms.
    Words of fewer than four letters are not asked."""
    stems = {words.analyser.term(word) for word in vocabulary().documents}
    for token in words.analyser.tokens(text):
        word = normalise(text[token.start : token.end])
        long_enough = len(word) >= SHORTEST and word.isalpha() and word.isascii()
        if long_enough and token.term not in stems and not words.synonyms.knows(token.term):
            yield token


def respelt(text: str, words: WordsInUse) -> str:
    """The text with each word that stands nowhere as it was probably meant; empty when every word
    is known, or nothing is near. What is quoted stays."""
    known = vocabulary()
    quoted = [match.span() for match in QUOTED.finditer(text)]
    pieces, place, changed = [], 0, False
    for token in strange_tokens(text, words):
        if any(start <= token.start < end for start, end in quoted):
            continue
        if meant := known.nearest(normalise(text[token.start : token.end])):
            pieces += [text[place : token.start], meant]
            place, changed = token.end, True
    return "".join([*pieces, text[place:]]) if changed else ""
