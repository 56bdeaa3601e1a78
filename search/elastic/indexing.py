"""Writing documents: in bulk, each at its version, into every index that is live or being built."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from search.elastic.client import writing
from search.elastic.mapping import source_of
from search.engines.contract import EngineUnavailable
from search.ledger.documents import Document
from search.ledger.models import IndexBuild

STALE, NOT_THERE = 409, 404
OVERFULL = (429, 503)
NOT_ITS_FAULT = ("index_not_found_exception", "cluster_block_exception")
"""Errors of the whole index, told for each document."""


class ElasticTarget:
    """Where the drainer sends documents."""

    def send(
        self, documents: Mapping[int, Document | None], versions: Mapping[int, int]
    ) -> dict[int, str]:
        """Writes to each index; gives refused documents with the reason. Raises
        `EngineUnavailable`.

        The indices are looked up now, after the projection was written: an index whose building
        begins later reads that projection, so no document can be missed between the two.
        """
        names = index_names()
        if not names:
            raise EngineUnavailable("there is no index yet: run search_init")
        refused: dict[int, str] = {}
        for name in names:
            _require(name)
            refused |= send_bulk(name, documents, versions, refresh=True)
        return refused


def _require(index: str) -> None:
    """Raises `EngineUnavailable` when the index is gone: a write would make one without our fields."""
    with writing() as client:
        if not client.indices.exists(index=index):
            raise EngineUnavailable(f"the index {index} is gone: run search_init")


def index_names() -> list[str]:
    """The live index and the one being built."""
    states = [IndexBuild.State.LIVE, IndexBuild.State.BUILDING]
    return list(IndexBuild.objects.filter(state__in=states).values_list("name", flat=True))


def send_bulk(
    index: str,
    documents: Mapping[int, Document | None],
    versions: Mapping[int, int],
    *,
    refresh: bool,
) -> dict[int, str]:
    """Writes or removes the documents in one request; gives those refused for their own sake."""
    if not documents:
        return {}
    operations = [
        part for page_id, held in documents.items() for part in _parts(page_id, held, versions)
    ]
    with writing() as client:
        answer = client.bulk(
            index=index, operations=operations, refresh=refresh, require_alias=False
        )
    return dict(_refused(item for items in answer["items"] for item in items.values()))


def _parts(
    page_id: int, document: Document | None, versions: Mapping[int, int]
) -> Iterator[dict[str, Any]]:
    """The lines of one document: what to do at which version, and the document itself."""
    place = {"_id": str(page_id), "version": versions[page_id], "version_type": "external_gte"}
    if document is None:
        yield {"delete": place}
    else:
        yield {"index": place}
        yield source_of(document)


def _refused(items: Iterable[dict[str, Any]]) -> Iterator[tuple[int, str]]:
    """Documents that the server will not have. An older version, or one that is gone already, is
    well."""
    for item in items:
        status, error = item["status"], item.get("error", {}).get("type", "")
        if status in OVERFULL or error in NOT_ITS_FAULT:
            raise EngineUnavailable(f"bulk {status} {error}".rstrip())
        if status >= 400 and status not in (STALE, NOT_THERE):
            yield int(item["_id"]), f"{status} {error}"
