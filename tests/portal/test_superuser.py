"""Whoever sets the portal up is let in everywhere: nothing that they alone see may end in an error."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from learning.people.models import StaffMember
from tests.portal.addresses import addresses_that_are_read

pytestmark = pytest.mark.django_db


def test_a_superuser_meets_no_error(address_of: Callable[[str, str], Any]) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(
        StaffMember.objects.create(email="all@harrowmere.example", is_superuser=True),
        backend="learning.people.accounts.StaffBackend",
    )
    answers = {
        path: client.get(path).status_code for path in addresses_that_are_read(address_of).values()
    }
    assert answers["/admin/pages/"] == answers["/admin/sites/"] == 200
    assert not [path for path, status in answers.items() if status >= 500]
