"""An editor sees a page as its readers will, before anybody else does."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from audit_pages.models import PublishedPage
from audit_pages.pages.base import searched_page_types
from learning.people.models import StaffMember
from learning.people.roles import Role

pytestmark = pytest.mark.django_db


def editable_pages() -> list[PublishedPage]:
    """One live page of each type that is searched, and every index."""
    first = {}
    for page in PublishedPage.objects.live().order_by("pk"):
        first.setdefault(page.content_type_id, page)
    return [page.specific for page in first.values()]


def test_every_type_shows_its_draft_without_publishing_it(
    sign_in: Callable[..., Client], person: Callable[[Role], StaffMember], cycle_page: None
) -> None:
    client = sign_in(Role.EDITOR)
    seen = set()
    for page in editable_pages():
        page.title = f"Draft of {page.pk}"
        page.summary = f"Summary of {page.pk}"
        page.save_revision(user=person(Role.EDITOR))
        answer = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
        assert answer.status_code == 200, type(page).__name__
        shown = answer.content.decode()
        if page.kind == "theme":  # it is called what its theme is called
            assert f"Summary of {page.pk}" in shown
        else:
            assert f"Draft of {page.pk}" in shown or page.kind == "home"
        assert 'name="useful"' not in shown
        assert Page.objects.get(pk=page.pk).title != f"Draft of {page.pk}"
        seen.add(type(page))
    imported = {"ImportedFindingPage", "ImportedSourcePage", "ImportedYearPage"}
    expected = {model for model in searched_page_types() if model.__name__ not in imported}
    assert expected <= seen
