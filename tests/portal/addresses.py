"""Addresses of the portal that tests walk, and who gets in there."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.urls import NoReverseMatch, reverse

from learning.people.roles import Role
from portal.permissions import Door, opener_of, url_names
from tests.portal.conftest import POSTED
from tests.portal.test_permissions import NOT_ASKED, asked


def addresses_that_are_read(address_of: Callable[[str, str], Any]) -> dict[str, str]:
    """Every address that is asked with GET, by its name."""
    found = {}
    for name in url_names():
        if opener_of(name) in (None, Door.CLOSED) or name in NOT_ASKED or name in POSTED:
            continue
        try:
            found[name] = reverse(name)
        except NoReverseMatch:
            if asked(name):
                found[name] = urlsplit(address_of(name, Role.LEAD_QA.value).url).path
    return found
