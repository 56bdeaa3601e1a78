"""What a reader left on a page, and their bookmarks."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Q
from wagtail.models import Page

from audit_pages.publishing.readers import visible_to
from audit_pages.reading.models import Bookmark, UsefulAnswer
from learning.suppression.counts import is_small

_LEFT = " UNION ALL ".join(
    f"SELECT '{name}' FROM {model._meta.db_table} WHERE person_id = %s AND page_id = %s"
    for name, model in (("is_bookmarked", Bookmark), ("useful_answered", UsefulAnswer))
)
"""Asked on every page, and plain: to put it together anew each time took forty times as long."""


def reader_state(*, page: Page, user: Any) -> dict[str, bool]:
    """`is_bookmarked`, and whether the reader has said if the page was useful (`useful_answered`)."""
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, [user.pk, page.pk] * 2)
        left = {name for (name,) in cursor.fetchall()}
    return {name: name in left for name in ("is_bookmarked", "useful_answered")}


def bookmarked_pages(user: Any) -> list[Page]:
    """Pages that the person bookmarked and may still read, the newest bookmark first."""
    order = list(Bookmark.objects.filter(person=user).values_list("page_id", flat=True))
    found = {
        page.pk: page for page in visible_to(user, Page.objects.filter(pk__in=order).specific())
    }
    return [found[pk] for pk in order if pk in found]


@dataclass(frozen=True)
class Usefulness:
    """What readers said of one page; `words` suppresses answers that are too few to show."""

    page: Page
    words: str


def usefulness() -> list[Usefulness]:
    """Live pages that readers answered about, those found useful least often first.

    Answers are counts of colleagues: fewer than five of either kind are not shown (domain.md D7), and
    those pages come last by their number, so that no place in the list tells what is not shown.
    """
    answers = UsefulAnswer.objects.filter(page__live=True).values("page_id")
    counted = answers.annotate(yes=Count("pk", filter=Q(was_useful=True)), total=Count("pk"))
    rows = sorted(counted, key=_place)
    pages = Page.objects.in_bulk([row["page_id"] for row in rows])
    return [Usefulness(pages[row["page_id"]], _in_words(row["yes"], row["total"])) for row in rows]


def _place(row: Any) -> tuple[bool, float, int]:
    is_hidden = _is_hidden(row["yes"], row["total"])
    return is_hidden, 0 if is_hidden else row["yes"] / row["total"], row["page_id"]


def _is_hidden(yes: int, total: int) -> bool:
    return is_small(total) or is_small(yes) or is_small(total - yes)


def _in_words(yes: int, total: int) -> str:
    if _is_hidden(yes, total):
        return "Too few answers to show"
    return f"Useful to {yes} of {total} readers"
