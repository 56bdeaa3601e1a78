"""How search is: what waits, what is parked, which engine answers."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.utils import timezone

from search.engines.contract import EngineUnavailable
from search.ledger.models import IndexBuild, LedgerRow, Projection
from search.ledger.targets import uses_elasticsearch
from search.words.snapshots import same_words, snapshot_in_use, written_by_editors

LONGEST_LAG = 300.0
"""Seconds that a change may wait before search is called unwell."""


@dataclass
class Health:
    """The figures, and what is wrong in sentences."""

    engine: str
    documents: int
    waiting: int
    parked: int
    lag_seconds: float
    words_wait_for_rebuild: bool
    index: str = ""
    index_documents: int | None = None
    breaker: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "is_well": self.is_well}


@dataclass(frozen=True)
class Backlog:
    """What the database alone can tell: no server is asked."""

    documents: int
    waiting: int
    parked: int
    lag_seconds: float


def backlog() -> Backlog:
    """How much waits, and for how long the oldest has."""
    dirty = LedgerRow.objects.filter(dirty=True)
    oldest = dirty.filter(parked=False).order_by("dirty_since").first()
    return Backlog(
        documents=Projection.objects.filter(gone=False).count(),
        waiting=dirty.filter(parked=False).count(),
        parked=dirty.filter(parked=True).count(),
        lag_seconds=(timezone.now() - oldest.dirty_since).total_seconds() if oldest else 0.0,
    )


def look() -> Health:
    """Search as it stands now."""
    health = Health(
        engine=settings.PORTAL_SEARCH_ENGINE,
        **asdict(backlog()),
        words_wait_for_rebuild=not same_words(written_by_editors(), snapshot_in_use()),
    )
    if health.parked:
        health.problems.append(f"{health.parked} pages are parked: they failed again and again.")
    if health.lag_seconds > LONGEST_LAG:
        health.problems.append(f"A change has waited for {health.lag_seconds:.0f} seconds.")
    if uses_elasticsearch():
        _look_at_elasticsearch(health)
    return health


def _look_at_elasticsearch(health: Health) -> None:
    from search.elastic.building import is_read
    from search.elastic.client import breaker
    from search.elastic.comparing import count_documents

    health.breaker = breaker.state
    build = IndexBuild.objects.filter(state=IndexBuild.State.LIVE).first()
    if build is None:
        health.problems.append("There is no index yet: run search_init.")
        return
    health.index = build.name
    try:
        health.index_documents = count_documents(build.name)
        read = is_read(build)
    except EngineUnavailable as away:
        health.problems.append(
            f"Elasticsearch does not answer ({away}): the database does instead."
        )
        return
    if not read:
        health.problems.append("Searches do not reach the index: run search_init.")
    if not health.waiting and not health.parked and health.index_documents != health.documents:
        health.problems.append(
            f"The index holds {health.index_documents} documents and the database {health.documents}: "
            "run search_reconcile."
        )


def parked_rows() -> list[LedgerRow]:
    """Pages that could not be indexed, with what was said of them."""
    return list(LedgerRow.objects.filter(parked=True).order_by("page_id"))
