"""From a published record to the document that both engines hold."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from audit_pages.publishing.records import PublishedRecord
from search.engines.contract import OWN_SOURCE

SCHEMA_VERSION = 1
VALUE_FIELDS = (
    "acl", "theme", "suggested_theme", "area_of_work", "age_band",
    "kind", "statement_kind", "level", "quarter", "focus", "source",
)  # fmt: skip

Document = dict[str, Any]


def build_document(record: PublishedRecord, labels: Mapping[str, str]) -> Document:
    """The record as plain values. `labels` (`theme:P04` → its name) let a page be found by the
    names of its tags."""
    document: Document = {
        "page_id": record.page_id,
        "title": record.title,
        "summary": record.summary,
        "sections": [
            [section.anchor, section.heading, section.text] for section in record.sections
        ],
        "keywords": [*record.keywords, *_names_of_tags(record, labels)],
        "url": record.url,
        "dated_on": _day(record.dated_on),
        "published_at": _moment(record.published_at),
        "reviewed_at": _moment(record.reviewed_at),
        "values": _values(record),
        "schema_version": SCHEMA_VERSION,
    }
    return document | {"digest": digest_of(document)}


def _values(record: PublishedRecord) -> dict[str, list[str]]:
    return {
        "acl": sorted(set(record.acl)),
        "theme": sorted(set(record.themes)),
        "suggested_theme": sorted(set(record.suggested_themes) - set(record.themes)),
        "area_of_work": sorted(set(record.areas_of_work)),
        "age_band": sorted(set(record.age_bands)),
        "kind": [record.kind],
        "statement_kind": [record.statement_kind] if record.statement_kind else [],
        "level": [record.level] if record.level else [],
        "quarter": [record.quarter] if record.quarter else [],
        "focus": [record.focus] if record.focus else [],
        "source": [record.source or OWN_SOURCE],
    }


def _names_of_tags(record: PublishedRecord, labels: Mapping[str, str]) -> list[str]:
    keys = [f"theme:{code}" for code in record.themes] + [
        f"area_of_work:{code}" for code in record.areas_of_work
    ]
    return [labels[key] for key in keys if key in labels]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def digest_of(document: Document) -> str:
    """A fingerprint of everything in the document, access included."""
    return hashlib.sha256(
        json.dumps(document, sort_keys=True, ensure_ascii=True).encode()
    ).hexdigest()


def body_texts(document: Document) -> list[str]:
    """The headings and texts of the sections, then the keywords: each a stretch that no phrase
    crosses."""
    texts = [f"{heading}\n{text}" if heading else text for _, heading, text in document["sections"]]
    return texts + [keyword for keyword in document["keywords"] if keyword]
