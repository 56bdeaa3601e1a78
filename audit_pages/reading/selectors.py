"""What a reader left on a page, and their bookmarks."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, Q
from wagtail.models import Page

from audit_pages.publishing.readers import visible_to
from audit_pages.reading.models import Bookmark, UsefulAnswer
from learning.figures.suppression import is_small


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
