"""A query read before it is sent: times and names become filters that the reader sees and can
take off."""

import re
from dataclasses import dataclass
from datetime import date

from search.engines.contract import About, Words
from search.queries.names import about_of, is_whole, read_names, worth_filtering
from search.queries.phrases import split_phrases
from search.queries.search_query import SearchQuery
from search.queries.times import TimeRead, in_words, read_time
from search.words.in_use import TagName, WordsInUse
from search.words.synonyms import Group

TIME = "time"
LEAD_IN = re.compile(
    r"^\s*(?:what\s+(?:do|did|have|can|should)\s+(?:we|i|you)\s+(?:learn(?:ed|t)?|know|find|found|say|said|see|seen)"
    r"|(?:show|tell|give|find)\s+(?:me|us)|i(?:\s+am|['’]m)?\s+look(?:ing)?\s+for|(?:any|some)thing)"
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
class Reading:
    """A query as understood."""

    words: Words
    time: TimeRead | None = None
    about: tuple[About, ...] = ()
    filters: tuple[ReadFilter, ...] = ()
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
    filters = [ReadFilter(TIME, in_words(time.span), time.words)] if time else []
    filters += [ReadFilter(n.tag.key, n.tag.label, n.words) for n in kept]
    return Reading(
        words=words_of_query(text, words, expand=query.synonyms),
        time=time,
        about=tuple(about_of(n.tag, words) for n in kept),
        filters=tuple(filters),
        topic=names[0].tag if alone else None,
    )


def _time_of(text: str, today: date) -> TimeRead | None:
    """A time that stands outside quotation marks."""
    time = read_time(text, today)
    quoted = time and text[: time.start].count('"') % 2
    return None if quoted else time


def words_of_query(text: str, words: WordsInUse, *, expand: bool) -> Words:
    """The text as stretches and phrases. One of little words only is taken at its word."""
    typed = split_phrases(text)
    groups = tuple(words.synonyms.groups(typed.loose, expand=expand))
    quoted = (tuple(words.analyser.terms(phrase)) for phrase in typed.phrases)
    phrases = tuple(dict.fromkeys(filter(None, quoted)))
    return Words(
        groups=_without_repeats(groups),
        phrases=phrases,
        keeps_little_words=not phrases and all(group.little for group in groups),
    )


def _without_repeats(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    return tuple({group.terms: group for group in groups}.values())
