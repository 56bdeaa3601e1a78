"""What a reader left on a page, and their bookmarks."""

from typing import Any

from wagtail.models import Page

from audit_pages.publishing.readers import visible_to
from audit_pages.reading.models import Bookmark, UsefulAnswer


def reader_state(*, page: Page, user: Any) -> dict[str, Any]:
    """`is_bookmarked` and the reader's own `useful_answer` (None when not given)."""
    return {
        "is_bookmarked": Bookmark.objects.filter(person=user, page=page).exists(),
        "useful_answer": UsefulAnswer.objects.filter(person=user, page=page).first(),
    }


def bookmarked_pages(user: Any) -> list[Page]:
    """Pages that the person bookmarked and may still read, the newest bookmark first."""
    order = list(Bookmark.objects.filter(person=user).values_list("page_id", flat=True))
    found = {
        page.pk: page for page in visible_to(user, Page.objects.filter(pk__in=order)).specific()
    }
    return [found[pk] for pk in order if pk in found]
