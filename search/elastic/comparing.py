"""What an index holds, to be compared with what it should hold."""

from collections.abc import Iterator
from typing import Any

from search.elastic.client import writing
from search.ledger.targets import Held

ROWS_PER_PAGE = 1000


def held_documents(index: str) -> dict[int, Held]:
    """Every document of the index by page id. Raises `EngineUnavailable`."""
    return {
        int(hit["_id"]): Held(
            hit["_source"]["digest"], tuple(sorted(hit["_source"]["acl"])), hit["_version"]
        )
        for hit in _every_hit(index)
    }


def _every_hit(index: str) -> Iterator[dict[str, Any]]:
    after: list[Any] | None = None
    with writing() as client:
        client.indices.refresh(index=index)
        while True:
            answer = client.search(
                index=index,
                size=ROWS_PER_PAGE,
                sort=[{"page_id": "asc"}],
                search_after=after,
                source_includes=["digest", "acl"],
                version=True,
                track_total_hits=False,
            )
            hits = answer["hits"]["hits"]
            if not hits:
                return
            after = hits[-1]["sort"]
            yield from hits


def count_documents(index: str) -> int:
    """How many documents the index holds. Raises `EngineUnavailable`."""
    with writing() as client:
        return int(client.options(request_timeout=5, max_retries=0).count(index=index)["count"])
