"""Rows of the ledger: claimed for a while, settled, put back, or parked for a person to see."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from search.ledger.models import LedgerRow

LEASE = timedelta(seconds=120)
PARK_AFTER = 8
FIRST_RETRY = timedelta(seconds=2)
LONGEST_RETRY = timedelta(minutes=10)


@dataclass(frozen=True)
class Claim:
    """Rows that one drainer holds: page → the version it saw."""

    holder: str
    versions: Mapping[int, int]


def waiting(now: datetime) -> QuerySet[LedgerRow]:
    """Rows that are behind and that nobody holds; those that were never put back come first."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    due = Q(retry_at__isnull=True) | Q(retry_at__lte=now)
    return LedgerRow.objects.filter(free, due, dirty=True, parked=False).order_by(
        F("retry_at").asc(nulls_first=True), "dirty_since"
    )


def claim(limit: int) -> Claim:
    """Up to `limit` waiting rows, held for two minutes; other drainers pass them by."""
    now, holder = timezone.now(), uuid.uuid4().hex
    with transaction.atomic():
        rows = waiting(now)
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        versions = dict(rows.values_list("page_id", "version")[:limit])
        LedgerRow.objects.filter(page_id__in=versions).update(
            claimed_by=holder, claimed_until=now + LEASE
        )
    return Claim(holder, versions)


def settle(held: Claim, digests: Mapping[int, str]) -> int:
    """Clear the rows that are as they were claimed; those changed since stay behind, free again.

    `digests` has the fingerprint of each document that was written, empty for one that is gone.
    """
    now = timezone.now()
    cleared = [
        LedgerRow(
            page_id=page_id,
            indexed_version=held.versions[page_id],
            digest=digest,
            deleted=not digest,
        )
        for page_id, digest in digests.items()
    ]
    with transaction.atomic():
        unchanged = _unchanged(held, digests)
        LedgerRow.objects.bulk_update(
            [row for row in cleared if row.page_id in unchanged],
            ["indexed_version", "digest", "deleted"],
        )
        LedgerRow.objects.filter(page_id__in=unchanged).update(
            dirty=False, indexed_at=now, attempts=0, last_error="", retry_at=None
        )
        _free(held, digests)
    return len(unchanged)


def _unchanged(held: Claim, page_ids: Iterable[int]) -> set[int]:
    """Rows still ours and at the version that we claimed, locked until the transaction ends."""
    versions = _locked(held, page_ids).values_list("page_id", "version")
    return {page_id for page_id, version in versions if held.versions[page_id] == version}


def _locked(held: Claim, page_ids: Iterable[int]) -> QuerySet[LedgerRow]:
    """Those of the rows that are still ours, locked in order of id, as those who mark them do."""
    rows = LedgerRow.objects.filter(page_id__in=list(page_ids), claimed_by=held.holder)
    return rows.order_by("page_id").select_for_update()


def _free(held: Claim, page_ids: Iterable[int]) -> None:
    LedgerRow.objects.filter(page_id__in=list(page_ids), claimed_by=held.holder).update(
        claimed_by="", claimed_until=None
    )


def put_back(held: Claim, page_ids: Iterable[int], *, after: timedelta, reason: str) -> None:
    """Free the rows for another try later: the engine was away, which is no fault of theirs."""
    with transaction.atomic():
        ours = _locked(held, page_ids).values_list("page_id", flat=True)
        LedgerRow.objects.filter(page_id__in=list(ours)).update(
            claimed_by="",
            claimed_until=None,
            retry_at=timezone.now() + after,
            last_error=reason[:200],
        )


def refuse(held: Claim, errors: Mapping[int, str]) -> None:
    """Note a failure of these rows; each waits longer than before, and is parked in the end."""
    with transaction.atomic():
        for row in _locked(held, errors):
            row.attempts += 1
            row.parked = row.attempts >= PARK_AFTER
            row.retry_at = timezone.now() + wait_after(row.attempts)
            row.last_error = errors[row.page_id][:200]
            row.claimed_by, row.claimed_until = "", None
            row.save()


def wait_after(attempts: int) -> timedelta:
    """Two seconds, doubled by each failure, ten minutes at most."""
    return min(FIRST_RETRY * 2 ** (attempts - 1), LONGEST_RETRY)
