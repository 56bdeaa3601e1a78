"""Publishing findings with the ledger listening, and without, in turn."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from typing import Any

from audit_pages.models import FindingPage
from audit_pages.publishing.models import Approval
from audit_pages.publishing.records import record_changed
from audit_pages.publishing.services import approve_and_publish
from audit_pages.starter.checking import check_loaded
from learning.people.roles import Role
from portal.demo.loader import first_with, kept_words
from search.receivers import records_changed

RECEIVER = "search_records_changed"
WARM_UP = 4


def publish_in_turn(*, publications: int) -> dict[str, list[float]]:
    """Milliseconds of each publication, and those that the ledger's receiver itself took."""
    findings = cycle(FindingPage.objects.live().order_by("path"))
    for _ in range(WARM_UP):
        _publish(next(findings))
    with_ledger, without_ledger, inside = [], [], []
    for _ in range(publications):
        page = next(findings)
        with receiver_timed() as taken:
            with_ledger.append(_publish(page))
        with receiver_off():
            without_ledger.append(_publish(page))
        inside.append(sum(taken))
    return {"with": with_ledger, "without": without_ledger, "inside": inside}


def _publish(page: FindingPage) -> float:
    """Milliseconds from a second person's yes to the page being live; its draft is made before."""
    page = FindingPage.objects.get(pk=page.pk)
    page.limits = f"{page.limits}<p>Read again at {time.time_ns()}.</p>"[-2000:]
    page.save_revision(user=first_with(Role.EDITOR))
    approver = first_with(Role.LEAD_QA)
    check_loaded(page, checked_by=first_with(Role.QA_OFFICER), kept=kept_words())
    started = time.perf_counter()
    approve_and_publish(page=page, approved_by=approver, route=Approval.Route.BATCH)
    return (time.perf_counter() - started) * 1000


@contextmanager
def receiver_off() -> Iterator[None]:
    """Nobody writes to the ledger within the block."""
    record_changed.disconnect(dispatch_uid=RECEIVER)
    try:
        yield
    finally:
        record_changed.connect(records_changed, dispatch_uid=RECEIVER)


@contextmanager
def receiver_timed() -> Iterator[list[float]]:
    """Milliseconds of each time that the ledger was written within the block."""
    taken: list[float] = []

    def timed(**news: Any) -> None:
        started = time.perf_counter()
        records_changed(**news)
        taken.append((time.perf_counter() - started) * 1000)

    with receiver_off():
        record_changed.connect(timed, dispatch_uid="bench", weak=False)
        try:
            yield taken
        finally:
            record_changed.disconnect(dispatch_uid="bench")
