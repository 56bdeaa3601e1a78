"""The database as a search engine: one statement finds, counts facets and gives a page of hits."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from search.engines.contract import EngineAnswer, EngineHit, EngineRequest
from search.engines.database import statements


class DatabaseEngine:
    """Answers from the projection. Always there; used where Elasticsearch is not, or is away."""

    name = "database"

    def search(self, request: EngineRequest) -> EngineAnswer:
        """What the reader's tokens open of what was asked; nothing at all without a token."""
        if not request.tokens:
            return EngineAnswer(self.name)
        return self._answer(_rows(*statements.search_statement(request)))

    def _answer(self, rows: Iterable[tuple[Any, ...]]) -> EngineAnswer:
        hits: list[EngineHit] = []
        facets: dict[str, dict[str, int]] = {}
        total = total_all_words = 0
        for part, name, value, number, all_words in rows:
            if part == "total":
                total, total_all_words = int(number), int(all_words or 0)
            elif part == "hit":
                hits.append(EngineHit(int(name), float(number), bool(all_words)))
            else:
                facets.setdefault(name, {})[value] = int(number)
        return EngineAnswer(self.name, hits, total, total_all_words, facets)

    def titles_starting(self, tokens: frozenset[str], typed: str, limit: int) -> list[int]:
        """Pages whose titles hold a word that begins with each word typed."""
        if not tokens or not typed.strip():
            return []
        return [row[0] for row in _rows(*statements.titles_statement(tokens, typed, limit))]

    def related(self, tokens: frozenset[str], page_id: int, limit: int) -> list[int]:
        """Pages that share themes, rare ones before common ones."""
        if not tokens:
            return []
        return [row[0] for row in _rows(*statements.related_statement(tokens, page_id, limit))]


def _rows(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
