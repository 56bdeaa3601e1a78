"""One search, from what was typed to a page of results that its reader may see."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from audit_pages.publishing.readers import tokens_of, visible_pages
from search.engines.choosing import Asked, search
from search.engines.contract import EngineAnswer, EngineHit, EngineRequest
from search.ledger.documents import Document
from search.ledger.meanwhile import closed_meanwhile
from search.ledger.models import Projection
from search.queries.reading import Reading, read
from search.queries.search_query import SearchQuery
from search.results.highlighting import Highlight, Highlighter
from search.results.labels import Labels, split_known
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
class BestBetHit:
    """The page that an editor put above the results of this query."""

    page: Page
    note: str


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
    best_bets: list[BestBetHit] = field(default_factory=list)
    marking_words: tuple[str, ...] = ()
    stood_in: bool = False
    filters_dropped: bool = False
    unknown_choices: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        return max(1, -(-min(self.total, DEEPEST) // HITS_PER_PAGE))


def find(query: SearchQuery, user: Any, *, engine: str = "", limit: int = HITS_PER_PAGE) -> Found:
    """What this person finds. Filters read from the words are dropped when they leave nothing."""
    words = words_in_use()
    labels = Labels(words)
    known, unknown = split_known(dict(query.facets), labels)
    query = replace(query, facets=known, page=min(query.page, DEEPEST // limit))
    reading = read(query, words, timezone.localdate())
    closed = closed_meanwhile(user)
    request = request_for(query, reading, words, tokens_of(user), limit, closed)
    asked = search(request, engine)
    dropped = bool(reading.filters) and asked.answer.total == 0
    if dropped:
        reading = read(query, words, timezone.localdate(), plainly=True)
        request = request_for(query, reading, words, request.tokens, limit, closed)
        asked = search(request, engine)
    return _shown(query, reading, words, labels, user, asked, dropped, tuple(unknown))


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
        include_suggested=query.include_suggested,
        excluded=words.exclusions.get(words.key_of(query.text), frozenset()) | closed,
        sort=query.sort if query.text else "newest",
        offset=(query.page - 1) * limit,
        limit=limit,
        marking_theme=themes[0] if len(themes) == 1 and query.page == 1 else "",
    )


def _shown(
    query: SearchQuery,
    reading: Reading,
    words: WordsInUse,
    labels: Labels,
    user: Any,
    asked: Asked[EngineAnswer],
    dropped: bool,
    unknown: tuple[str, ...],
) -> Found:
    answer = asked.answer
    bets = words.best_bets.get(words.key_of(query.text), ()) if query.page == 1 else ()
    hit_ids = [hit.page_id for hit in answer.hits]
    pages = visible_pages(user, [*hit_ids, *(page_id for page_id, _ in bets)])
    hidden = sum(page_id not in pages for page_id in hit_ids)
    highlighter = Highlighter(words.analyser, reading.words, reading.about)
    return Found(
        query=query,
        reading=reading,
        engine=answer.engine,
        labels=labels,
        hits=shown_hits(answer.hits, pages, highlighter),
        total=answer.total - hidden,
        total_all_words=answer.total_all_words,
        facets=answer.facets,
        best_bets=[BestBetHit(pages[pk], note) for pk, note in bets if pk in pages],
        marking_words=answer.marking_words,
        stood_in=asked.stood_in,
        filters_dropped=dropped,
        unknown_choices=unknown,
    )


def shown_hits(hits: Any, pages: Mapping[int, Page], highlighter: Highlighter) -> list[Hit]:
    """The hits that the reader may still see, with their words marked."""
    rows = Projection.objects.filter(page_id__in=list(pages), gone=False)
    documents = dict(rows.values_list("page_id", "document"))
    return [
        _shown_hit(hit, documents[hit.page_id], highlighter)
        for hit in hits
        if hit.page_id in documents
    ]


def _shown_hit(hit: EngineHit, document: Document, highlighter: Highlighter) -> Hit:
    highlight = highlighter.highlight(document)
    url = document["url"] + (f"#{highlight.anchor}" if highlight.anchor else "")
    return Hit(hit.page_id, document["title"], url, document, highlight, hit.all_words)
