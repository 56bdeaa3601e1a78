"""Other pages about the same."""

from typing import Any

from wagtail.models import Page

from audit_pages.publishing.readers import tokens_of, visible_pages
from search.engines.choosing import ask


def related_pages(page: Page, user: Any, limit: int) -> list[Page]:
    """Up to `limit` pages near this one that the person may read, nearest first."""
    tokens = tokens_of(user)
    if not tokens:
        return []
    asked = ask(lambda engine: engine.related(tokens, page.pk, limit))
    return list(visible_pages(user, asked.answer).values())
