"""Words in PostgreSQL: a `tsvector` written as a literal, ranked with the rarity of each word.

`ts_rank` knows nothing of how rare a word is, so each stretch of the query is ranked by itself and
weighed by how few of the pages found hold it, as BM25 does.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from search.engines.database.dialects import AnalysedText, Sql
from search.words.synonyms import Terms

LAST_POSITION = 16383
POSITIONS_PER_TERM = 250
GAP = 20
"""Places left free between two sections, so that no phrase reaches across."""

WEIGHTS = "{0.5, 0.5, 0.75, 1.0}"
"""D (body), C (unused), B (summary), A (title)."""

ADD_COLUMN = "ALTER TABLE search_projection ADD COLUMN words tsvector"
ADD_INDEX = "CREATE INDEX search_projection_words ON search_projection USING gin (words)"
DROP_COLUMN = "ALTER TABLE search_projection DROP COLUMN words"


class PostgresqlWords:
    """A `words` column beside the projection."""

    def write(self, cursor: Any, page_id: int, text: AnalysedText | None) -> None:
        words = vector_of(text) if text is not None else None
        cursor.execute(
            "UPDATE search_projection SET words = %s::tsvector WHERE page_id = %s", [words, page_id]
        )

    def pages_holding(self, groups: Sequence[Sequence[Terms]], *, in_front: bool = False) -> Sql:
        weights = ":AB" if in_front else ""
        match = " & ".join(f"({_any_of(phrases, weights)})" for phrases in groups)
        return "SELECT page_id FROM search_projection WHERE words @@ %s::tsquery", [match]

    def ranked(self, groups: Sequence[Sequence[Terms]]) -> Sql:
        queries = [_any_of(phrases) for phrases in groups]
        counts = ", ".join(
            f"count(*) FILTER (WHERE words @@ %s::tsquery) AS holding_{i}"
            for i in range(len(queries))
        )
        score = " + ".join(
            f"ts_rank('{WEIGHTS}', words, %s::tsquery, 1)"
            f" * ln(1 + (everything - holding_{i} + 0.5) / (holding_{i} + 0.5))"
            for i in range(len(queries))
        )
        return (
            f"""
            SELECT page_id, {score} AS score
            FROM (SELECT page_id, words FROM search_projection WHERE words @@ %s::tsquery) AS found,
                 (SELECT {counts} FROM search_projection WHERE words @@ %s::tsquery) AS held,
                 (SELECT count(*) AS everything FROM search_projection WHERE NOT gone) AS whole
            """,
            [*queries, " | ".join(queries), *queries, " | ".join(queries)],
        )


def _any_of(phrases: Iterable[Terms], weights: str = "") -> str:
    quoted = ([f"{_quoted(term)}{weights}" for term in terms] for terms in phrases)
    return " | ".join(f"({' <-> '.join(terms)})" for terms in quoted)


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def vector_of(text: AnalysedText) -> str:
    """The terms with places and weights, as PostgreSQL reads a `tsvector`."""
    places: dict[str, list[str]] = {}
    for term, place, weight in _placed(text):
        held = places.setdefault(term, [])
        if len(held) < POSITIONS_PER_TERM:
            held.append(f"{place}{weight}")
    return " ".join(f"{_quoted(term)}:{','.join(held)}" for term, held in places.items())


def _placed(text: AnalysedText) -> Iterator[tuple[str, int, str]]:
    place = 0
    for weight, stretches in (("A", [text.title]), ("B", [text.summary]), ("D", text.body)):
        for stretch in stretches:
            for term in stretch:
                place = min(place + 1, LAST_POSITION)
                yield term, place, weight
            place = min(place + GAP, LAST_POSITION)
