"""A new index beside the old, guarded, swapped in one step, taken back, and cut off at the worst moments."""

from collections.abc import Iterator
from threading import Event, Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from search.elastic import building, indexing
from search.elastic.client import index_client
from search.elastic.comparing import held_documents
from search.elastic.mapping import source_of
from search.engines.contract import EngineUnavailable
from search.ledger.draining import drain
from search.ledger.marking import mark_dirty
from search.ledger.models import IndexBuild, LedgerRow, Projection
from search.rebuilding import guards, services
from search.rebuilding.locking import BuildRunning, build_lock
from search.rebuilding.services import NothingToReturnTo, RebuildRefused, rebuild, roll_back
from search.words.models import SynonymEntry
from search.words.snapshots import snapshot_in_use
from tests.search.rebuilding.looking import assert_serves, builds, indices, read_index

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]

State = IndexBuild.State


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "WAITS_BETWEEN_TRIES", (0,))


def a_change() -> int:
    """Some page whose document is built anew."""
    page_id = Projection.objects.filter(gone=False).earliest("page_id").page_id
    mark_dirty([page_id])
    return page_id


def version_in(index: str, page_id: int) -> int:
    return held_documents(index)[page_id].version


def test_a_rebuild_swaps_and_keeps_the_one_before(own_index: str):
    second = rebuild()
    third = rebuild()
    assert_serves(third.index)
    assert builds() == {second.index: State.PREVIOUS, third.index: State.LIVE}
    assert indices() == {second.index, third.index}
    assert third.documents == len(held_documents(third.index)) > 100


def test_at_every_moment_searches_read_one_index(own_index: str):
    seen, end = [], Event()

    def watch() -> None:
        while not end.is_set():
            seen.append(frozenset(read_index()))

    watcher = Thread(target=watch)
    watcher.start()
    built = rebuild().index
    end.set()
    watcher.join()
    assert set(seen) <= {frozenset({own_index}), frozenset({built})} and len(seen) > 3
    assert seen[0] == {own_index}


def test_what_is_written_while_it_fills_is_in_both(own_index: str, monkeypatch: pytest.MonkeyPatch):
    fill, changed = building.fill, []

    def fill_while_others_write(index: str) -> int:
        filled = fill(index)
        changed.append(a_change())
        assert drain().settled == 1
        return filled

    monkeypatch.setattr(building, "fill", fill_while_others_write)
    built = rebuild().index
    row = LedgerRow.objects.get(page_id=changed[0])
    assert version_in(own_index, row.page_id) == version_in(built, row.page_id) == row.version


SPOILT = {
    "old": lambda source: {**source, "digest": "of yesterday"},
    "without words": lambda source: {**source, "title": "", "summary": "", "body": []},
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_an_index_of_bad_documents_is_refused(
    own_index: str, monkeypatch: pytest.MonkeyPatch, spoil: Any
):
    before = builds()
    monkeypatch.setattr(indexing, "source_of", lambda document: spoil(source_of(document)))
    with pytest.raises(RebuildRefused):
        rebuild()
    assert (builds(), indices()) == (before, {own_index})
    assert_serves(own_index)


def test_an_index_that_lacks_a_document_is_refused(own_index: str, monkeypatch: pytest.MonkeyPatch):
    fill = building.fill

    def lose_one(index: str) -> int:
        filled = fill(index)
        lost = next(iter(held_documents(index)))
        index_client().delete(index=index, id=str(lost), refresh=True)
        return filled

    monkeypatch.setattr(building, "fill", lose_one)
    with pytest.raises(RebuildRefused, match="should hold"):
        rebuild()
    assert indices() == {own_index}


@pytest.mark.parametrize(("after", "is_good"), [(0.80, False), (0.86, True), (0.95, True)])
def test_what_editors_put_first_may_not_be_found_less_well(
    own_index: str, monkeypatch: pytest.MonkeyPatch, after: float, is_good: bool
):
    monkeypatch.setattr(
        guards, "_quality", lambda index, words, judged: 0.9 if index == own_index else after
    )
    if is_good:
        assert_serves(rebuild().index)
        return
    with pytest.raises(RebuildRefused, match=r"0\.80 instead of 0\.90"):
        rebuild()
    assert_serves(own_index)


def test_an_index_that_waits_for_most_of_its_documents_is_no_measure_of_words(
    own_index: str, monkeypatch: pytest.MonkeyPatch
):
    """After a large import, what stands first moves whatever the words are."""
    held = list(held_documents(own_index))
    for page_id in held[: len(held) // 2]:
        index_client().delete(index=own_index, id=str(page_id))
    index_client().indices.refresh(index=own_index)
    monkeypatch.setattr(
        guards, "_quality", lambda index, words, judged: 0.9 if index == own_index else 0.5
    )
    assert_serves(rebuild().index)


def test_the_judgments_of_the_guard_are_real(own_index: str):
    judged = guards._judged()
    assert len(judged) >= guards.FEWEST_JUDGED
    words = guards.words_of(snapshot_in_use())
    assert guards._quality(own_index, words, judged) > 0.4


def test_a_rollback_brings_back_the_index_and_its_words_up_to_date(own_index: str):
    words_before = snapshot_in_use()
    SynonymEntry.objects.create(line="quay, wharf")
    built = rebuild().index
    assert snapshot_in_use() != words_before
    page_id = a_change()
    drain()
    assert roll_back().index == own_index
    assert_serves(own_index)
    assert snapshot_in_use() == words_before
    assert version_in(own_index, page_id) == LedgerRow.objects.get(page_id=page_id).version
    assert builds() == {own_index: State.LIVE, built: State.PREVIOUS}


def test_without_a_previous_index_there_is_no_rollback(own_index: str):
    with pytest.raises(NothingToReturnTo):
        roll_back()
    with pytest.raises(CommandError, match="no previous"):
        call_command("search_rollback")
    assert_serves(own_index)


@pytest.fixture
def somebody_builds(db: None) -> Iterator[None]:
    """Another process holds the lock of builds."""
    held, end = Event(), Event()

    def hold() -> None:
        with build_lock():
            held.set()
            end.wait(20)
        connections.close_all()

    holder = Thread(target=hold)
    holder.start()
    assert held.wait(20)
    yield
    end.set()
    holder.join()


def test_two_builds_at_once_are_refused(own_index: str, somebody_builds: None):
    for build in (rebuild, roll_back):
        with pytest.raises(BuildRunning):
            build()
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("search_rebuild")
    assert indices() == {own_index}


def test_a_build_cut_off_while_it_fills_is_written_to_and_then_cleared_away(own_index: str):
    left = building.begin(snapshot_in_use())
    page_id = a_change()
    assert drain().settled == 1
    assert version_in(left.name, page_id) == version_in(own_index, page_id)
    assert_serves(own_index)
    built = rebuild().index
    assert indices() == set(builds()) == {own_index, built}


def test_a_build_cut_off_between_swap_and_note_is_noted_later(
    own_index: str, monkeypatch: pytest.MonkeyPatch
):
    def die(build: IndexBuild) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(building, "note_swap", die)
        rebuild()
    (swapped,) = read_index()
    assert builds() == {own_index: State.LIVE, swapped: State.BUILDING}
    page_id = a_change()
    drain()
    assert version_in(swapped, page_id) == LedgerRow.objects.get(page_id=page_id).version
    built = rebuild().index
    assert_serves(built)
    assert builds() == {swapped: State.PREVIOUS, built: State.LIVE}
    assert indices() == {swapped, built}


def test_a_swap_that_fails_leaves_index_and_words_as_they_were(
    own_index: str, monkeypatch: pytest.MonkeyPatch
):
    words_before = snapshot_in_use()
    SynonymEntry.objects.create(line="quay, wharf")

    def fail(build: IndexBuild) -> None:
        raise EngineUnavailable

    with monkeypatch.context() as patch, pytest.raises(EngineUnavailable):
        patch.setattr(building, "swap_to", fail)
        rebuild()
    assert_serves(own_index)
    assert snapshot_in_use() == words_before
    assert_serves(rebuild().index)
    assert snapshot_in_use() != words_before
    assert indices() == set(builds())
