"""The page of the theme that a query names."""

from typing import Any

from audit_pages.pages.themes import ThemePage
from audit_pages.publishing.readers import visible_to
from search.results.finding import Found


def topic_link(found: Found, user: Any) -> ThemePage | None:
    """The theme's page, when the whole query is a name of it; on the first page only."""
    topic = found.reading.topic
    if topic is None or topic.field != "theme" or found.query.page > 1:
        return None
    pages = visible_to(user, ThemePage.objects.filter(theme__code=topic.code))
    return pages.first()
