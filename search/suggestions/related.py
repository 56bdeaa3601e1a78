"""Other pages about the same."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from wagtail.models import Page

from audit_pages.publishing.readers import tokens_of, visible_pages
from search.engines.choosing import ask

SECONDS_KEPT = 600
"""What is near a page seldom changes; who may read it is asked each time."""


def related_pages(page: Page, user: Any, limit: int) -> list[Page]:
    """Up to `limit` pages near this one that the person may read, nearest first."""
    tokens = tokens_of(user)
    if not tokens:
        return []
    return list(visible_pages(user, _near(page.pk, tokens, limit)).values())


def _near(page_id: int, tokens: frozenset[str], limit: int) -> list[int]:
    """What the engine says, or said within ten minutes; what stands in for it is not kept."""
    opened = ",".join(sorted(tokens))
    key = f"search:near:{settings.PORTAL_SEARCH_INDEX_PREFIX}:{page_id}:{limit}:{opened}"
    near: list[int] | None = cache.get(key)
    if near is None:
        asked = ask(lambda engine: engine.related(tokens, page_id, limit))
        near = asked.answer
        if not asked.stood_in:
            cache.set(key, near, SECONDS_KEPT)
    return near
