"""The drainer: claim rows, build their documents, keep and send them, clear what has not changed
since."""

import logging
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone

from audit_pages.publishing import records
from audit_pages.publishing.records import PublishedRecord
from search.engines.contract import EngineUnavailable
from search.engines.database.writing import write_documents
from search.ledger.claims import Claim, claim, put_back, refuse, settle, waiting
from search.ledger.documents import Document, build_document
from search.ledger.models import Projection
from search.ledger.targets import IndexTarget, index_target
from search.words.in_use import WordsInUse, read_words

logger = logging.getLogger("search")

ROWS_PER_CLAIM = 200
ENGINE_AWAY = timedelta(seconds=5)
AWAY_BEFORE = "the engine was away just before"


@dataclass
class Drained:
    """What one run did: rows cleared, rows refused, and whether the engine could be reached."""

    settled: int = 0
    refused: int = 0
    engine_away: bool = False


def drain(limit: int | None = None) -> Drained:
    """Bring documents up to date until none waits, or `limit` rows are done.

    When the engine goes away, the others are kept in the database, each once.
    """
    done, words, target = Drained(), read_words(), index_target()
    left = math.inf if limit is None else limit
    while left > 0 and (held := claim(int(min(ROWS_PER_CLAIM, left)))).versions:
        left -= len(held.versions)
        if done.engine_away:
            _keep_claimed(held, words, done)
            continue
        _drain_claimed(held, words, target, done)
        if done.engine_away:
            left = min(left, waiting(timezone.now()).count())
    return done


def _drain_claimed(
    held: Claim, words: WordsInUse, target: IndexTarget | None, done: Drained
) -> None:
    """Documents built, kept in the database, sent to the index, and their rows cleared."""
    documents, errors = build_documents(held.versions, words)
    try:
        errors |= _keep(documents, held, words)
        if target and documents:
            errors |= target.send(documents, held.versions)
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


def _keep_claimed(held: Claim, words: WordsInUse, done: Drained) -> None:
    """While the engine is away: documents kept in the database, whose own engine answers meanwhile.

    Those that an earlier run kept are not built again; all rows go on waiting for the engine.
    """
    kept = dict(
        Projection.objects.filter(page_id__in=held.versions).values_list("page_id", "version")
    )
    older = [
        page_id for page_id, version in held.versions.items() if kept.get(page_id, 0) < version
    ]
    documents, errors = build_documents(older, words)
    errors |= _keep(documents, held, words)
    put_back(held, held.versions.keys() - errors.keys(), after=ENGINE_AWAY, reason=AWAY_BEFORE)
    refuse(held, errors)
    done.refused += len(errors)


def _keep(documents: dict[int, Document | None], held: Claim, words: WordsInUse) -> dict[int, str]:
    """Write the documents to the database; those that it will not have leave `documents`, and come
    back with the reason."""
    try:
        write_documents(documents, held.versions, words.analyser)
        return {}
    except (DatabaseError, ValueError):  # one document must not stop the others
        return _keep_one_by_one(documents, held, words)


def _keep_one_by_one(
    documents: dict[int, Document | None], held: Claim, words: WordsInUse
) -> dict[int, str]:
    errors = {}
    for page_id, document in list(documents.items()):
        try:
            write_documents({page_id: document}, held.versions, words.analyser)
        except (DatabaseError, ValueError) as error:
            logger.error("page %d cannot be kept: %s", page_id, type(error).__name__)
            errors[page_id] = type(error).__name__
            del documents[page_id]
    return errors


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
