"""What is published compared with what is indexed, page by page: what no signal told comes out
here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from audit_pages.publishing.records import indexable_page_ids
from search.ledger.documents import Document
from search.ledger.draining import build_documents
from search.ledger.marking import mark_dirty
from search.ledger.models import LedgerRow, Projection, ProjectionValue
from search.ledger.targets import Held, held_by_index
from search.words.in_use import read_words

PAGES_AT_A_TIME = 500
TOMBSTONES_KEPT = timedelta(days=30)


@dataclass
class Differences:
    """Page ids by what is wrong with them, in one of the places that hold documents."""

    place: str
    missing: list[int] = field(default_factory=list)
    ghost: list[int] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    acl_mismatch: list[int] = field(default_factory=list)

    @property
    def page_ids(self) -> set[int]:
        return {*self.missing, *self.ghost, *self.stale, *self.acl_mismatch}

    def counts(self) -> dict[str, int]:
        """How many pages have each fault."""
        return {
            "missing": len(self.missing),
            "ghost": len(self.ghost),
            "stale": len(self.stale),
            "acl_mismatch": len(self.acl_mismatch),
        }


def find_differences() -> list[Differences]:
    """The faults of the projection, and of the index where there is one. Rows that wait are no
    fault."""
    waiting = set(LedgerRow.objects.filter(dirty=True).values_list("page_id", flat=True))
    should = {page_id: held for page_id, held in published().items() if page_id not in waiting}
    places = {"database": _projected()}
    index = held_by_index()
    if index is not None:
        places["elasticsearch"] = index
    return [
        compare(place, should, {key: held for key, held in holds.items() if key not in waiting})
        for place, holds in places.items()
    ]


def compare(place: str, should: Mapping[int, Held], holds: Mapping[int, Held]) -> Differences:
    """What `place` holds against what it should."""
    found = Differences(place)
    found.missing = sorted(should.keys() - holds.keys())
    found.ghost = sorted(holds.keys() - should.keys())
    for page_id in sorted(should.keys() & holds.keys()):
        if should[page_id].acl != holds[page_id].acl:
            found.acl_mismatch.append(page_id)
        elif should[page_id].digest != holds[page_id].digest:
            found.stale.append(page_id)
    return found


def published() -> dict[int, Held]:
    """What should be held, from the pages as they stand now."""
    words, page_ids = read_words(), list(indexable_page_ids())
    held: dict[int, Held] = {}
    for start in range(0, len(page_ids), PAGES_AT_A_TIME):
        documents, _ = build_documents(page_ids[start : start + PAGES_AT_A_TIME], words)
        held |= {key: _held(document) for key, document in documents.items() if document}
    return held


def _held(document: Document) -> Held:
    return Held(document["digest"], tuple(sorted(document["values"]["acl"])), 0)


def _projected() -> dict[int, Held]:
    """What the projection holds, its access as the database engine reads it."""
    opened: dict[int, list[str]] = {}
    tokens = ProjectionValue.objects.filter(field="acl").values_list("page_id", "value")
    for page_id, token in tokens:
        opened.setdefault(page_id, []).append(token)
    rows = Projection.objects.filter(gone=False).values_list("page_id", "digest", "version")
    return {
        page_id: Held(digest, tuple(sorted(opened.get(page_id, []))), version)
        for page_id, digest, version in rows
    }


def put_right(differences: Iterable[Differences]) -> int:
    """Mark every page at fault, above any version that an index holds; how many were marked.

    Without this, an index that is ahead of the ledger (a database restored from an older backup)
    would refuse every write.
    """
    page_ids = {page_id for found in differences for page_id in found.page_ids}
    highest = _highest_versions(page_ids)
    marked = mark_dirty(page_ids)
    for page_id, version in highest.items():
        row = LedgerRow.objects.filter(page_id=page_id)
        row.update(version=Greatest(F("version"), version + 1))
    return marked


def _highest_versions(page_ids: set[int]) -> dict[int, int]:
    held = dict(Projection.objects.filter(page_id__in=page_ids).values_list("page_id", "version"))
    for page_id, there in (held_by_index() or {}).items():
        if page_id in page_ids:
            held[page_id] = max(held.get(page_id, 0), there.version)
    return held


def forget_tombstones() -> int:
    """Drop rows of pages that have been gone for thirty days; how many."""
    long_ago = timezone.now() - TOMBSTONES_KEPT
    rows = LedgerRow.objects.filter(deleted=True, dirty=False, indexed_at__lt=long_ago)
    with transaction.atomic():
        page_ids = list(rows.select_for_update().values_list("page_id", flat=True))
        Projection.objects.filter(page_id__in=page_ids, gone=True).delete()
        LedgerRow.objects.filter(page_id__in=page_ids).delete()
    return len(page_ids)
