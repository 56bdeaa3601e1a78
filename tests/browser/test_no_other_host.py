"""No page asks anything of another machine: not a font, not a picture, not a beacon."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import Request

from audit_pages.models import PublishedPage
from learning.people.roles import Role

pytestmark = pytest.mark.browser

LOCAL = ("data", "blob", "about", "chrome")


@pytest.fixture
def asked(page: Tab) -> list[str]:
    """The host of every request that the tab has made, with what it asked for."""
    hosts: list[str] = []

    def note(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in LOCAL:
            hosts.append(address.netloc)

    page.context.on("request", note)
    return hosts


@pytest.fixture
def one_of_each(portal_server: str, django_db_blocker: Any) -> list[str]:
    """The address of one live page of each type."""
    with django_db_blocker.unblock():
        newest: dict[type, str] = {}
        for live in PublishedPage.objects.live().specific():
            newest[type(live)] = live.get_url()
    return list(newest.values())


def walk(tab: Tab, base: str, addresses: list[str]) -> None:
    for address in addresses:
        answer = tab.goto(f"{base}{address}", wait_until="networkidle")
        assert answer is not None
        assert answer.status == 200, address


def test_the_portal_asks_nobody_else(
    asked: list[str],
    one_of_each: list[str],
    sign_in_as: Callable[[Role], Tab],
    portal_server: str,
) -> None:
    own = ["/search/?q=plan", "/my/my-work/", "/my/bookmarks/", "/my/about/", "/packs/"]
    walk(sign_in_as(Role.LEAD_QA), portal_server, one_of_each + own)
    assert len(asked) > len(one_of_each)
    assert set(asked) == {urlsplit(portal_server).netloc}


def test_the_desk_asks_nobody_else(
    asked: list[str],
    sign_in_as: Callable[[Role], Tab],
    portal_server: str,
    django_db_blocker: Any,
) -> None:
    with django_db_blocker.unblock():
        finding = PublishedPage.objects.live().get(slug="findings")
        below = finding.get_children().live().first().pk
    desk = [
        "/admin/",
        f"/admin/pages/{finding.pk}/",
        f"/admin/pages/{below}/edit/",
        f"/admin/pages/{below}/history/",
        "/admin/images/",
        "/admin/snippets/learning/theme/",
        "/evidence/",
        "/admin/access-log/",
        "/admin/account/",
        "/admin/reports/needs-attention/",
    ]
    walk(sign_in_as(Role.LEAD_QA), portal_server, desk)
    assert set(asked) == {urlsplit(portal_server).netloc}
