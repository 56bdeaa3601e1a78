"""News from the layers below, each told on in two lines."""

from typing import Any

from django.db.models.signals import post_delete, post_save

from audit_pages import panels
from audit_pages.publishing.records import record_changed
from learning.vocabulary.models import AreaOfWork, Theme
from search.ledger.marking import mark_dirty, once_after_commit
from search.ledger.tasks import drain_soon
from search.suggestions.related import related_pages
from search.suggestions.trend import theme_trend
from search.words import changing
from search.words.in_use import forget_words
from search.words.models import BestBet, Exclusion, WordsSnapshot


def records_changed(page_ids: list[int], **_: Any) -> None:
    mark_dirty(page_ids)
    once_after_commit(drain_soon)


def connect() -> None:
    """Called once when the app is ready."""
    panels.register_trend(theme_trend)
    panels.register_related(related_pages)
    record_changed.connect(records_changed, dispatch_uid="search_records_changed")
    changing.connect()
    for model in (Theme, AreaOfWork, BestBet, Exclusion, WordsSnapshot):
        post_save.connect(
            forget_words, sender=model, dispatch_uid=f"search_forget_{model.__name__}"
        )
        post_delete.connect(
            forget_words, sender=model, dispatch_uid=f"search_drop_{model.__name__}"
        )
