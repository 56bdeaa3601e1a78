"""What the tests of search share: documents made by hand, and an engine that holds only them."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.cache import cache

from search.elastic.building import drop_indices
from search.elastic.client import breaker
from search.engines.contract import EngineAnswer, EngineRequest, SearchEngine
from search.evaluation.running import holding
from search.ledger.documents import Document
from search.ledger.models import IndexBuild
from search.queries.reading import words_of_query
from search.rebuilding.services import rebuild
from search.words.in_use import WordsInUse, forget_words, read_words
from tests.search.making import READER

BOTH_ENGINES = ["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]


@pytest.fixture(autouse=True)
def _fresh_words() -> Iterator[None]:
    """Nothing that one test kept in memory reaches the next."""
    forget_words()
    cache.clear()
    breaker.reset()
    yield
    forget_words()
    breaker.reset()


@pytest.fixture
def words(db: None) -> WordsInUse:
    """The starter synonyms and the starter vocabulary."""
    return read_words()


@pytest.fixture(params=BOTH_ENGINES)
def over(
    request: pytest.FixtureRequest, words: WordsInUse
) -> Callable[..., AbstractContextManager[SearchEngine]]:
    """`with over(document, …) as engine:` either engine, over these documents only."""

    def _over(*documents: Document) -> AbstractContextManager[SearchEngine]:
        return holding(request.param, {held["page_id"]: held for held in documents}, words)

    return _over


@pytest.fixture
def asked(words: WordsInUse) -> Callable[..., EngineAnswer]:
    """`asked(engine, "text", facets={…})`: the engine's answer to an ordinary reader."""

    def _asked(
        engine: SearchEngine, text: str = "", *, expand: bool = True, **fields: Any
    ) -> EngineAnswer:
        given = {"tokens": READER, "words": words_of_query(text, words, expand=expand)}
        return engine.search(EngineRequest(**{**given, **fields}))

    return _asked


@pytest.fixture
def own_index(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An index of this test alone, filled from the projection: it is not rolled back with the database."""
    settings.PORTAL_SEARCH_ENGINE = "elasticsearch"
    settings.PORTAL_SEARCH_INDEX_PREFIX += f"-own-{uuid.uuid4().hex[:12]}"
    IndexBuild.objects.all().delete()
    with monkeypatch.context() as patch:  # its guards have tests of their own
        patch.setattr("search.rebuilding.services.faults", lambda index, words: [])
        built = rebuild().index
    yield built
    drop_indices(f"{settings.PORTAL_SEARCH_INDEX_PREFIX}-*")
