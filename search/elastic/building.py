"""Indices: made, filled from the projection, swapped by alias, removed."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from search.elastic.client import writing
from search.elastic.engine import alias
from search.elastic.indexing import send_bulk
from search.elastic.mapping import index_body
from search.ledger.documents import Document
from search.ledger.models import IndexBuild, Projection
from search.words.models import WordsSnapshot

ROWS_PER_BULK = 500
BULKS_AT_ONCE = 2
"""The server works on one request with one core; the next is read from the database meanwhile."""
Batch = tuple[dict[int, Document | None], dict[int, int]]


def new_name() -> str:
    """A name of the moment: `learning-20261123t064500123456`."""
    moment = datetime.now(UTC).strftime("%Y%m%dt%H%M%S%f")
    return f"{settings.PORTAL_SEARCH_INDEX_PREFIX}-{moment}"


def make_index(name: str, snapshot: WordsSnapshot) -> None:
    """An empty index that reads words as the snapshot says."""
    body = index_body(snapshot.overrides, list(filter(None, snapshot.synonyms.splitlines())))
    with writing() as client:
        client.indices.create(index=name, **body)


def begin(snapshot: WordsSnapshot) -> IndexBuild:
    """A new empty index to which the drainer writes from now on."""
    name = new_name()
    make_index(name, snapshot)
    return IndexBuild.objects.create(name=name, snapshot=snapshot, made_at=timezone.now())


def fill(index: str) -> int:
    """Send every kept document at its version; how many were read."""
    read, sending = 0, deque[Future[object]]()
    with ThreadPoolExecutor(BULKS_AT_ONCE) as pool:
        for documents, versions in projection_batches():
            sending.append(pool.submit(send_bulk, index, documents, versions, refresh=False))
            read += len(documents)
            if len(sending) > BULKS_AT_ONCE:
                sending.popleft().result()
        for sent in sending:
            sent.result()
    with writing() as client:
        client.indices.refresh(index=index)
    return read


def projection_batches() -> Iterator[Batch]:
    """The projection in order of id, a few hundred rows at a time; None for what is gone."""
    last = 0
    while True:
        rows = Projection.objects.filter(page_id__gt=last).order_by("page_id")
        batch = list(rows.values_list("page_id", "version", "gone", "document")[:ROWS_PER_BULK])
        if not batch:
            return
        last = batch[-1][0]
        documents = {page_id: None if gone else held for page_id, _, gone, held in batch}
        yield documents, {page_id: version for page_id, version, _, _ in batch}


def swap_to(build: IndexBuild) -> None:
    """Let searches read this index, in one step; the one they read before is kept as the
    previous."""
    with writing() as client:
        actions = [{"remove": {"index": f"{alias()}-*", "alias": alias(), "must_exist": False}}]
        client.indices.update_aliases(
            actions=[*actions, {"add": {"index": build.name, "alias": alias()}}]
        )
    note_swap(build)


def note_swap(build: IndexBuild) -> None:
    """Write down that this index is read, and drop the one before the previous."""
    with transaction.atomic():
        states = IndexBuild.State
        for older in IndexBuild.objects.filter(state=states.PREVIOUS):
            discard(older)
        IndexBuild.objects.filter(state=states.LIVE).update(state=states.PREVIOUS)
        build.state, build.swapped_at = states.LIVE, timezone.now()
        build.save(update_fields=["state", "swapped_at"])


def discard(build: IndexBuild) -> None:
    """Remove the index from the server, and its row."""
    with writing() as client:
        client.indices.delete(index=build.name, ignore_unavailable=True)
    build.delete()


def drop_indices(pattern: str) -> list[str]:
    """Remove the indices whose names fit, one by one; which they were."""
    with writing() as client:
        names = list(client.indices.get(index=pattern))
        for name in names:
            client.indices.delete(index=name, ignore_unavailable=True)
    return names


def live_build_exists() -> bool:
    """Whether there is an index that searches read, on the server too."""
    build = IndexBuild.objects.filter(state=IndexBuild.State.LIVE).first()
    return build is not None and is_read(build)


def is_read(build: IndexBuild) -> bool:
    """Whether the alias leads to this index."""
    with writing() as client:
        return bool(client.indices.exists_alias(name=alias(), index=build.name))
