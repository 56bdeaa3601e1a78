"""How each database holds words and answers for them. Everything else is the same SQL for both.

The words are analysed before they come here, so that all engines agree: FTS5 gets stems, and a
`tsvector` is written as a literal, past PostgreSQL's own parser and dictionaries.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import connection

from search.words.synonyms import Group, Terms

Sql = tuple[str, list[Any]]


@dataclass(frozen=True)
class AnalysedText:
    """A document's terms by weight: title, summary, and each stretch of the body."""

    title: Sequence[str]
    summary: Sequence[str]
    body: Sequence[Sequence[str]]


class Dialect(Protocol):
    """What the engine asks of a database."""

    def write(self, cursor: Any, page_id: int, text: AnalysedText | None) -> None:
        """Hold the page's words; None holds nothing."""
        ...

    def pages_holding(self, groups: Sequence[Sequence[Terms]], *, in_front: bool = False) -> Sql:
        """SQL that gives `page_id` of the pages that hold, of each group, at least one phrase;
        `in_front`: in their titles and summaries."""
        ...

    def ranked(self, groups: Sequence[Sequence[Terms]]) -> Sql:
        """SQL that gives `page_id, score` of the pages that hold anything of any group."""
        ...


def dialect() -> "Dialect":
    """The dialect of the database in use."""
    from search.engines.database.postgresql import PostgresqlWords
    from search.engines.database.sqlite import SqliteWords

    return PostgresqlWords() if connection.vendor == "postgresql" else SqliteWords()


def alternatives_of(groups: Iterable[Group]) -> list[tuple[Terms, ...]]:
    """What each stretch may be found as."""
    return [group.alternatives for group in groups]
