"""Which pages the report names, and for which lack."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit_pages.models import (
    FindingIndexPage,
    GlossaryPage,
    GuidancePage,
    PublishedPage,
    ThemePage,
)
from learning.people.roles import Role

pytestmark = pytest.mark.django_db
REPORT = reverse("needs_attention")


@pytest.fixture
def pages(person: Callable[[Role], Any]) -> dict[str, str]:
    """Titles of a page for each lack, of neighbours that lack nothing, and of kinds that need nothing.

    Everything else of the borough is reviewed far from now and has its theme.
    """
    today = timezone.localdate()
    PublishedPage.objects.update(review_due_on=today + timedelta(days=400))
    PublishedPage.themes.through.objects.all().delete()
    theme = ThemePage.objects.first().theme  # type: ignore[union-attr]
    for page in PublishedPage.objects.all():
        PublishedPage.themes.through.objects.create(publishedpage_id=page.pk, theme_id=theme.pk)
    named = {}
    dues = {"yesterday": -1, "today": 0, "in 30 days": 30, "in 31 days": 31, "never": None}
    guidance = list(GuidancePage.objects.live().order_by("pk")[: len(dues) + 2])
    for (name, days), page in zip(dues.items(), guidance, strict=False):
        due = None if days is None else today + timedelta(days=days)
        PublishedPage.objects.filter(pk=page.pk).update(review_due_on=due)
        named[name] = page.title
    no_theme, withdrawn = guidance[len(dues) :]
    no_theme.themes.clear()
    no_theme.save()
    named["no theme"] = no_theme.title
    PublishedPage.objects.filter(pk=withdrawn.pk).update(review_due_on=None, live=False)
    named["withdrawn"] = withdrawn.title
    for model in (ThemePage, FindingIndexPage):
        page = model.objects.live().first()
        PublishedPage.objects.filter(pk=page.pk).update(review_due_on=None)
        page.themes.clear()
        page.save()
        named[model.__name__] = page.title
    glossary = GlossaryPage.objects.get()
    glossary.themes.clear()
    glossary.save()
    return named | {"glossary": glossary.title}


def listed(client: Client, pages: dict[str, str], lack: str = "") -> set[str]:
    answer = client.get(REPORT, {"lack": lack} if lack else {})
    titles = {page.title for page in answer.context["object_list"]}
    assert titles <= set(pages.values())
    return {name for name, title in pages.items() if title in titles}


@pytest.mark.parametrize(
    ("lack", "names"),
    [
        ("review", {"yesterday"}),
        ("soon", {"today", "in 30 days"}),
        ("no_date", {"never"}),
        ("theme", {"no theme"}),
        ("", {"yesterday", "today", "in 30 days", "never", "no theme"}),
    ],
)
def test_the_report_names_the_pages_with_this_lack(
    lack: str, names: set[str], pages: dict[str, str], sign_in: Callable[..., Client]
) -> None:
    assert listed(sign_in(Role.EDITOR), pages, lack) == names


def test_what_is_due_first_stands_first_and_the_list_says_when(
    pages: dict[str, str], sign_in: Callable[..., Client]
) -> None:
    html = sign_in(Role.EDITOR).get(REPORT).text
    yesterday = timezone.localdate() - timedelta(days=1)
    assert f"{yesterday:%-d %B %Y}" in html
    assert "No date" in html
    order = [html.index(pages[name]) for name in ("yesterday", "today", "in 30 days", "never")]
    assert order == sorted(order)


def test_the_download_has_the_same_pages(
    pages: dict[str, str], sign_in: Callable[..., Client]
) -> None:
    answer = sign_in(Role.EDITOR).get(REPORT, {"lack": "no_date", "export": "csv"})
    said = b"".join(answer.streaming_content).decode()
    assert pages["never"] in said
    assert pages["yesterday"] not in said


def test_a_lack_that_there_is_not_breaks_nothing(
    pages: dict[str, str], sign_in: Callable[..., Client]
) -> None:
    assert sign_in(Role.EDITOR).get(REPORT, {"lack": "nothing"}).status_code == 200
