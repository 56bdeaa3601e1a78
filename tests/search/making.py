"""Documents made by hand for the tests of search."""

from datetime import date
from typing import Any

from audit_pages.publishing.records import EVERYONE, PublishedRecord, Section
from search.engines.contract import EngineAnswer
from search.ledger.documents import Document, build_document

READER = frozenset({EVERYONE})


def a_record(
    page_id: int, title: str = "A title", text: str = "", **fields: Any
) -> PublishedRecord:
    """A published record with one section, open to everyone unless the fields say otherwise."""
    given: dict[str, Any] = {
        "kind": "finding",
        "summary": "",
        "sections": (Section("what-we-saw", "What we saw", text),) if text else (),
        "url": f"/page-{page_id}/",
        "acl": (EVERYONE,),
        "dated_on": date(2025, 1, 1),
    }
    return PublishedRecord(page_id=page_id, title=title, **{**given, **fields})


def a_document(page_id: int, title: str = "A title", text: str = "", **fields: Any) -> Document:
    """The document of such a record."""
    return build_document(a_record(page_id, title, text, **fields), {})


def ids(answer: EngineAnswer) -> list[int]:
    """Pages found, in order."""
    return [hit.page_id for hit in answer.hits]
