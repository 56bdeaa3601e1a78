"""Words in SQLite: an FTS5 table of stems, ranked by its own bm25."""

from collections.abc import Iterable, Sequence
from typing import Any

from search.engines.database.dialects import AnalysedText, Sql
from search.words.synonyms import Terms

BETWEEN_STRETCHES = "zzgap"
"""Stands between two sections, so that no phrase reaches across; never part of a query."""

MAKE_TABLE = """
CREATE VIRTUAL TABLE search_words
USING fts5(title, summary, body, tokenize = "unicode61 remove_diacritics 0")
"""
DROP_TABLE = "DROP TABLE search_words"


class SqliteWords:
    """FTS5 keyed by page id."""

    def write(self, cursor: Any, page_id: int, text: AnalysedText | None) -> None:
        cursor.execute("DELETE FROM search_words WHERE rowid = %s", [page_id])
        if text is not None:
            body = f" {BETWEEN_STRETCHES} ".join(_line(stretch) for stretch in text.body)
            cursor.execute(
                "INSERT INTO search_words (rowid, title, summary, body) VALUES (%s, %s, %s, %s)",
                [page_id, _line(text.title), _line(text.summary), body],
            )

    def pages_holding(self, groups: Sequence[Sequence[Terms]], *, in_front: bool = False) -> Sql:
        match = " AND ".join(f"({_any_of(phrases)})" for phrases in groups)
        match = f"{{title summary}} : ({match})" if in_front else match
        return "SELECT rowid AS page_id FROM search_words WHERE search_words MATCH %s", [match]

    def ranked(self, groups: Sequence[Sequence[Terms]]) -> Sql:
        match = " OR ".join(_any_of(phrases) for phrases in groups)
        return (
            "SELECT rowid AS page_id, -bm25(search_words, 2.0, 1.5, 1.0) AS score "
            "FROM search_words WHERE search_words MATCH %s",
            [match],
        )


def _any_of(phrases: Iterable[Terms]) -> str:
    return " OR ".join(f'"{_line(terms)}"' for terms in phrases)


def _line(terms: Iterable[str]) -> str:
    return " ".join(plain_term(term) for term in terms)


def plain_term(term: str) -> str:
    """The term in letters that FTS5 keeps together, whatever alphabet it is in."""
    if term.isascii() and term.isalnum():
        return term
    return f"zz{term.encode().hex()}"
