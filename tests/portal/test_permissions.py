"""The permission matrix against what is enforced: role by role, address by address."""

from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from learning.access.matrix import Relation
from learning.people.roles import Role
from portal.permissions import DOORS, Door, opener_of, relations_of, roles_of, url_names
from tests.portal.conftest import ROLE_OF_RELATION

pytestmark = pytest.mark.django_db

NOT_ASKED = {
    "account_logout": "ends the session that the next address needs",
    "wagtailadmin_logout": "ends the session that the next address needs",
    "wagtailadmin_error_test": "raises an error for whom it lets in",
    "wagtail_bulk_action": "asks each object's own rights: tests/learning/people",
    "wagtailadmin_editing_sessions:ping": "belongs to one editing session of one person",
    "wagtailadmin_editing_sessions:release": "belongs to one editing session of one person",
    "wagtailadmin_block_preview": "needs a block that was registered for previews",
    "imports:approve": "shows the batch to whoever loads; the step refuses: tests/audit_pages/importing",
    "imports:withdraw": "shows the batch to whoever loads; the step refuses: tests/audit_pages/importing",
    "wagtailadmin_login": "hands over to the portal's own sign-in",
    "wagtailadmin_api:pages:action": "asks the page's own rights for each kind of action",
    "wagtailadmin_api:pages:find": "is the listing under another name",
    "wagtailadmin_api:images:find": "is the listing under another name",
    "wagtailadmin_api:documents:find": "is the listing under another name",
    "wagtailadmin_tag_model_autocomplete": "no model of ours has free tags",
    "wagtailadmin_pages:convert_alias": "there are no aliases",
    "wagtailadmin_pages:workflow_history_detail": "is the history of one run of a workflow",
}
"""Addresses that are in the map and are not asked here, and why."""


def asked(url_name: str) -> bool:
    """Whether this test asks for the address. Pages that only repeat a list for a script are left out."""
    repeats = url_name.endswith("results") and url_name != "search:results"
    one_of_many = url_name.startswith("wagtailsnippet") and not any(
        f"_{name}:" in url_name
        for name in ("learning_theme", "learning_team", "search_stemoverride")
    )
    multiple = "_multiple" in url_name and url_name.startswith(("wagtaildocs:", "wagtailimages:"))
    return not (repeats or one_of_many or multiple or url_name in NOT_ASKED)


def got_in(address: Any, client: Client) -> bool:
    """Whether the answer shows the thing or does it; what it did is rolled back."""
    with transaction.atomic():
        answer = address.ask(client)
        transaction.set_rollback(True)
    if answer.status_code in (403, 404):
        return False
    assert answer.status_code != 405, f"{address.url} is asked by the wrong method"
    if answer.status_code == 302:
        to = urlsplit(answer["Location"]).path
        return not (to == "/admin/" or to.startswith("/accounts/login"))
    return answer.status_code in (200, 201, 422)


def expected(url_name: str, who: str) -> bool:
    """What the map says of this person."""
    opener = opener_of(url_name)
    if who == "anonymous":
        return opener is Door.PUBLIC
    if who == "stranger":
        return opener in (Door.PUBLIC, Door.SIGNED_IN)
    if who in Relation.__members__:
        return Relation[who] in relations_of(opener) or ROLE_OF_RELATION[Relation[who]] in roles_of(
            opener
        )
    return Role(who) in roles_of(opener)


def test_every_address_has_a_line_in_the_map() -> None:
    unknown = [name for name in url_names() if opener_of(name) is None]
    assert not unknown, f"Say in portal/permissions.py who may open: {unknown}"


def test_every_line_of_the_map_fits_an_address() -> None:
    names = list(url_names())
    idle = [p for p in DOORS if not any(fnmatchcase(name, p) for name in names)]
    assert not idle, f"No address of the portal fits {idle}"


def test_the_page_on_permissions_says_what_the_code_says() -> None:
    call_command("write_permissions", check=True)


def part_of(url_name: str) -> str:
    """The part of the portal that an address belongs to; each part is one test."""
    if url_name.startswith(("wagtailadmin_pages:", "wagtailadmin_explore")):
        return "pages in the desk"
    if url_name.startswith(("wagtailadmin", "needs_attention")) or "_modeladmin" in url_name:
        return "the desk"
    if url_name.startswith("wagtail") and url_name not in DOORS:
        return "files, words, people and settings in the desk"
    return "imports" if url_name.startswith("imports:") else "the portal"


@pytest.mark.parametrize("part", sorted({part_of(pattern) for pattern in DOORS}))
def test_who_gets_in(
    part: str, clients: dict[str, Client], address_of: Callable[[str, str], Any]
) -> None:
    wrong = []
    for url_name in url_names():
        if part_of(url_name) != part or not asked(url_name) or opener_of(url_name) is None:
            continue
        for who, client in clients.items():
            answer = got_in(address_of(url_name, who), client)
            if answer != expected(url_name, who):
                wrong.append(f"{url_name}: {who} {'got in' if answer else 'was refused'}")
    assert not wrong, "\n".join(wrong)
