"""Six writers and four drainers at once, and a server that fails and stalls: in the end all is equal."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from threading import Event, Lock, Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from wagtail.models import Page, PageViewRestriction

from audit_pages.models import Approval, FindingPage
from audit_pages.publishing.services import approve_and_publish
from learning.people.roles import Role
from portal.demo.loader import first_with
from search.elastic.building import drop_indices
from search.elastic.indexing import ElasticTarget
from search.engines.contract import EngineUnavailable
from search.ledger import claims, draining
from search.ledger.models import IndexBuild, LedgerRow, Projection
from search.ledger.reconciling import find_differences
from search.rebuilding.services import rebuild
from tests.publishing import checked

pytestmark = pytest.mark.elasticsearch

WRITERS, DRAINERS = 6, 4
WRITING_SECONDS, LONGEST_SECONDS = 5.0, 25.0
NEVER = "Rolled back"


class Stumbling:
    """The real index behind a bad line: it refuses, loses answers, writes half, stalls, breaks off."""

    def __init__(self, chance: random.Random, done: Counter[str], is_well: Event) -> None:
        self.real, self.chance, self.done, self.is_well = ElasticTarget(), chance, done, is_well

    def send(self, documents: dict[int, Any], versions: dict[int, int]) -> dict[int, str]:
        fate = "well" if self.is_well.is_set() else self.chance.choice(FATES)
        self.done[fate] += 1
        if fate == "away":
            raise EngineUnavailable("nobody there")
        if fate == "late":
            time.sleep(self.chance.uniform(0.4, 1.2))
        if fate == "half":
            documents = dict(list(documents.items())[: len(documents) // 2])
        refused = self.real.send(documents, versions)
        if fate in ("half", "answer lost"):
            raise EngineUnavailable("the answer was lost")
        if fate == "breaks":
            raise RuntimeError("the drainer dies")
        return refused


FATES = ["well", "well", "away", "late", "half", "answer lost", "breaks"]


class Writer:
    """Changes pages as editors do, on pages that others change too; some changes are rolled back."""

    def __init__(self, number: int, pages: list[int], done: Counter[str]) -> None:
        self.chance, self.pages, self.done = random.Random(number), pages, done
        self.editor, self.lead = first_with(Role.EDITOR), first_with(Role.LEAD_QA)
        self.steps = [self.rename, self.rename, self.withdraw, self.close, self.open, self.fail]
        if number == 0:  # two moves at once are Wagtail's own affair
            self.steps += [self.move, self.move]

    def step(self) -> None:
        step = self.chance.choice(self.steps)
        try:
            with transaction.atomic():
                step(self._page())
            self.done[step.__name__] += 1
        except (DatabaseError, ZeroDivisionError, Page.DoesNotExist) as error:
            self.done[type(error).__name__] += 1

    def _page(self) -> FindingPage:
        return FindingPage.objects.get(pk=self.chance.choice(self.pages))

    def rename(self, page: FindingPage, title: str = "") -> None:
        page.title = title or f"Herring gulls {self.chance.random()}"
        page.save_revision(user=self.editor)
        checked(page)
        approve_and_publish(page=page, approved_by=self.lead, route=Approval.Route.WORKFLOW)

    def fail(self, page: FindingPage) -> None:
        self.rename(page, NEVER)
        raise ZeroDivisionError

    def withdraw(self, page: FindingPage) -> None:
        page.unpublish()

    def close(self, page: FindingPage) -> None:
        restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
        restriction.groups.add(self.editor.groups.first())

    def open(self, page: FindingPage) -> None:
        for restriction in PageViewRestriction.objects.filter(page=page):
            restriction.delete()

    def move(self, page: FindingPage) -> None:
        homes = ["/home/letters/", "/home/findings/"]
        page.move(Page.objects.get(url_path=self.chance.choice(homes)), pos="last-child")


@pytest.fixture
def bad_line(
    cloned_database: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Counter[str], Event]]:
    """What happened on the line to an index of this test alone, and the switch that mends it."""
    if connection.vendor != "postgresql":
        pytest.fail("this test is about PostgreSQL")
    settings.PORTAL_SEARCH_ENGINE = "elasticsearch"
    settings.PORTAL_SEARCH_INDEX_PREFIX += "-together"
    IndexBuild.objects.all().delete()
    rebuild()
    done, is_well, chance = Counter[str](), Event(), random.Random(7)
    monkeypatch.setattr(draining, "index_target", lambda: Stumbling(chance, done, is_well))
    monkeypatch.setattr(draining, "ENGINE_AWAY", draining.ENGINE_AWAY / 50)
    monkeypatch.setattr(claims, "LEASE", claims.LEASE / 400)
    monkeypatch.setattr("search.receivers.drain_soon", lambda: None)
    yield done, is_well
    drop_indices(f"{settings.PORTAL_SEARCH_INDEX_PREFIX}-*")


def _in_thread(work: Callable[[], None]) -> Thread:
    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = Thread(target=run, daemon=True)
    thread.start()
    return thread


def _until(moment: float, step: Callable[[], None]) -> Callable[[], None]:
    def work() -> None:
        while time.monotonic() < moment:
            step()

    return work


def test_writers_and_drainers_end_with_database_and_index_equal(
    bad_line: tuple[Counter[str], Event],
):
    line, is_well = bad_line
    pages = list(FindingPage.objects.live().values_list("pk", flat=True)[:24])
    written, lock, end = Counter[str](), Lock(), Event()

    def drain_on() -> None:
        while not end.is_set():
            try:
                draining.drain()
            except RuntimeError:
                with lock:
                    written["drainer died"] += 1
            time.sleep(0.02)

    begun = time.monotonic()
    drainers = [_in_thread(drain_on) for _ in range(DRAINERS)]
    writers = [
        _in_thread(_until(begun + WRITING_SECONDS, Writer(number, pages, written).step))
        for number in range(WRITERS)
    ]
    for writer in writers:
        writer.join(LONGEST_SECONDS)
    is_well.set()
    while LedgerRow.objects.filter(dirty=True).exists():
        assert time.monotonic() < begun + LONGEST_SECONDS, (line, written)
        time.sleep(0.1)
    end.set()
    for drainer in drainers:
        drainer.join(LONGEST_SECONDS)

    assert {found.place: found.counts() for found in find_differences()} == {
        place: {"missing": 0, "ghost": 0, "stale": 0, "acl_mismatch": 0}
        for place in ("database", "elasticsearch")
    }
    assert not Projection.objects.filter(title=NEVER).exists()
    assert written["rename"] > 5 and written["ZeroDivisionError"] > 0, written
    assert all(line[fate] for fate in ("away", "late", "half", "answer lost", "breaks")), line
