"""Reads of what was imported."""

from audit_pages.importing.models import ThemeTag
from learning.vocabulary.models import Theme


def themes_of(page_id: int, *, confirmed: bool) -> list[Theme]:
    """The confirmed, or the merely suggested, themes of an imported finding, in code order."""
    tags = ThemeTag.objects.filter(page_id=page_id, is_confirmed=confirmed).select_related("theme")
    return [tag.theme for tag in tags]
