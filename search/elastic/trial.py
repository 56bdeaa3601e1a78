"""An index of its own for a collection that is being tried out."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice

from search.elastic.building import ROWS_PER_BULK, make_index, new_name
from search.elastic.client import writing
from search.elastic.engine import ElasticEngine
from search.elastic.indexing import send_bulk
from search.ledger.documents import Document
from search.words.in_use import WordsInUse
from search.words.snapshots import snapshot_in_use, take_snapshot


@contextmanager
def trial_index(documents: Mapping[int, Document], words: WordsInUse) -> Iterator[ElasticEngine]:
    """An engine over these documents only; its index is gone afterwards."""
    name = f"{new_name()}-trial"
    make_index(name, snapshot_in_use() or take_snapshot())
    try:
        fill_with(name, documents)
        yield ElasticEngine(name)
    finally:
        with writing() as client:
            client.indices.delete(index=name, ignore_unavailable=True)


def fill_with(name: str, documents: Mapping[int, Document]) -> None:
    """Send the documents, each as its first version."""
    waiting = iter(documents.items())
    while batch := dict(islice(waiting, ROWS_PER_BULK)):
        send_bulk(name, batch, dict.fromkeys(batch, 1), refresh=False)
    with writing() as client:
        client.indices.refresh(index=name)
