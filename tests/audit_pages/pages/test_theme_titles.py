"""A theme's page is called what its theme is called, wherever it is shown."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry

from audit_pages.models import ThemePage
from learning.people.roles import Role
from learning.vocabulary.models import Theme
from search.ledger.models import Projection

pytestmark = pytest.mark.django_db

LABEL = "Fathers, partners and everyone else"


def rename(client: Client, code: str, label: str) -> Theme:
    """What an editor does with the vocabulary's own form."""
    theme = Theme.objects.get(code=code)
    said = {
        "label": label,
        "group": theme.group,
        "scope_note": theme.scope_note,
        "also_called": '["dads"]',
        "is_active": "on",
    }
    answer = client.post(reverse("wagtailsnippets_learning_theme:edit", args=[theme.pk]), said)
    assert answer.status_code == 302
    theme.refresh_from_db()
    return theme


@pytest.fixture
def renamed(sign_in: Callable[..., Client]) -> ThemePage:
    rename(sign_in(Role.EDITOR), "P04", LABEL)
    return ThemePage.objects.get(theme__code="P04")


def test_the_page_takes_the_label_and_keeps_its_address(
    renamed: ThemePage, sign_in: Callable[..., Client]
) -> None:
    assert (renamed.title, renamed.draft_title, renamed.slug) == (LABEL, LABEL, "p04")
    assert renamed.live and not renamed.has_unpublished_changes

    reader = sign_in(Role.FRONT_LINE)
    shown = reader.get(renamed.url).content.decode()
    assert LABEL in shown
    assert LABEL in reader.get(renamed.get_parent().url).content.decode()


def test_search_finds_the_page_under_its_new_name(
    renamed: ThemePage, settings: Any, sign_in: Callable[..., Client]
) -> None:
    settings.PORTAL_SEARCH_ENGINE = "database"
    call_command("search_drain", verbosity=0)

    assert Projection.objects.get(page_id=renamed.pk).document["title"] == LABEL
    found = sign_in(Role.FRONT_LINE).get("/search/", {"q": "everyone else partners"})
    assert LABEL in found.content.decode()


def test_the_history_says_what_it_was_called(
    renamed: ThemePage, person: Callable[[Role], Any]
) -> None:
    entry = PageLogEntry.objects.get(page=renamed.pk, action="wagtail.rename")

    assert entry.data["title"] == {"old": "Fathers and other adults", "new": LABEL}
    assert entry.user == person(Role.EDITOR)


def test_a_draft_from_before_does_not_bring_the_old_name_back(
    sign_in: Callable[..., Client],
) -> None:
    page = ThemePage.objects.get(theme__code="P04")
    page.summary = "Another summary"
    revision = page.save_revision()

    rename(sign_in(Role.EDITOR), "P04", LABEL)

    assert revision.as_object().title == LABEL
    old = revision.as_object()
    old.save()
    assert ThemePage.objects.get(pk=page.pk).title == LABEL


def test_a_page_for_a_new_theme_needs_no_title(
    sign_in: Callable[..., Client], page_at: Callable[[str], Any]
) -> None:
    theme = Theme.objects.create(code="X01", label="Starlight", group="system", scope_note="x")
    section = page_at("/themes/")
    address = reverse("wagtailadmin_pages:add", args=["audit_pages", "themepage", section.pk])
    editor = sign_in(Role.EDITOR)
    assert 'name="title"' not in editor.get(address).content.decode()

    answer = editor.post(
        address, {"theme": theme.pk, "summary": "", "slug": "x01", "comments-TOTAL_FORMS": 0,
                  "comments-INITIAL_FORMS": 0}
    )  # fmt: skip

    assert answer.status_code == 302, answer.context["form"].errors
    page = ThemePage.objects.get(theme=theme)
    assert (page.title, page.slug, page.live) == ("Starlight", "x01", False)
