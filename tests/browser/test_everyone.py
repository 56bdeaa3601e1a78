"""Every kind of page, wide and narrow: axe finds nothing, nothing runs off the side, and no other
host is called."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db.models import Min
from playwright.sync_api import Page as Tab
from wagtail.models import Page

from audit_pages.models import PublishedPage
from learning.people.roles import Role

pytestmark = pytest.mark.browser

WIDE, NARROW = 1280, 320
SHAPES_OF_PAGE = 8
"""How many pages of each half axe reads on a phone, too; how wide they run is asked of all."""
OWN_PAGES = [
    "/search/",
    "/search/?q=dads+missing+from+assessments",
    "/search/?q=xyzzy",
    "/search/?q=neglect&theme=R01",
    "/my/my-work/",
    "/my/bookmarks/",
    "/my/about/",
    "/packs/",
    "/packs/new/",
    "/accounts/password/change/",
    "/nothing-stands-here/",
]


def one_page_of_each_type() -> list[str]:
    """The address of one live page of each page type of the borough."""
    first = PublishedPage.objects.live().values("content_type").annotate(pk=Min("pk"))
    return [page.get_url() for page in Page.objects.filter(pk__in=[row["pk"] for row in first])]


def complaints(tab: Tab, path: str, base: str, *, axe_on_a_phone: bool = True) -> list[str]:
    """What axe and the width say against a page."""
    found = []
    tab.goto(f"{base}{path}")
    for width in (WIDE, NARROW):
        tab.set_viewport_size({"width": width, "height": 900})
        if tab.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{path} at {width}: runs off the side")
        if width == WIDE or axe_on_a_phone:
            found += [f"{path} at {width}: {complaint}" for complaint in axe(tab)]
    return found


def axe(tab: Tab) -> list[str]:
    violations = Axe().run(tab).response["violations"]
    return [f"{violation['id']} {violation['nodes'][0]['target']}" for violation in violations]


@pytest.mark.parametrize("half", [0, 1])
def test_every_page_type_is_for_everyone(
    half: int, sign_in_as: Callable[[Role], Tab], portal_server: str, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock():
        of_each_type = one_page_of_each_type()
    assert len(of_each_type) >= 16
    paths = [*of_each_type, *OWN_PAGES][half::2]
    tab = sign_in_as(Role.LINE_MANAGER)
    elsewhere: list[str] = []
    tab.on("request", lambda request: elsewhere.append(request.url))
    found = []
    for place, path in enumerate(paths):
        found += complaints(tab, path, portal_server, axe_on_a_phone=place < SHAPES_OF_PAGE)
    assert not found, "\n".join(found)
    assert not [url for url in elsewhere if not url.startswith((portal_server, "data:"))]


def test_signing_in_and_its_errors_are_for_everyone(page: Tab, portal_server: str) -> None:
    found = complaints(page, "/accounts/login/", portal_server)
    page.locator("input[name=login]").fill("nobody@harrowmere.example")
    page.locator("input[name=password]").fill("wrong")
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_load_state()
    found += [f"wrong password: {complaint}" for complaint in axe(page)]
    found += complaints(page, "/accounts/password/reset/", portal_server)
    assert not found, "\n".join(found)


def test_menu_and_filters_work_without_javascript(browser: Any, portal_server: str) -> None:
    from portal.demo.loader import PASSWORD

    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    tab = context.new_page()
    tab.goto(f"{portal_server}/accounts/login/")
    tab.locator("input[name=login]").fill("priya.chandrasekhar@harrowmere.example")
    tab.locator("input[name=password]").fill(PASSWORD)
    tab.locator("main button[type=submit]").click()
    tab.locator(".portal-nav__summary").click()
    tab.get_by_role("link", name="Findings", exact=True).click()
    assert tab.url == f"{portal_server}/findings/"
    tab.goto(f"{portal_server}/search/?q=neglect")
    results = tab.locator(".portal-results > li").count()
    assert results > 0
    tab.goto(f"{portal_server}/search/?q=neglect&kind=letter")
    assert 0 < tab.locator(".portal-results > li").count() < results
    context.close()
