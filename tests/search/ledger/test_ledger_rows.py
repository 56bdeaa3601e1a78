"""Marked, claimed, settled: what the ledger promises to each row."""

from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.db import DataError, transaction
from django.utils import timezone

from audit_pages.publishing import records
from audit_pages.publishing.records import record_changed
from search.engines.contract import EngineUnavailable
from search.ledger import claims, draining
from search.ledger.draining import drain
from search.ledger.marking import mark_dirty
from search.ledger.models import LedgerRow, Projection, ProjectionValue
from tests.search.making import a_record

pytestmark = pytest.mark.django_db

PAGE, OTHER = 900_001, 900_002


@pytest.fixture(autouse=True)
def published(monkeypatch, settings):
    """Pages made by hand: `published[id] = record`; the database alone keeps them."""
    settings.PORTAL_SEARCH_ENGINE = "database"
    LedgerRow.objects.filter(dirty=True).delete()
    pages = {}
    read_from(monkeypatch, pages.get)
    return pages


def read_from(monkeypatch, read):
    """Let `read(page_id)` give the records of pages."""

    def read_all(page_ids):
        found = {page_id: read(page_id) for page_id in page_ids}
        return {page_id: record for page_id, record in found.items() if record}

    monkeypatch.setattr(records, "record_of", read)
    monkeypatch.setattr(records, "records_of", read_all)


@pytest.fixture
def row():
    return lambda page_id=PAGE: LedgerRow.objects.get(page_id=page_id)


def test_marking_raises_the_version_and_keeps_how_long_it_waits(row):
    mark_dirty([PAGE])
    first = row()
    mark_dirty([PAGE, PAGE])
    assert (first.version, row().version) == (1, 2)
    assert row().dirty and row().dirty_since == first.dirty_since


def test_marking_many_is_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert mark_dirty(range(PAGE, PAGE + 500)) == 500


def test_a_write_rolled_back_leaves_nothing():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record_changed.send(sender=None, page_ids=[PAGE])
        assert LedgerRow.objects.filter(page_id=PAGE).exists()
        raise ZeroDivisionError
    assert not LedgerRow.objects.filter(page_id=PAGE).exists()


def test_news_asks_for_one_drain_however_often_it_comes(
    django_capture_on_commit_callbacks, monkeypatch, published
):
    runs = []
    monkeypatch.setattr(
        "search.ledger.tasks.drain", lambda: runs.append(1) or SimpleNamespace(settled=0)
    )
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(5):
            record_changed.send(sender=None, page_ids=[PAGE])
    assert runs == [1]


def test_a_drain_keeps_the_document_and_clears_the_row(published, row):
    published[PAGE] = a_record(PAGE, "Fathers", acl=("all", "g:3"))
    mark_dirty([PAGE])
    assert drain().settled == 1
    kept = Projection.objects.get(page_id=PAGE)
    assert (kept.title, kept.version, kept.gone) == ("Fathers", 1, False)
    assert not row().dirty and row().digest == kept.digest and row().indexed_version == 1
    held = ProjectionValue.objects.filter(page_id=PAGE, field="acl")
    assert set(held.values_list("value", flat=True)) == {"all", "g:3"}


def test_a_page_that_is_gone_leaves_a_tombstone_without_a_word(published, row):
    published[PAGE] = a_record(PAGE, "Fathers", themes=("P04",))
    mark_dirty([PAGE])
    drain()
    del published[PAGE]
    mark_dirty([PAGE])
    drain()
    kept = Projection.objects.get(page_id=PAGE)
    assert kept.gone and kept.title == "" and kept.document == {}
    assert not ProjectionValue.objects.filter(page_id=PAGE).exists()
    assert row().deleted and not row().dirty


def test_a_page_that_comes_back_is_no_tombstone(published, row):
    mark_dirty([PAGE])
    drain()
    assert row().deleted
    published[PAGE] = a_record(PAGE)
    mark_dirty([PAGE])
    drain()
    assert not row().deleted and not Projection.objects.get(page_id=PAGE).gone


def test_what_changes_while_it_is_built_stays_behind(published, row, monkeypatch):
    published[PAGE] = a_record(PAGE, "Before")

    def changed_meanwhile(page_id):
        mark_dirty([page_id])
        return published[page_id]

    read_from(monkeypatch, changed_meanwhile)
    mark_dirty([PAGE])
    assert drain(limit=1).settled == 0
    assert row().dirty and row().claimed_until is None and row().version == 2


def test_an_older_document_never_replaces_a_newer_one(published, words):
    from search.engines.database.writing import write_documents
    from tests.search.making import a_document

    write_documents({PAGE: a_document(PAGE, "Newer")}, {PAGE: 5}, words.analyser)
    assert write_documents({PAGE: a_document(PAGE, "Older")}, {PAGE: 4}, words.analyser) == set()
    assert write_documents({PAGE: None}, {PAGE: 4}, words.analyser) == set()
    assert Projection.objects.get(page_id=PAGE).title == "Newer"


def test_an_older_document_does_not_come_back_after_the_page_is_gone(words):
    from search.engines.database.writing import write_documents
    from tests.search.making import a_document

    write_documents({PAGE: None}, {PAGE: 5}, words.analyser)
    write_documents({PAGE: a_document(PAGE)}, {PAGE: 4}, words.analyser)
    assert Projection.objects.get(page_id=PAGE).gone


def test_a_claimed_row_is_passed_by_until_its_lease_ends(row):
    mark_dirty([PAGE])
    held = claims.claim(10)
    assert held.versions == {PAGE: 1}
    assert claims.claim(10).versions == {}
    LedgerRow.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert claims.claim(10).versions == {PAGE: 1}


def test_one_whose_lease_ended_settles_nothing(row):
    mark_dirty([PAGE])
    late = claims.claim(10)
    LedgerRow.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    holder = claims.claim(10)
    assert claims.settle(late, {PAGE: "x"}) == 0
    assert row().dirty and row().claimed_by == holder.holder


def test_one_page_that_cannot_be_read_does_not_stop_the_others(published, row, monkeypatch):
    published[OTHER] = a_record(OTHER)

    def fails_for_one(page_id):
        if page_id == PAGE:
            raise ValueError("the words of a page")
        return published[page_id]

    read_from(monkeypatch, fails_for_one)
    mark_dirty([PAGE, OTHER])
    done = drain()
    assert (done.settled, done.refused) == (1, 1)
    assert row().dirty and row().attempts == 1
    assert row().last_error == "ValueError"
    assert not row(OTHER).dirty


def test_a_row_waits_longer_each_time_and_is_parked_in_the_end(published, row, monkeypatch):
    def fails(page_id):
        raise ValueError

    read_from(monkeypatch, fails)
    mark_dirty([PAGE])
    waits = []
    for _ in range(claims.PARK_AFTER):
        LedgerRow.objects.update(retry_at=None)
        before = timezone.now()
        drain()
        waits.append((row().retry_at - before).total_seconds())
    assert all(later > earlier for earlier, later in pairwise(waits))
    assert row().parked
    LedgerRow.objects.update(retry_at=None)
    assert drain().refused == 0


def test_a_new_change_gives_a_parked_row_another_chance(row):
    mark_dirty([PAGE])
    LedgerRow.objects.update(parked=True, attempts=8)
    mark_dirty([PAGE])
    assert not row().parked and row().attempts == 0


def test_an_engine_that_is_away_is_no_fault_of_the_row(published, row, monkeypatch):
    class Away:
        def send(self, documents, versions):
            raise EngineUnavailable("ConnectionError")

    monkeypatch.setattr(draining, "index_target", Away)
    published[PAGE] = a_record(PAGE, "Fathers")
    mark_dirty([PAGE])
    done = drain()
    assert done.engine_away and done.settled == 0
    assert row().dirty and row().attempts == 0 and row().claimed_until is None
    assert Projection.objects.get(page_id=PAGE).title == "Fathers"


def test_while_the_engine_is_away_every_document_is_kept_for_the_database(
    published, row, monkeypatch
):
    class Away:
        def send(self, documents, versions):
            raise EngineUnavailable("ConnectionError")

    built, build = [], draining.build_documents

    def noting(page_ids, words):
        built.extend(page_ids)
        return build(page_ids, words)

    monkeypatch.setattr(draining, "index_target", Away)
    monkeypatch.setattr(draining, "build_documents", noting)
    monkeypatch.setattr(draining, "ROWS_PER_CLAIM", 3)
    pages = range(PAGE, PAGE + 10)
    for page_id in pages:
        published[page_id] = a_record(page_id, "Fathers")
    mark_dirty(pages)
    assert drain().engine_away
    assert Projection.objects.filter(page_id__in=pages, title="Fathers").count() == 10
    LedgerRow.objects.update(retry_at=None)
    assert drain().settled == 0
    assert len(built) == 13, "those that are kept are not built again, but for the first try"
    assert row(PAGE + 9).dirty and row(PAGE + 9).attempts == 0


def test_one_document_that_the_database_will_not_have_does_not_stop_the_others(
    published, row, monkeypatch
):
    write = draining.write_documents

    def picky(documents, versions, analyser):
        if PAGE in documents:
            raise DataError("the words of a page")
        return write(documents, versions, analyser)

    monkeypatch.setattr(draining, "write_documents", picky)
    published[PAGE], published[OTHER] = a_record(PAGE), a_record(OTHER, "Fathers")
    mark_dirty([PAGE, OTHER])
    done = drain()
    assert (done.settled, done.refused) == (1, 1)
    assert row().attempts == 1 and row().last_error == "DataError"
    assert not row(OTHER).dirty and Projection.objects.get(page_id=OTHER).title == "Fathers"


def test_a_document_that_the_engine_refuses_is_tried_again_alone(published, row, monkeypatch):
    class Picky:
        def send(self, documents, versions):
            return {PAGE: "400 mapper_parsing_exception"}

    monkeypatch.setattr(draining, "index_target", Picky)
    published[PAGE], published[OTHER] = a_record(PAGE), a_record(OTHER)
    mark_dirty([PAGE, OTHER])
    drain()
    assert row().attempts == 1 and row().last_error == "400 mapper_parsing_exception"
    assert not row(OTHER).dirty


def test_a_drainer_that_dies_of_anything_else_lets_go_of_its_rows(published, row, monkeypatch):
    class Broken:
        def send(self, documents, versions):
            raise RuntimeError

    monkeypatch.setattr(draining, "index_target", Broken)
    published[PAGE] = a_record(PAGE)
    mark_dirty([PAGE])
    with pytest.raises(RuntimeError):
        drain()
    assert row().dirty and row().claimed_until is None


def test_tombstones_are_forgotten_after_thirty_days(published):
    from search.ledger.reconciling import forget_tombstones

    mark_dirty([PAGE, OTHER])
    drain()
    LedgerRow.objects.filter(page_id=PAGE).update(indexed_at=timezone.now() - timedelta(days=31))
    assert forget_tombstones() == 1
    assert not Projection.objects.filter(page_id=PAGE).exists()
    assert Projection.objects.filter(page_id=OTHER).exists()
