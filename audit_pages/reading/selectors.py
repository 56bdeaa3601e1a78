"""What a reader left on a page, and their bookmarks."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists
from wagtail.models import Page

from audit_pages.publishing.readers import visible_to
from audit_pages.reading.models import Bookmark, UsefulAnswer


def reader_state(*, page: Page, user: Any) -> dict[str, Any]:
    """`is_bookmarked`, and whether the reader has said if the page was useful (`useful_answered`)."""
    mine = {"person": user.pk, "page": page.pk}
    return dict(
        get_user_model()
        .objects.filter(pk=user.pk)
        .values(
            is_bookmarked=Exists(Bookmark.objects.filter(**mine)),
            useful_answered=Exists(UsefulAnswer.objects.filter(**mine)),
        )
        .get()
    )


def bookmarked_pages(user: Any) -> list[Page]:
    """Pages that the person bookmarked and may still read, the newest bookmark first."""
    order = list(Bookmark.objects.filter(person=user).values_list("page_id", flat=True))
    found = {
        page.pk: page for page in visible_to(user, Page.objects.filter(pk__in=order).specific())
    }
    return [found[pk] for pk in order if pk in found]
