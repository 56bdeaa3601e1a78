"""What people do in the portal, in a real browser: read, find, publish, present."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from learning.people.roles import Role
from tests.browser.conftest import read_the_ground_rules, write_in

pytestmark = pytest.mark.browser


def test_a_member_of_staff_reads_finds_and_keeps(
    sign_in_as: Callable[[Role], Tab], portal_server: str
) -> None:
    tab = sign_in_as(Role.FRONT_LINE)
    read_the_ground_rules(tab)
    tab.get_by_role("button", name="Bookmark").click()
    expect(tab.get_by_text("Kept in your bookmarks.")).to_be_visible()
    tab.locator("button[name=useful][value=yes]").click()
    expect(tab.get_by_text("Thank you")).to_be_visible()
    tab.locator("#site-search").fill("dads missing from assessments")
    tab.locator("#site-search").press("Enter")
    first = tab.locator(".portal-results > li").first
    expect(first).to_contain_text("fathers", ignore_case=True)
    first.get_by_role("link").first.click()
    expect(tab.locator("h1")).to_be_visible()
    tab.goto(f"{portal_server}/my/bookmarks/")
    expect(tab.get_by_role("link", name="Ground rules for the audit days")).to_be_visible()


def check_the_words(tab: Tab) -> None:
    """The disclosure check of the page that is open in the desk; back to the page afterwards."""
    edit = tab.url
    tab.goto(edit.replace("/edit/", "/disclosure/"))
    for answer in tab.locator("main input[type=radio][value=no]").all():
        answer.check()
    tab.get_by_role("button", name="Keep this check").click()
    expect(tab.get_by_text("checked these words")).to_be_visible()
    tab.goto(edit)


def test_an_editor_writes_a_qa_officer_checks_and_a_lead_publishes(
    sign_in_as: Callable[[Role], Tab], portal_server: str, django_db_blocker: object
) -> None:
    from wagtail.models import Page

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        section = Page.objects.get(slug="findings", depth=3).pk
    tab = sign_in_as(Role.EDITOR)
    tab.goto(f"{portal_server}/admin/pages/add/audit_pages/findingpage/{section}/")
    tab.locator("#id_title").fill("Grandparents hear of the plan too late")
    tab.locator("#id_summary").fill(
        "Grandparents who could help were told after the plan was made."
    )
    tab.locator("#id_quarter").fill("2026-Q3")
    tab.locator("#id_statement_kind").select_option("development_area")
    tab.locator("#id_level").select_option("service")
    write_in(tab, "what_we_saw", "Grandparents told us that nobody had asked them.")
    tab.get_by_role("button", name="More actions").click()
    assert not tab.get_by_role("button", name="Publish", exact=True).is_visible()
    tab.get_by_role("button", name="Submit to Findings, letters and learning").click()
    expect(tab.get_by_text("submitted for moderation")).to_be_visible()

    title = "Grandparents hear of the plan too late"
    tab = sign_in_as(Role.FRONT_LINE)
    tab.goto(f"{portal_server}/findings/")
    expect(tab.get_by_text(title)).to_have_count(0)

    for role in (Role.QA_OFFICER, Role.LEAD_QA):
        tab = sign_in_as(role)
        tab.goto(f"{portal_server}/my/my-work/")
        tab.get_by_role("link", name=title).click()
        if role == Role.QA_OFFICER:
            check_the_words(tab)
        tab.get_by_role("button", name="More actions").click()
        approve = tab.get_by_role("button", name="Approve", exact=True).or_(
            tab.get_by_role("button", name="Approve and Publish", exact=True)
        )
        approve.first.click()
        expect(tab.get_by_text(f"“{title}” is approved.")).to_be_visible()

    tab = sign_in_as(Role.FRONT_LINE)
    tab.goto(f"{portal_server}/findings/")
    expect(tab.get_by_role("link", name=title)).to_be_visible()
