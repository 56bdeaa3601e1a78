"""Where a process looks first for the page of an address never decides what is shown."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from audit_pages.models import ExemplarPage, GuidancePage
from learning.people.roles import Role
from portal import serving

pytestmark = pytest.mark.django_db
ADDRESS = "/guidance/the-two-days-hour-by-hour/"


@pytest.fixture
def reader(sign_in: Callable[..., Client]) -> Client:
    """A signed-in reader whose process knows what stands at the address."""
    client = sign_in(Role.FRONT_LINE)
    assert client.get(ADDRESS).context["page"].specific_class is GuidancePage
    return client


def put_at(page: Page, url_path: str) -> None:
    """The page at another place of the tree, as another process would leave it."""
    Page.objects.filter(url_path=url_path).update(url_path="/home/elsewhere/")
    Page.objects.filter(pk=page.pk).update(url_path=url_path)


def test_a_page_of_another_kind_takes_over_the_address(reader: Client) -> None:
    exemplar = ExemplarPage.objects.live().first()
    put_at(exemplar, f"/home{ADDRESS}")
    assert reader.get(ADDRESS).context["page"] == exemplar


def test_a_page_of_the_same_kind_takes_over_the_address(
    reader: Client, page_at: Callable[[str], Page]
) -> None:
    other = page_at("/guidance/your-right-of-reply/")
    put_at(other, f"/home{ADDRESS}")
    assert reader.get(ADDRESS).context["page"] == other


def test_a_page_withdrawn_elsewhere_is_gone_at_once(reader: Client) -> None:
    Page.objects.filter(url_path=f"/home{ADDRESS}").update(live=False)
    assert reader.get(ADDRESS).status_code == 404


def test_a_known_address_takes_one_query(
    reader: Client, django_assert_num_queries: Any, page_at: Callable[[str], Page]
) -> None:
    expected = page_at(ADDRESS)
    with django_assert_num_queries(1):
        assert serving._page_at(ADDRESS) == expected


def test_only_so_many_addresses_are_kept(reader: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(serving, "KINDS_KEPT", 2)
    monkeypatch.setattr(serving, "_kinds", {})
    for path in (ADDRESS, "/guidance/your-right-of-reply/", "/findings/", "/letters/"):
        assert reader.get(path).status_code == 200
    assert 0 < len(serving._kinds) <= 2 and f"/home{ADDRESS}" not in serving._kinds
