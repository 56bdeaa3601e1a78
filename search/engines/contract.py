"""What is asked of an engine and what it answers; both engines keep to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from search.queries.times import Span
from search.words.synonyms import Group, Terms

OWN_SOURCE = "own"
"""The source facet's value for our own learning, which has no outside source."""


class EngineUnavailable(Exception):
    """The engine cannot answer now; another may."""


@dataclass(frozen=True)
class Words:
    """The words of a query. `plain` is the text without quoted phrases, for engines that analyse
    it themselves."""

    groups: tuple[Group, ...] = ()
    phrases: tuple[Terms, ...] = ()
    welcome: tuple[Terms, ...] = ()
    """Phrases that need not be there, and lift a page where they are: "not seen"."""
    keeps_little_words: bool = False
    """True when the query is made of little words only, and so they count."""

    @property
    def counting(self) -> tuple[Group, ...]:
        """The stretches that are searched for."""
        return tuple(g for g in self.groups if self.keeps_little_words or not g.little)

    @property
    def has_synonyms(self) -> bool:
        return any(group.others for group in self.counting)

    def __bool__(self) -> bool:
        return bool(self.counting or self.phrases)


@dataclass(frozen=True)
class About:
    """Only pages tagged so, or that hold one of the phrases."""

    field: str
    code: str
    label: str
    phrases: tuple[Terms, ...]

    @property
    def key(self) -> str:
        return f"{self.field}:{self.code}"


@dataclass(frozen=True)
class Lift:
    """Pages with one of the values rank higher; the others are found all the same. `worth` counts
    in steps, of which one is a good match of a word."""

    field: str
    values: tuple[str, ...]
    worth: float = 1.0


@dataclass(frozen=True)
class Trial:
    """Words that no index was built with: the question itself brings what an index would know."""

    moved: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Stem → words, as written, that would stand under it and stand elsewhere as yet."""


@dataclass(frozen=True)
class EngineRequest:
    """One question to an engine. `tokens` are the reader's access; none means that nothing is
    found."""

    tokens: frozenset[str]
    words: Words = Words()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    span: Span | None = None
    about: tuple[About, ...] = ()
    lifts: tuple[Lift, ...] = ()
    include_suggested: bool = False
    excluded: frozenset[int] = frozenset()
    sort: str = "relevance"
    offset: int = 0
    limit: int = 10
    marking_theme: str = ""
    """A theme whose marking words are wanted beside the hits, where the engine can tell them."""
    trial: Trial | None = None


@dataclass(frozen=True)
class EngineHit:
    """A page found; `all_words` says whether it holds every word asked for, wherever they stand.

    Pages that hold them all in title and summary stand first.
    """

    page_id: int
    rank: float
    all_words: bool


@dataclass(frozen=True)
class EngineAnswer:
    """What an engine found: one page of hits, and counts over all of them."""

    engine: str
    hits: Sequence[EngineHit] = ()
    total: int = 0
    total_all_words: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    marking_words: tuple[str, ...] = ()


class SearchEngine(Protocol):
    """An engine that answers requests."""

    name: str

    def search(self, request: EngineRequest) -> EngineAnswer: ...

    def titles_starting(self, tokens: frozenset[str], typed: str, limit: int) -> list[int]:
        """Pages whose titles hold words that begin so, best first."""
        ...

    def related(self, tokens: frozenset[str], page_id: int, limit: int) -> list[int]:
        """Other pages that are about the same, nearest first."""
        ...
