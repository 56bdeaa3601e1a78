"""Elasticsearch as a search engine. One request answers a page of results."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any

from django.conf import settings
from elasticsearch_dsl import Search

from search.analysis.stopwords import SET_ASIDE
from search.elastic import queries
from search.elastic.client import asking
from search.engines.contract import EngineAnswer, EngineHit, EngineRequest, EngineUnavailable
from search.queries.search_query import FACETS


def alias() -> str:
    """The name under which the live index is searched."""
    return settings.PORTAL_SEARCH_INDEX_PREFIX


class ElasticEngine:
    """Asks the live index, or the index named; in a hurry, or through the patient client."""

    name = "elasticsearch"

    def __init__(
        self,
        index: str = "",
        through: Callable[[], AbstractContextManager[Any]] = asking,
    ) -> None:
        self.index, self._through = index or alias(), through

    def search(self, request: EngineRequest) -> EngineAnswer:
        """What the reader's tokens open of what was asked. Raises `EngineUnavailable`."""
        if not request.tokens:
            return EngineAnswer(self.name)
        return answer_from(self._ask(queries.search_of(request)), request)

    def titles_starting(self, tokens: frozenset[str], typed: str, limit: int) -> list[int]:
        """Pages whose titles hold words that begin so."""
        if not tokens:
            return []
        return _ids(self._ask(queries.titles_search(tokens, typed, limit)))

    def related(self, tokens: frozenset[str], page_id: int, limit: int) -> list[int]:
        """Pages that share unusual words with this one."""
        if not tokens:
            return []
        return _ids(self._ask(queries.related_search(tokens, self.index, page_id, limit)))

    def _ask(self, asked: Search) -> dict[str, Any]:
        with self._through() as client:
            answer = client.search(index=self.index, body=asked.to_dict()).body
            if answer.get("timed_out", True) or answer.get("_shards", {}).get("failed", True):
                raise EngineUnavailable("only part of the index answered")
        return answer


def _ids(answer: dict[str, Any]) -> list[int]:
    return [int(hit["_id"]) for hit in answer["hits"]["hits"]]


def answer_from(answer: dict[str, Any], request: EngineRequest) -> EngineAnswer:
    """The server's answer in the shape that both engines give."""
    has_words = bool(request.words.counting)
    counts = answer["aggregations"]
    total = answer["hits"]["total"]["value"]
    return EngineAnswer(
        ElasticEngine.name,
        [_hit(hit, has_words) for hit in answer["hits"]["hits"]],
        total,
        counts[queries.ALL_WORDS]["doc_count"] if has_words else total,
        {
            name: {bucket["key"]: bucket["doc_count"] for bucket in found}
            for name in FACETS
            if (found := counts[name]["values"]["buckets"])
        },
        tuple(_marking_words(counts)),
    )


def _hit(hit: dict[str, Any], has_words: bool) -> EngineHit:
    holds_all = not has_words or queries.ALL_WORDS in hit.get("matched_queries", ())
    return EngineHit(int(hit["_id"]), hit["_score"] or 0.0, holds_all)


def _marking_words(counts: dict[str, Any]) -> Iterable[str]:
    if "everything" not in counts:
        return []
    buckets = counts["everything"]["theme"]["sample"]["words"]["buckets"]
    words = (bucket["key"] for bucket in buckets)
    telling = [word for word in words if word not in SET_ASIDE and not word.isdigit()]
    return telling[: queries.MARKING_WORDS]
