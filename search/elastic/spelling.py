"""Other spellings of a query, from words that stand in documents open to everyone."""

from typing import Any

from elasticsearch_dsl import Search

from search.elastic.client import asking
from search.elastic.engine import alias

CANDIDATES = 3
NAME = "spelling"


def spellings(text: str) -> list[str]:
    """Likelier spellings of the whole text, the likeliest first. Raises `EngineUnavailable`."""
    with asking() as client:
        answer = client.search(index=alias(), body=_search(text).to_dict()).body
    options = answer["suggest"][NAME][0]["options"] if answer["suggest"][NAME] else []
    return [option["text"] for option in options if option["text"] != text.lower()]


def _search(text: str) -> Search:
    generator: dict[str, Any] = {
        "field": "spell", "suggest_mode": "missing", "min_word_length": 4, "prefix_length": 1,
    }  # fmt: skip
    return Search().suggest(
        NAME,
        text,
        phrase={
            "field": "spell.shingles",
            "size": CANDIDATES,
            "max_errors": 2,
            "confidence": 0,
            "direct_generator": [generator],
        },
    )[0:0]
