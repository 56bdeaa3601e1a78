"""Bookmarking and answering."""

from typing import Any

from wagtail.models import Page

from audit_pages.reading.models import Bookmark, UsefulAnswer


def toggle_bookmark(*, person: Any, page: Page) -> bool:
    """Whether the page is bookmarked now."""
    bookmark, is_new = Bookmark.objects.get_or_create(person=person, page=page)
    if not is_new:
        bookmark.delete()
    return is_new


def answer_useful(*, person: Any, page: Page, was_useful: bool) -> UsefulAnswer:
    """The person's answer; it takes the place of an earlier one."""
    answer, _ = UsefulAnswer.objects.update_or_create(
        person=person, page=page, defaults={"was_useful": was_useful}
    )
    return answer
