"""A query read before it is sent: times and names become filters that the reader sees and can
take off."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from search.analysis.stopwords import LEANING
from search.engines.contract import About, Lift, Words
from search.queries.kinds import NEWS, KindRead, read_kinds
from search.queries.names import (
    NameRead,
    about_of,
    each_once,
    is_whole,
    read_names,
    worth_filtering,
)
from search.queries.phrases import split_phrases
from search.queries.search_query import SearchQuery
from search.queries.times import TimeRead, in_words, read_time
from search.words.in_use import TagName, WordsInUse
from search.words.synonyms import Group, Terms

TIME, SPELLING = "time", "spelling"
"""Keys of what is read and can be refused, beside those of tags."""
MOST_LIFTS = 3
NAME_WORTH = 1.5
KIND_WORTH = 2.0
NEWS_FIRST = tuple(Lift("kind", (kind,), worth) for worth, kind in enumerate(reversed(NEWS), 1))
"""A query that is only a time: what is read each quarter stands before what else is of that day."""
LEAD_IN = re.compile(
    r"^\s*(?:what\s+(?:do|did|have|can|should)\s+(?:we|i|you)\s+(?:learn(?:ed|t)?|know|find|found|say|said|see|seen)"
    r"|(?:show|tell|give|find|point)\s+(?:me|us)(?:\s+to)?|i(?:\s+am|['’]m)?\s+look(?:ing)?\s+for"
    r"|(?:any|some)thing)"
    r"(?:\s+(?:about|on|from|of|for))?\s+",
    re.IGNORECASE,
)
"""How people begin a question; what follows is what they want."""


@dataclass(frozen=True)
class ReadFilter:
    """A filter read from the words: shown as a chip; `key` takes it off."""

    key: str
    label: str
    words: str


@dataclass(frozen=True)
class Offer:
    """A choice of a facet that the words suggest: its pages stand higher, and the reader may have
    only these."""

    facet: str
    value: str


@dataclass(frozen=True)
class Reading:
    """A query as understood."""

    words: Words
    time: TimeRead | None = None
    about: tuple[About, ...] = ()
    filters: tuple[ReadFilter, ...] = ()
    lifts: tuple[Lift, ...] = ()
    offers: tuple[Offer, ...] = ()
    topic: TagName | None = None
    """The tag that the whole query names: its page is offered above the results."""

    @property
    def is_plain(self) -> bool:
        return not self.filters


def read(query: SearchQuery, words: WordsInUse, today: date, *, plainly: bool = False) -> Reading:
    """The query understood; `plainly` takes every word as a word and filters nothing."""
    text = LEAD_IN.sub("", query.text) or query.text
    time = None if plainly or TIME in query.taken_off else _time_of(text, today)
    if time:
        text = f"{text[: time.start]} {text[time.end :]}"
    typed = split_phrases(text)
    names = read_names(typed.loose, words)
    whole = bool(names) and not typed.phrases and is_whole(typed.loose, names, words)
    alone = whole and len({name.tag.key for name in names}) == 1
    kept = [] if plainly or alone else worth_filtering(names)
    kept = [name for name in kept if name.tag.key not in query.taken_off]
    others = [name for name in each_once(names) if name not in kept]
    kinds = read_kinds(typed.loose, words)
    asked = words_of_query(text, words, expand=query.synonyms)
    filters = [ReadFilter(TIME, in_words(time.span), time.words)] if time else []
    filters += [ReadFilter(n.tag.key, n.tag.label, n.words) for n in kept]
    return Reading(
        words=asked,
        time=time,
        about=tuple(about_of(n.tag, words) for n in kept),
        filters=tuple(filters),
        lifts=tuple(_lifts(others, kinds)) if asked else NEWS_FIRST if time else (),
        offers=tuple(_offers([] if alone else others, kinds)),
        topic=names[0].tag if alone else None,
    )


def _lifts(names: list[NameRead], kinds: list[KindRead]) -> Iterable[Lift]:
    """Pages with a tag or of a kind that the words name stand higher."""
    for name in names[:MOST_LIFTS]:
        yield Lift(name.tag.field, (name.tag.code,), NAME_WORTH)
    yield from (Lift("kind", (kind.kind,), KIND_WORTH) for kind in kinds)


def _offers(names: list[NameRead], kinds: list[KindRead]) -> Iterable[Offer]:
    yield from (Offer(name.tag.field, name.tag.code) for name in names[:MOST_LIFTS])
    yield from (Offer("kind", kind.kind) for kind in kinds)


def _time_of(text: str, today: date) -> TimeRead | None:
    """A time that stands outside quotation marks."""
    time = read_time(text, today)
    quoted = time and text[: time.start].count('"') % 2
    return None if quoted else time


def words_of_query(text: str, words: WordsInUse, *, expand: bool) -> Words:
    """The text as stretches and phrases. One of little words only is taken at its word."""
    typed = split_phrases(text)
    groups, welcome = _leaning(words.synonyms.groups(typed.loose, expand=expand))
    quoted = (tuple(words.analyser.terms(phrase)) for phrase in typed.phrases)
    phrases = tuple(dict.fromkeys(filter(None, quoted)))
    return Words(
        groups=_without_repeats(groups),
        phrases=phrases,
        welcome=welcome,
        keeps_little_words=not phrases and all(group.little for group in groups),
    )


def _leaning(groups: list[Group]) -> tuple[tuple[Group, ...], tuple[Terms, ...]]:
    """The stretches, where "not" and "without" count as little; and each with what follows it."""
    leaning = [group.terms[0] in LEANING and len(group.terms) == 1 for group in groups]
    welcome = tuple(
        group.terms + after.terms
        for group, after, leans in zip(groups, groups[1:], leaning, strict=False)
        if leans and not after.little
    )
    return (
        tuple(
            replace(group, little=True) if leans else group
            for group, leans in zip(groups, leaning, strict=True)
        ),
        welcome,
    )


def _without_repeats(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    return tuple({group.terms: group for group in groups}.values())
