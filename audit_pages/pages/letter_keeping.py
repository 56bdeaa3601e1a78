"""Keeps the pages of letters: told by `learning`, which knows of no pages and hands over no words."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.crypto import get_random_string
from wagtail.models import Page

from audit_pages.pages.findings import LetterIndexPage, LetterPage
from audit_pages.publishing.purging import forget_page
from learning.letters.pages import PageKeeper, keep_pages_with

TITLE = "A letter of thanks"


def begin_page(quarter: str, by: Any) -> LetterPage | None:
    """An empty draft of this quarter; None while no section holds letters."""
    section = LetterIndexPage.objects.order_by("path").first()
    if section is None:
        return None
    slug = f"letter-{get_random_string(8).lower()}"
    page = LetterPage(title=TITLE, slug=slug, quarter=quarter, owner=by, live=False)
    section.add_child(instance=page)
    page.save_revision(user=by)
    return page


def take_down_page(page: Page, by: Any) -> None:
    """The page without a word, in no list, search or revision."""
    forget_page(page=page, reason="The worker took back the consent to share the letter.", by=by)


def themes_of_pages(pages: Iterable[int]) -> Counter[int]:
    """For each theme how many of these letters are published and carry it; one query."""
    found = LetterPage.objects.live().filter(pk__in=list(pages), themes__isnull=False)
    return Counter(found.values_list("themes", flat=True))


def connect() -> None:
    """Called once when the app is ready."""
    keep_pages_with(PageKeeper(begin_page, take_down_page, themes_of_pages))
