"""Names of themes and areas of work inside a query."""

from collections.abc import Mapping
from dataclasses import dataclass

from search.analysis.analyser import Token
from search.engines.contract import About
from search.words.in_use import TagName, WordsInUse
from search.words.synonyms import Terms

MOST_NAMES = 2
"""More names than this would leave too little to be found."""


@dataclass(frozen=True)
class NameRead:
    """A tag named in a query: the words that name it, and the tokens from `first` to before
    `after`."""

    tag: TagName
    words: str
    first: int
    after: int


def read_names(text: str, words: WordsInUse) -> list[NameRead]:
    """Tags named in the text in order, the longest name first where names overlap."""
    tokens = words.analyser.tokens(text)
    found: list[NameRead] = []
    place = 0
    while place < len(tokens):
        read = _name_at(text, tokens, place, words.tags_by_terms)
        if read:
            found.append(read)
        place = read.after if read else place + 1
    return found


def worth_filtering(reads: list[NameRead]) -> list[NameRead]:
    """At most two of the names that have several words; without any, one that has a single word.

    A single word is often meant otherwise ("dads missing from assessments" is not about missing
    children), so it must not narrow what a longer name has narrowed already.
    """
    once = list({read.tag.key: read for read in reads}.values())
    several = [read for read in once if read.after - read.first > 1]
    return several[:MOST_NAMES] or once[:1]


def _name_at(
    text: str, tokens: list[Token], place: int, named: Mapping[Terms, TagName]
) -> NameRead | None:
    for after in range(min(len(tokens), place + 8), place, -1):
        tag = named.get(tuple(token.term for token in tokens[place:after]))
        if tag:
            return NameRead(tag, text[tokens[place].start : tokens[after - 1].end], place, after)
    return None


def is_whole(text: str, reads: list[NameRead], words: WordsInUse) -> bool:
    """Whether the query says nothing beside these names but little words."""
    covered = {place for read in reads for place in range(read.first, read.after)}
    tokens = words.analyser.tokens(text)
    return all(place in covered or token.little for place, token in enumerate(tokens))


def about_of(tag: TagName, words: WordsInUse) -> About:
    """The condition that a page carries the tag or says one of its names.

    "SEND" as a name is left out when editors mark it as ambiguous: a page that says "send" is not
    about special needs.
    """
    names = [name for name in tag.names if not words.synonyms.is_ambiguous(name)]
    meanings = (terms for name in names for terms in words.synonyms.phrases_meaning(name))
    return About(tag.field, tag.code, tag.label, tuple(dict.fromkeys(filter(None, meanings))))
