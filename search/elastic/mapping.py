"""The fields of the learning index. Strict: a document with any other field is refused."""

from collections.abc import Iterable, Mapping
from typing import Any

from elasticsearch_dsl import Date, Integer, Keyword, Long, Text
from elasticsearch_dsl import Mapping as DslMapping

from audit_pages.publishing.records import EVERYONE
from search.elastic import analysis
from search.ledger.documents import Document, body_texts

TEXT_FIELDS = ["title^2", "summary^1.5", "body"]
VALUE_FIELDS = (
    "acl", "theme", "suggested_theme", "any_theme", "area_of_work", "age_band", "kind",
    "statement_kind", "level", "quarter", "focus", "source",
)  # fmt: skip

SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    "number_of_replicas": 0,
    "max_result_window": 10_000,
    "gc_deletes": "1h",
}
"""`gc_deletes`: how long the server remembers the version of a document that was removed."""


def index_body(overrides: Mapping[str, str], synonyms: Iterable[str]) -> dict[str, Any]:
    """Settings and mappings of a new index."""
    analysed = analysis.analysis_settings(overrides, synonyms)
    return {"settings": {**SETTINGS, "analysis": analysed}, "mappings": mapping().to_dict()}


def mapping() -> DslMapping:
    """What a document may hold."""
    fields = DslMapping()
    fields.meta("dynamic", "strict")
    for name in ("title", "summary", "body"):
        fields.field(name, _words(name))
    fields.field("spell", _spelling())
    for name in VALUE_FIELDS:
        fields.field(name, Keyword())
    fields.field("url", Keyword(index=False))
    fields.field("digest", Keyword())
    fields.field("page_id", Long())
    fields.field("schema_version", Integer())
    for name in ("dated_on", "published_at", "reviewed_at"):
        fields.field(name, Date())
    return fields


def _words(name: str) -> Text:
    inner: dict[str, Any] = {"exact": Text(analyzer=analysis.EXACT)}
    if name == "title":
        inner["prefix"] = Text(analyzer=analysis.PREFIXES, search_analyzer=analysis.TYPED)
        inner["raw"] = Keyword(ignore_above=500)
    return Text(analyzer=analysis.INDEXED, search_analyzer=analysis.SEARCHED, fields=inner)


def _spelling() -> Text:
    """Words as written, and in pairs and threes, of documents that are open to everyone."""
    return Text(analyzer=analysis.EXACT, fields={"shingles": Text(analyzer=analysis.SHINGLES)})


def source_of(document: Document) -> dict[str, Any]:
    """The document as Elasticsearch keeps it."""
    values = document["values"]
    body = body_texts(document)
    source: dict[str, Any] = {
        "page_id": document["page_id"],
        "title": document["title"],
        "summary": document["summary"],
        "body": body,
        "any_theme": sorted({*values["theme"], *values["suggested_theme"]}),
        "url": document["url"],
        "digest": document["digest"],
        "schema_version": document["schema_version"],
        **{name: document[name] for name in ("dated_on", "published_at", "reviewed_at")},
        **values,
    }
    if EVERYONE in values["acl"]:
        source["spell"] = [document["title"], document["summary"], *body]
    return source
