"""Did you mean: another spelling, offered only when it finds something that this person may
read."""

from dataclasses import dataclass
from typing import Any

from audit_pages.publishing.readers import tokens_of
from search.engines.choosing import engine_named
from search.engines.contract import EngineRequest, EngineUnavailable
from search.ledger.meanwhile import closed_meanwhile
from search.queries.reading import words_of_query
from search.results.finding import Found
from search.results.presenting import address
from search.words.in_use import words_in_use

FEW = 3


@dataclass(frozen=True)
class Corrected:
    """The query spelt otherwise, and where it leads."""

    text: str
    url: str


def corrected(found: Found, user: Any) -> Corrected | None:
    """A better spelling where few pages hold all the words; Elasticsearch alone can tell."""
    if (
        found.typed
        or found.engine != "elasticsearch"
        or found.total_all_words >= FEW
        or not found.query.text
    ):
        return None
    from search.elastic.spelling import spellings

    try:
        for text in spellings(found.query.text):
            if _pages_holding_all(text, user) > found.total_all_words:
                return Corrected(text, address(found.query.with_changes(text=text)))
    except EngineUnavailable:
        return None
    return None


def _pages_holding_all(text: str, user: Any) -> int:
    """How many pages this person may read hold all the words."""
    words = words_of_query(text, words_in_use(), expand=True)
    request = EngineRequest(
        tokens=tokens_of(user), words=words, excluded=closed_meanwhile(user), limit=0
    )
    return engine_named("elasticsearch").search(request).total_all_words
