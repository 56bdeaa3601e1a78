"""Addresses and forms with what no browser sends: a plain refusal, never an error page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from audit_pages.packs.services import start_pack
from learning.people.models import StaffMember
from learning.people.roles import Role

pytestmark = pytest.mark.django_db
LONG, LARGE = "9" * 5000, "9" * 25


@pytest.mark.parametrize(
    "address",
    [
        "/media/a%00b",
        "/documents/1/a%00b",
        "/packs/{pack}/sharing/?name=%00",
        "/packs/{pack}/?removed=%C2%B2",
        "/packs/{pack}/?removed=" + LARGE,
        "/admin/imports/themes/?theme=%00&source=%00&year=%00",
        f"/admin/pages/{LARGE}/purge/",
        f"/evidence/{LARGE}/",
        f"/evidence/named/{LARGE}/remove/",
        "/findings/?p=%00",
        "/search/?q=%00&p=abc&quarter=%00",
        "/search/results.csv?q=%00",
        "/search/suggest/?q=a%00b",
    ],
)
def test_an_odd_address(
    address: str, sign_in: Callable[..., Client], person: Callable[[Role], StaffMember]
) -> None:
    pack = start_pack(owner=person(Role.LEAD_QA), title="Ours").pk
    answer = sign_in(Role.LEAD_QA).get(address.format(pack=pack))
    assert answer.status_code in (200, 400, 404)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/packs/add/", {"page": LONG}),
        ("/packs/add/", {"page": LARGE}),
        ("/packs/add/", {"page": "²"}),
        ("/packs/add/", {"trend": "\0"}),
        ("/packs/add/", {"page": "{page}", "pack": LONG}),
        ("/packs/new/", {"title": "a\0b", "start_from": "empty"}),
        ("/packs/new/", {"title": "x", "start_from": "empty", "theme": LARGE}),
        ("/packs/{pack}/sharing/", {"people": LARGE}),
        ("/packs/{pack}/slides/", {"kind": "\0"}),
        ("/admin/imports/themes/", {"step": "confirm", "entry": "²"}),
        ("/admin/imports/themes/", {"step": "confirm", "entry": LARGE}),
        ("/admin/imports/themes/", {"step": "confirm", "entry": LONG}),
    ],
)
def test_an_odd_form(
    address: str,
    said: dict[str, Any],
    sign_in: Callable[..., Client],
    person: Callable[[Role], StaffMember],
    page_at: Callable[[str], Page],
) -> None:
    names = {
        "pack": start_pack(owner=person(Role.LEAD_QA), title="Ours").pk,
        "page": page_at("/findings/").get_children().live().first().pk,
    }
    form = {name: value.format(**names) for name, value in said.items()}
    answer = sign_in(Role.LEAD_QA).post(address.format(**names), form)
    assert answer.status_code in (200, 302, 400, 404, 422)
