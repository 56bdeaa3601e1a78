"""The portal with JavaScript switched off."""

from typing import Any

import pytest

from learning.people.roles import Role
from tests.browser.conftest import sign_in_at

pytestmark = pytest.mark.browser


def test_menu_and_filters_work_without_javascript(
    browser: Any, portal_server: str, addresses_of_people: dict[Role, str]
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    tab = context.new_page()
    sign_in_at(tab, portal_server, addresses_of_people[Role.FRONT_LINE])
    tab.locator(".portal-nav__summary").click()
    tab.get_by_role("link", name="Findings", exact=True).click()
    assert tab.url == f"{portal_server}/findings/"
    tab.goto(f"{portal_server}/search/?q=neglect")
    results = tab.locator(".portal-results > li").count()
    assert results > 0
    tab.goto(f"{portal_server}/search/?q=neglect&kind=letter")
    assert 0 < tab.locator(".portal-results > li").count() < results
    context.close()
