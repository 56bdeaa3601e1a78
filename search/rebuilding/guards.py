"""What must be true of a new index before searches may read it."""

from collections.abc import Iterator

from audit_pages.publishing.records import EVERYONE
from search.elastic.comparing import held_documents
from search.elastic.engine import ElasticEngine
from search.engines.contract import EngineRequest
from search.ledger.models import Projection, ProjectionValue
from search.queries.reading import words_of_query
from search.words.in_use import WordsInUse

PAGES_TRIED = 20
"""How many pages are looked for by their own titles."""


def faults(index: str, words: WordsInUse) -> list[str]:
    """Why this index must not be read, in sentences; empty when it may be."""
    return [*_count_faults(index), *_canary_faults(index, words)]


def _count_faults(index: str) -> Iterator[str]:
    held = held_documents(index)
    rows = Projection.objects.filter(gone=False)
    should = dict(rows.values_list("page_id", "digest"))
    if held.keys() != should.keys():
        yield f"It holds {len(held)} documents and should hold {len(should)}."
    stale = sum(held[key].digest != should[key] for key in held.keys() & should.keys())
    if stale:
        yield f"{stale} documents are not as they were last built."


def _canary_faults(index: str, words: WordsInUse) -> Iterator[str]:
    engine = ElasticEngine(index)
    lost = [page_id for page_id, title in _canaries() if not _finds(engine, page_id, title, words)]
    if lost:
        yield f"{len(lost)} of {PAGES_TRIED} pages are not found by their own titles: {lost[:5]}."


def _canaries() -> list[tuple[int, str]]:
    opened = ProjectionValue.objects.filter(field="acl", value=EVERYONE).values("page_id")
    rows = Projection.objects.filter(gone=False, page_id__in=opened).order_by("-built_at")
    return list(rows.values_list("page_id", "title")[:PAGES_TRIED])


def _finds(engine: ElasticEngine, page_id: int, title: str, words: WordsInUse) -> bool:
    asked = words_of_query(title, words, expand=True)
    request = EngineRequest(tokens=frozenset({EVERYONE}), words=asked, limit=20)
    return any(hit.page_id == page_id for hit in engine.search(request).hits)
