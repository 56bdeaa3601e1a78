"""What follows when editors change their words: one rebuild, soon."""

import logging
from typing import Any

from django.db.models.signals import post_delete, post_save
from django_tasks import task

from search.engines.contract import EngineUnavailable
from search.ledger.marking import once_after_commit
from search.rebuilding.locking import BuildRunning
from search.rebuilding.services import RebuildRefused, rebuild
from search.words.models import StemOverride, SynonymEntry
from search.words.snapshots import same_words, snapshot_in_use, written_by_editors

logger = logging.getLogger("search")


@task()
def rebuild_for_words() -> bool:
    """Whether the index was rebuilt; not when an earlier run has taken in the same words."""
    if same_words(written_by_editors(), snapshot_in_use()):
        return False
    try:
        rebuild()
    except BuildRunning:
        return False
    except (RebuildRefused, EngineUnavailable) as error:
        logger.error("words are not in use yet: %s", type(error).__name__)
        return False
    return True


def rebuild_soon() -> None:
    """Ask the worker for a rebuild."""
    rebuild_for_words.enqueue()


def words_changed(**_: Any) -> None:
    once_after_commit(rebuild_soon)


def connect() -> None:
    """Called once when the app is ready."""
    for model in (SynonymEntry, StemOverride):
        post_save.connect(
            words_changed, sender=model, dispatch_uid=f"search_saved_{model.__name__}"
        )
        post_delete.connect(
            words_changed, sender=model, dispatch_uid=f"search_gone_{model.__name__}"
        )
