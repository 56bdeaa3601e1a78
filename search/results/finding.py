"""One search, from what was typed to a page of results that its reader may see."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone

from audit_pages.publishing.readers import tokens_of, visible_pages
from search.engines.choosing import Asked, search
from search.engines.contract import EngineAnswer, EngineHit, EngineRequest, Trial
from search.ledger.documents import Document
from search.ledger.meanwhile import closed_meanwhile
from search.queries.reading import SPELLING, Reading, read
from search.queries.search_query import SearchQuery
from search.results.documents import visible_documents
from search.results.highlighting import Highlight, Highlighter
from search.results.labels import Labels, split_known
from search.suggestions.vocabulary import respelt
from search.words.in_use import WordsInUse, words_in_use

HITS_PER_PAGE = 10
DEEPEST = 10_000
"""Results beyond this many cannot be turned to; the facets narrow them."""


@dataclass(frozen=True)
class Hit:
    """A page found, as it is shown."""

    page_id: int
    title: str
    url: str
    document: Document
    highlight: Highlight
    all_words: bool


@dataclass(frozen=True)
class Above:
    """A page that stands above the results: an editor's best bet, or that of the theme named."""

    page_id: int
    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Found:
    """A page of results and everything that is said about it."""

    query: SearchQuery
    reading: Reading
    engine: str
    labels: Labels
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    total_all_words: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    best_bets: list[Above] = field(default_factory=list)
    topic: Above | None = None
    marking_words: tuple[str, ...] = ()
    stood_in: bool = False
    filters_dropped: bool = False
    typed: str = ""
    """What was typed, where the query has been respelt."""
    unknown_choices: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        return max(1, -(-min(self.total, DEEPEST) // HITS_PER_PAGE))


def find(query: SearchQuery, user: Any, *, engine: str = "", limit: int = HITS_PER_PAGE) -> Found:
    """What this person finds. Filters read from the words are dropped when they leave nothing, and
    a word that stands nowhere is taken as it was probably meant."""
    words = words_in_use()
    labels = Labels(words)
    known, unknown = split_known(dict(query.facets), labels)
    query = replace(query, facets=known, page=min(query.page, DEEPEST // limit))
    asker = Asker(words, tokens_of(user), closed_meanwhile(user), engine, limit)
    answered = asker.answer(query)
    return _shown(answered, words, labels, user, tuple(unknown))


@dataclass(frozen=True)
class Answered:
    """A query as it was put to an engine, and what that said. `typed`: before it was respelt."""

    query: SearchQuery
    reading: Reading
    asked: Asked[EngineAnswer]
    filters_dropped: bool = False
    typed: str = ""


@dataclass(frozen=True)
class Asker:
    """Puts one person's query to the engine."""

    words: WordsInUse
    tokens: frozenset[str]
    closed: frozenset[int]
    engine: str
    limit: int
    trial: Trial | None = None
    """Set where the words are not those that the index was built with."""

    def answer(self, query: SearchQuery) -> Answered:
        """What the person is shown: the answer, or that to the query as it was probably meant."""
        answered = self.ask(query)
        return answered if answered.asked.answer.total_all_words else self.respelt(answered)

    def ask(self, query: SearchQuery) -> Answered:
        """The answer; without the filters read from the words, where these leave nothing."""
        reading = read(query, self.words, timezone.localdate())
        asked = self._search(query, reading)
        if asked.answer.total or not reading.filters:
            return Answered(query, reading, asked)
        reading = read(query, self.words, timezone.localdate(), plainly=True)
        return Answered(query, reading, self._search(query, reading), filters_dropped=True)

    def respelt(self, answered: Answered) -> Answered:
        """The answer to the query as it was probably meant, where it has a word that stands
        nowhere and pages that the person may read hold all of the others' and the meant words."""
        typed = answered.query
        text = "" if SPELLING in typed.taken_off else respelt(typed.text, self.words)
        if not text:
            return answered
        meant = self.ask(replace(typed, text=text))
        return replace(meant, typed=typed.text) if meant.asked.answer.total_all_words else answered

    def _search(self, query: SearchQuery, reading: Reading) -> Asked[EngineAnswer]:
        asked = request_for(query, reading, self.words, self.tokens, self.limit, self.closed)
        return search(replace(asked, trial=self.trial), self.engine)


def request_for(
    query: SearchQuery,
    reading: Reading,
    words: WordsInUse,
    tokens: frozenset[str],
    limit: int,
    closed: frozenset[int] = frozenset(),
) -> EngineRequest:
    """The question that an engine is asked; `closed` pages are left out of it."""
    themes = query.facets.get("theme", ())
    return EngineRequest(
        tokens=tokens,
        words=reading.words,
        facets=query.facets,
        span=reading.time.span if reading.time else None,
        about=reading.about,
        lifts=reading.lifts,
        include_suggested=query.include_suggested,
        excluded=words.exclusions.get(words.key_of(query.text), frozenset()) | closed,
        sort=query.sort if reading.words else "newest",
        offset=(query.page - 1) * limit,
        limit=limit,
        marking_theme=themes[0] if len(themes) == 1 and query.page == 1 else "",
    )


def _shown(
    answered: Answered, words: WordsInUse, labels: Labels, user: Any, unknown: tuple[str, ...]
) -> Found:
    query, reading, answer = answered.query, answered.reading, answered.asked.answer
    bets = words.best_bets.get(words.key_of(query.text), ()) if query.page == 1 else ()
    topic = _page_of_topic(answered, words)
    hit_ids = [hit.page_id for hit in answer.hits]
    above = [*(page_id for page_id, _ in bets), *([topic] if topic else [])]
    documents = visible_documents(user, [*hit_ids, *above])
    highlighter = Highlighter(words.analyser, reading.words, reading.about)
    return Found(
        query=query,
        reading=reading,
        engine=answer.engine,
        labels=labels,
        hits=[
            _shown_hit(hit, documents[hit.page_id], highlighter)
            for hit in answer.hits
            if hit.page_id in documents
        ],
        total=answer.total - sum(page_id not in documents for page_id in hit_ids),
        total_all_words=answer.total_all_words,
        facets=answer.facets,
        best_bets=list(_best_bets(bets, documents, user)),
        topic=_above(documents[topic]) if topic in documents else None,
        marking_words=answer.marking_words,
        stood_in=answered.asked.stood_in,
        filters_dropped=answered.filters_dropped,
        typed=answered.typed,
        unknown_choices=unknown,
    )


def _page_of_topic(answered: Answered, words: WordsInUse) -> int:
    """The page of the theme that the whole query names, on the first page of results; else 0."""
    topic = answered.reading.topic
    if topic is None or topic.field != "theme" or answered.query.page > 1:
        return 0
    return words.theme_pages.get(topic.code, 0)


def _best_bets(
    bets: Sequence[tuple[int, str]], documents: Mapping[int, Document], user: Any
) -> Iterator[Above]:
    """The best bets that the person may see, pages without a document of their own too."""
    others = [page_id for page_id, _ in bets if page_id not in documents]
    pages = visible_pages(user, others) if others else {}
    for page_id, note in bets:
        if page_id in documents:
            yield _above(documents[page_id], note)
        elif page_id in pages:
            yield Above(page_id, pages[page_id].title, pages[page_id].url or "", note)


def _above(document: Document, note: str = "") -> Above:
    return Above(document["page_id"], document["title"], document["url"], note)


def _shown_hit(hit: EngineHit, document: Document, highlighter: Highlighter) -> Hit:
    highlight = highlighter.highlight(document)
    url = document["url"] + (f"#{highlight.anchor}" if highlight.anchor else "")
    return Hit(hit.page_id, document["title"], url, document, highlight, hit.all_words)
