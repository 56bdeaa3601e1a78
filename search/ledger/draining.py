"""The drainer: claim rows, build their documents, keep and send them, clear what has not changed
since."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from audit_pages.publishing import records
from audit_pages.publishing.records import PublishedRecord
from search.engines.contract import EngineUnavailable
from search.engines.database.writing import write_documents
from search.ledger.claims import Claim, claim, put_back, refuse, settle
from search.ledger.documents import Document, build_document
from search.ledger.targets import IndexTarget, index_target
from search.words.in_use import WordsInUse, read_words

logger = logging.getLogger("search")

ROWS_PER_CLAIM = 200
ENGINE_AWAY = timedelta(seconds=5)


@dataclass
class Drained:
    """What one run did: rows cleared, rows refused, and whether the engine could be reached."""

    settled: int = 0
    refused: int = 0
    engine_away: bool = False


def drain(limit: int | None = None) -> Drained:
    """Bring documents up to date until none waits, `limit` rows are done, or the engine is away."""
    done, words, target = Drained(), read_words(), index_target()
    taken = 0
    while not done.engine_away and (limit is None or taken < limit):
        held = claim(ROWS_PER_CLAIM if limit is None else min(ROWS_PER_CLAIM, limit - taken))
        if not held.versions:
            break
        taken += len(held.versions)
        _drain_claimed(held, words, target, done)
    return done


def _drain_claimed(
    held: Claim, words: WordsInUse, target: IndexTarget | None, done: Drained
) -> None:
    documents, errors = build_documents(held.versions, words)
    try:
        write_documents(documents, held.versions, words.analyser)
        if target and documents:
            refused = target.send(documents, held.versions)
            errors |= refused
    except EngineUnavailable as away:
        logger.warning("index away, %d rows wait: %s", len(documents), away)
        put_back(held, documents, after=ENGINE_AWAY, reason=str(away))
        done.engine_away = True
        documents = {}
    except Exception:
        put_back(held, held.versions, after=ENGINE_AWAY, reason="the drainer stopped")
        raise
    refuse(held, errors)
    done.refused += len(errors)
    done.settled += settle(held, _digests(documents, errors))


def _digests(documents: dict[int, Document | None], errors: dict[int, str]) -> dict[int, str]:
    """Fingerprints of what was written; empty for what is gone."""
    written = {page_id: held for page_id, held in documents.items() if page_id not in errors}
    return {page_id: held["digest"] if held else "" for page_id, held in written.items()}


def build_documents(
    page_ids: Iterable[int], words: WordsInUse
) -> tuple[dict[int, Document | None], dict[int, str]]:
    """Each page's document as its page stands now (None: gone), and why the others could not be
    built."""
    documents: dict[int, Document | None] = {}
    errors: dict[int, str] = {}
    wanted, labels = list(page_ids), words.labels
    together = _read_together(wanted)
    for page_id in wanted:
        try:
            record = records.record_of(page_id) if together is None else together.get(page_id)
            documents[page_id] = build_document(record, labels) if record else None
        except Exception as error:  # one page that cannot be read must not stop the others
            logger.error("page %d cannot be indexed: %s", page_id, type(error).__name__)
            errors[page_id] = type(error).__name__
    return documents, errors


def _read_together(page_ids: list[int]) -> dict[int, PublishedRecord] | None:
    """All records at once; None when one of them cannot be read, so that each is tried by itself."""
    try:
        with transaction.atomic():
            return records.records_of(page_ids)
    except Exception:
        return None
