"""A page with its styles and scripts stays light, as it is sent, before anything is compressed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from audit_pages.models import FindingPage, GuidancePage
from learning.people.roles import Role
from portal.benchmarks.weight import MOST_BYTES, page_weight, references_of

SignIn = Callable[..., Client]


def read_static(address: str) -> bytes:
    """The file behind an address of a style or script."""
    path = finders.find(address.removeprefix(settings.STATIC_URL))
    assert path, f"{address} is no file of the portal's"
    return Path(path).read_bytes()


@pytest.mark.parametrize("path", ["/", "/search/", "/search/?q=plans+that+children+can+read"])
def test_home_and_search_are_light(path: str, sign_in: SignIn) -> None:
    answer = sign_in(Role.FRONT_LINE).get(path)
    assert answer.status_code == 200
    assert page_weight(answer.content, read_static) <= MOST_BYTES


@pytest.mark.parametrize("model", [GuidancePage, FindingPage])
def test_the_longest_page_of_a_kind_is_light(model: type, sign_in: SignIn) -> None:
    client = sign_in(Role.FRONT_LINE)
    answers = [client.get(page.get_url()) for page in model.objects.live()]
    assert {answer.status_code for answer in answers} == {200}
    longest = max((answer.content for answer in answers), key=len)
    assert page_weight(longest, read_static) <= MOST_BYTES


def test_the_styles_and_scripts_of_a_page_are_weighed(sign_in: SignIn) -> None:
    html = sign_in(Role.FRONT_LINE).get("/").content
    referred_to = references_of(html.decode())
    assert {address.rpartition(".")[2] for address in referred_to} == {"css", "js"}
    parts = [len(read_static(address)) for address in referred_to]
    assert page_weight(html, read_static) == len(html) + sum(parts)
    assert all(part > 1000 for part in parts)
