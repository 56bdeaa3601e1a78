"""Keeping documents in the database: the projection, its values, and the words that are
searched."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from search.analysis.analyser import Analyser, normalise
from search.analysis.tokens import words_of
from search.engines.database.dialects import AnalysedText, dialect
from search.ledger.documents import VALUE_FIELDS, Document, body_texts
from search.ledger.models import Projection, ProjectionValue

UPSERT = """
INSERT INTO search_projection
    (page_id, version, gone, title, folded_title, dated_on, digest, document, built_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (page_id) DO UPDATE SET
    version = excluded.version, gone = excluded.gone, title = excluded.title,
    folded_title = excluded.folded_title, dated_on = excluded.dated_on,
    digest = excluded.digest, document = excluded.document, built_at = excluded.built_at
WHERE search_projection.version <= excluded.version
RETURNING page_id
"""


@transaction.atomic
def write_documents(
    documents: Mapping[int, Document | None], versions: Mapping[int, int], analyser: Analyser
) -> set[int]:
    """Keep each document at its version; None keeps that the page is gone. Gives the pages written.

    A document older than the one that is kept is not written.
    """
    written = set()
    with connection.cursor() as cursor:
        for page_id in sorted(documents):
            if _upsert(cursor, page_id, versions[page_id], documents[page_id]):
                write_words(cursor, page_id, documents[page_id], analyser)
                written.add(page_id)
    _replace_values({page_id: documents[page_id] for page_id in written})
    return written


def _upsert(cursor: Any, page_id: int, version: int, document: Document | None) -> bool:
    held = document or {}
    title = held.get("title", "")
    cursor.execute(
        UPSERT,
        [
            page_id, version, document is None, title, fold_title(title), held.get("dated_on"),
            held.get("digest", ""), _as_json(held), timezone.now(),
        ],
    )  # fmt: skip
    return cursor.fetchone() is not None


def _as_json(document: Document) -> Any:
    field = Projection._meta.get_field("document")
    return field.get_db_prep_value(document, connection)


def write_words(cursor: Any, page_id: int, document: Document | None, analyser: Analyser) -> None:
    """Hold the document's words as the analyser cuts them."""
    dialect().write(cursor, page_id, analysed(document, analyser) if document else None)


def analysed(document: Document, analyser: Analyser) -> AnalysedText:
    """The document's terms, by where they stand."""
    return AnalysedText(
        analyser.terms(document["title"]),
        analyser.terms(document["summary"]),
        [analyser.terms(text) for text in body_texts(document)],
    )


def _replace_values(documents: Mapping[int, Document | None]) -> None:
    ProjectionValue.objects.filter(page_id__in=list(documents)).delete()
    rows = [
        ProjectionValue(page_id=page_id, field=field, value=value[:200])
        for page_id, document in documents.items()
        if document
        for field in VALUE_FIELDS
        for value in document["values"][field]
    ]
    ProjectionValue.objects.bulk_create(rows, batch_size=1000)


def fold_title(title: str) -> str:
    """The title's words in lower case, each after a space: `" a plan that ends"`."""
    return "".join(f" {normalise(word.text)}" for word in words_of(title))


def rewrite_words(page_ids: Iterable[int], analyser: Analyser) -> int:
    """Cut the kept documents of these pages anew; how many there were."""
    rows = Projection.objects.filter(page_id__in=list(page_ids), gone=False)
    with transaction.atomic(), connection.cursor() as cursor:
        kept = list(rows.select_for_update().values_list("page_id", "document"))
        for page_id, document in kept:
            write_words(cursor, page_id, document, analyser)
    return len(kept)
