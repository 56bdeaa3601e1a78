"""Signing in with a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page as Tab

from learning.people.roles import Role
from portal.demo.loader import PASSWORD, first_with


@pytest.fixture
def addresses_of_people(portal_server: str, django_db_blocker: Any) -> dict[Role, str]:
    """The e-mail address of the person who signs in for each role."""
    with django_db_blocker.unblock():
        return {role: first_with(role).email for role in Role}


@pytest.fixture
def sign_in_as(
    page: Tab, portal_server: str, addresses_of_people: dict[Role, str]
) -> Callable[[Role], Tab]:
    """`sign_in_as(Role.EDITOR)`: the tab, at the home page, as the person of that role."""

    def _sign_in(role: Role) -> Tab:
        page.set_default_timeout(15_000)
        page.context.clear_cookies()
        page.goto(f"{portal_server}/accounts/login/")
        page.locator("input[name=login]").fill(addresses_of_people[role])
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main").get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{portal_server}/")
        return page

    return _sign_in
