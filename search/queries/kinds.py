"""Kinds of page named in a query: "letters to thank a worker" wants letters."""

from dataclasses import dataclass

from search.words.in_use import WordsInUse
from search.words.synonyms import Terms

NAMES = {
    "finding": ("finding",),
    "letter": ("letter",),
    "briefing": ("briefing", "seven minute briefing", "7 minute briefing", "team meeting"),
    "training": ("training", "training module", "module"),
    "question_set": ("question",),
    "exemplar": ("example", "exemplar"),
    "quarterly": ("quarterly learning", "quarter"),
    "glossary": ("stand for", "stands for", "glossary"),
}
"""What people call each kind; endings make no difference."""
MAKING = ("write", "writing", "present", "presenting", "share", "sharing")
"""Who asks how to write a letter wants no letters."""
NEWS = ("quarterly", "briefing", "finding", "letter")
"""What a reader wants of a time, in this order."""


@dataclass(frozen=True)
class KindRead:
    """A kind named in a query, and the words that name it."""

    kind: str
    words: str


def read_kinds(text: str, words: WordsInUse) -> list[KindRead]:
    """The kinds named in the text in order, each once; the longest name where names overlap."""
    named = _kinds_by_terms(words)
    tokens = words.analyser.tokens(text)
    if {token.term for token in tokens} & {words.analyser.term(word) for word in MAKING}:
        return []
    found: dict[str, KindRead] = {}
    place = 0
    while place < len(tokens):
        length = next(
            (n for n in (3, 2, 1) if tuple(t.term for t in tokens[place : place + n]) in named), 0
        )
        if length:
            stretch = tokens[place : place + length]
            kind = named[tuple(token.term for token in stretch)]
            found.setdefault(kind, KindRead(kind, text[stretch[0].start : stretch[-1].end]))
        place += length or 1
    return list(found.values())


def _kinds_by_terms(words: WordsInUse) -> dict[Terms, str]:
    return {
        tuple(words.analyser.terms(name)): kind for kind, names in NAMES.items() for name in names
    }
