"""Addresses and headings that could still tell of a page that is closed, withdrawn or only a draft."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from audit_pages.models import FindingPage
from learning.people.models import StaffMember
from learning.people.roles import Role

pytestmark = pytest.mark.django_db
CANARY = "umberwagtail"


@pytest.fixture
def moved(page_at: Callable[[str], Page]) -> FindingPage:
    """A live finding whose address has changed; the old one leads on."""
    page = page_at("/findings/").get_children().live().first().specific
    Redirect.add_redirect("/findings/old-name/", page)
    page.slug = CANARY
    page.save()
    return page


def follow(client: Client, address: str = "/findings/old-name/") -> str:
    """Where the address leads; empty when it leads nowhere."""
    return client.get(address).headers.get("Location", "")


def close(page: Page, to: Role) -> None:
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.get(name=to.label))


def test_readers_are_led_to_where_a_page_has_moved(
    moved: FindingPage, sign_in: Callable[..., Client]
) -> None:
    assert CANARY in follow(sign_in(Role.FRONT_LINE))


def test_the_new_address_of_a_closed_page_is_told_to_its_readers_alone(
    moved: FindingPage, sign_in: Callable[..., Client], stranger: StaffMember, client: Client
) -> None:
    close(moved, to=Role.QA_OFFICER)
    for shut_out in (client, sign_in(stranger), sign_in(Role.FRONT_LINE), sign_in(Role.IT_SUPPORT)):
        for address in ("/findings/old-name/", "/findings/old-name", "/findings/old-name/?x=1"):
            assert CANARY not in follow(shut_out, address)
    assert CANARY in follow(sign_in(Role.QA_OFFICER))


def test_whoever_is_not_signed_in_learns_no_address(moved: FindingPage, client: Client) -> None:
    assert CANARY not in follow(client, "/findings/old-name")


def test_the_address_of_a_withdrawn_page_is_told_to_nobody(
    moved: FindingPage, sign_in: Callable[..., Client]
) -> None:
    moved.unpublish()
    assert sign_in(Role.LEAD_QA).get("/findings/old-name/").status_code == 404


def test_a_redirect_to_something_else_still_leads_on(sign_in: Callable[..., Client]) -> None:
    Redirect.add_redirect("/looking/", "/search/")
    assert follow(sign_in(Role.FRONT_LINE), "/looking/") == "/search/"


def test_the_title_of_a_withdrawn_section_is_not_read_on_the_pages_below(
    page_at: Callable[[str], Page], sign_in: Callable[..., Client]
) -> None:
    section, page = page_at("/findings/"), page_at("/findings/").get_children().live().first()
    section.title = f"Section {CANARY}"
    section.save()
    client = sign_in(Role.FRONT_LINE)
    assert CANARY in client.get(page.get_url()).text
    section.unpublish()
    assert CANARY not in client.get(page.get_url()).text


@pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish"])
def test_steps_on_many_pages_name_none_to_those_without_the_tree(
    action: str, page_at: Callable[[str], Page], sign_in: Callable[..., Client]
) -> None:
    page_at("/findings/").add_child(
        instance=FindingPage(
            title=f"Draft {CANARY}", quarter="2026-Q3", statement_kind="strength", level="service"
        )
    )
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    for role in (Role.IT_SUPPORT, Role.AUDIT_ADMIN, Role.QA_OFFICER):
        for address in (f"{url}?id=all", f"{url}?id=all".replace("/page/", "/Page/")):
            answer = sign_in(role).get(address)
            assert answer.status_code == 403, role
            assert CANARY not in answer.text
    assert sign_in(Role.EDITOR).get(f"{url}?id=all").status_code == 200
