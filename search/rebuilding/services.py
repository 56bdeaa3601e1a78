"""A new index beside the one in use, and one step from the old to the new, or back."""

import time
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from search.elastic import building
from search.engines.database.writing import rewrite_words
from search.ledger.models import IndexBuild, Projection
from search.ledger.targets import uses_elasticsearch
from search.rebuilding.guards import faults, words_of
from search.rebuilding.locking import build_lock
from search.words.in_use import analyser_for, forget_words
from search.words.models import WordsSnapshot
from search.words.snapshots import put_in_use, snapshot_in_use, take_snapshot

PAGES_AT_A_TIME = 500
WAITS_BETWEEN_TRIES = (0, 1, 3)
"""Seconds before each try."""


class RebuildRefused(Exception):
    """The new index is not fit to be read; the old one goes on. `faults` says why."""

    def __init__(self, found: list[str]) -> None:
        super().__init__(" ".join(found))
        self.faults = found


class NothingToReturnTo(Exception):
    """There is no previous index."""


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild made: the index (empty for the database alone) and how many documents it
    holds."""

    index: str
    documents: int


def rebuild() -> Rebuilt:
    """Both engines on the words as the editors have them now.

    Raises `BuildRunning` while another rebuild runs, `RebuildRefused` when the new index fails a guard.
    """
    with build_lock():
        snapshot = take_snapshot()
        if not uses_elasticsearch():
            return Rebuilt("", _use(snapshot))
        _clear_away()
        build = building.begin(snapshot)
        try:
            _fill_and_guard(build)
        except BaseException:
            building.discard(build)
            raise
        building.swap_to(build)
        return Rebuilt(build.name, _use(snapshot))


def roll_back() -> Rebuilt:
    """Searches read the previous index again, brought up to date first. Raises
    `NothingToReturnTo`."""
    with build_lock():
        build = IndexBuild.objects.filter(state=IndexBuild.State.PREVIOUS).first()
        if build is None:
            raise NothingToReturnTo
        build.state = IndexBuild.State.BUILDING
        build.save(update_fields=["state"])
        try:
            _fill_and_guard(build)
        except BaseException:
            build.state = IndexBuild.State.PREVIOUS
            build.save(update_fields=["state"])
            raise
        building.swap_to(build)
        return Rebuilt(build.name, _use(build.snapshot))


def ensure_index() -> str:
    """The name of a first index, made and filled when there is none; empty when there is one."""
    if building.live_build_exists():
        return ""
    return rebuild().index


def _fill_and_guard(build: IndexBuild) -> None:
    """Fill the index until nothing is wrong with it: drainers work on while it fills."""
    words = words_of(build.snapshot)
    found: list[str] = []
    for wait in WAITS_BETWEEN_TRIES:
        time.sleep(wait)
        building.fill(build.name)
        found = faults(build.name, words)
        if not found:
            return
    raise RebuildRefused(found)


def _clear_away() -> None:
    """Drop what a build that was cut off left behind: the lock says that none is running.

    One that was cut off between the swap and its note is read already, and noted now.
    """
    for build in IndexBuild.objects.filter(state=IndexBuild.State.BUILDING):
        if building.is_read(build):
            building.note_swap(build)
        else:
            building.discard(build)


def _use(snapshot: WordsSnapshot) -> int:
    """The snapshot in use, and the database's words cut as it says; how many documents there
    are."""
    current, begun = snapshot_in_use(), timezone.now()
    cut_otherwise = current is None or current.overrides != snapshot.overrides
    if cut_otherwise:
        _rewrite(snapshot)
    put_in_use(snapshot)
    transaction.on_commit(forget_words)
    if cut_otherwise:  # what the drainer built meanwhile was cut in the old way
        _rewrite(snapshot, built_since=begun)
    return Projection.objects.filter(gone=False).count()


def _rewrite(snapshot: WordsSnapshot, built_since: object = None) -> None:
    rows = Projection.objects.filter(gone=False)
    rows = rows.filter(built_at__gte=built_since) if built_since else rows
    page_ids = list(rows.order_by("page_id").values_list("page_id", flat=True))
    analyser, _ = analyser_for(snapshot.overrides, snapshot.synonyms)
    for start in range(0, len(page_ids), PAGES_AT_A_TIME):
        rewrite_words(page_ids[start : start + PAGES_AT_A_TIME], analyser)
