"""Names of themes and areas of work inside a query."""

from dataclasses import dataclass

from search.analysis.analyser import Token
from search.engines.contract import About
from search.words.in_use import TagName, WordsInUse

MOST_FILTERS = 1
"""More filters than this would leave too little to be found."""


@dataclass(frozen=True)
class NameRead:
    """A tag named in a query: the words that name it, and the tokens from `first` to before
    `after`."""

    tag: TagName
    words: str
    first: int
    after: int
    is_label: bool = False


def read_names(text: str, words: WordsInUse) -> list[NameRead]:
    """Tags named in the text in order, the longest name first where names overlap."""
    tokens = words.analyser.tokens(text)
    found: list[NameRead] = []
    place = 0
    while place < len(tokens):
        read = _name_at(text, tokens, place, words)
        if read:
            found.append(read)
        place = read.after if read else place + 1
    return found


def worth_filtering(reads: list[NameRead]) -> list[NameRead]:
    """The names that leave nothing else to be meant: a label of several words, and what means the
    same. "repeat referrals" is also called a theme, and a finding about neglect can say it too."""
    return [read for read in each_once(reads) if read.is_label][:MOST_FILTERS]


def each_once(reads: list[NameRead]) -> list[NameRead]:
    """The first reading of each tag."""
    return list({read.tag.key: read for read in reversed(reads)}.values())[::-1]


def _name_at(text: str, tokens: list[Token], place: int, words: WordsInUse) -> NameRead | None:
    for after in range(min(len(tokens), place + 8), place, -1):
        terms = tuple(token.term for token in tokens[place:after])
        if tag := words.tags_by_terms.get(terms):
            said = text[tokens[place].start : tokens[after - 1].end]
            return NameRead(tag, said, place, after, terms in words.terms_of_labels)
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
