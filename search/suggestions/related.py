"""Other pages about the same."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from wagtail.models import Page

from audit_pages.pages.around import PageLink, links_to
from audit_pages.publishing.readers import tokens_of, visible_to
from search.engines.choosing import ask

SECONDS_KEPT = 600
"""What is near a page seldom changes; who may read it is asked each time."""


def related_pages(page: Page, user: Any, limit: int) -> list[PageLink]:
    """Up to `limit` pages near this one that the person may read, nearest first."""
    tokens = tokens_of(user)
    if not tokens:
        return []
    near = _near(page.pk, tokens, limit)
    open_to_reader = links_to(visible_to(user, Page.objects.filter(pk__in=near)))
    return sorted(open_to_reader, key=lambda link: near.index(link.page_id))


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
