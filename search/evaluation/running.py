"""Asking a collection's queries through the product's own analyser, query and engine."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

from audit_pages.publishing.records import EVERYONE, PublishedRecord, Section
from search.engines.contract import EngineRequest, SearchEngine
from search.engines.database.engine import DatabaseEngine
from search.engines.database.private import private_tables
from search.engines.database.writing import write_documents
from search.evaluation.collections import Collection
from search.ledger.documents import Document, build_document
from search.queries.reading import words_of_query
from search.words.in_use import WordsInUse

DEPTH = 1000
Rankings = dict[str, list[tuple[str, float]]]
"""Query → documents with their scores, best first."""


def rank(collection: Collection, engine_name: str, words: WordsInUse) -> Rankings:
    """Every query's ranking by the engine, over an index of the collection's own."""
    numbers = dict(enumerate(collection.documents, start=1))
    with holding(engine_name, documents_of(collection), words) as engine:
        return {
            key: [(numbers[page_id], score) for page_id, score in _ask(engine, text, words)]
            for key, text in collection.queries.items()
        }


def documents_of(collection: Collection) -> dict[int, Document]:
    """The collection as documents open to everyone, numbered from 1."""
    return {
        number: build_document(
            PublishedRecord(
                page_id=number, kind="judged", title=title, summary="",
                sections=(Section("", "", text),), url="", acl=(EVERYONE,),
            ),
            {},
        )
        for number, (title, text) in enumerate(collection.documents.values(), start=1)
    }  # fmt: skip


def holding(
    engine_name: str, documents: Mapping[int, Document], words: WordsInUse
) -> AbstractContextManager[SearchEngine]:
    """An engine of that name over these documents only, and nothing left of them afterwards."""
    if engine_name == "database":
        return _in_database(documents, words)
    from search.elastic.trial import trial_index

    return trial_index(documents, words)


@contextmanager
def _in_database(documents: Mapping[int, Document], words: WordsInUse) -> Iterator[SearchEngine]:
    with private_tables():
        write_documents(documents, dict.fromkeys(documents, 1), words.analyser)
        yield DatabaseEngine()


def _ask(engine: SearchEngine, text: str, words: WordsInUse) -> list[tuple[int, float]]:
    request = EngineRequest(
        tokens=frozenset({EVERYONE}),
        words=words_of_query(text, words, expand=True),
        limit=DEPTH,
    )
    return [(hit.page_id, hit.rank) for hit in engine.search(request).hits]
