"""The portal with JavaScript switched off: every page does its whole work."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab
from pptx import Presentation

from learning.people.roles import Role
from learning.submissions.models import SectionEntry
from tests.browser.conftest import sign_in_at
from tests.learning.submissions.conftest import Audit

pytestmark = pytest.mark.browser


@pytest.fixture
def tab_at(browser: Browser, portal_server: str) -> Iterator[Callable[[str], Tab]]:
    """`tab_at("priya@…")`: a narrow window without scripts, at the home page, as the person of this address."""
    context = browser.new_context(
        java_script_enabled=False,
        viewport={"width": 320, "height": 800},
        base_url=portal_server,
    )
    context.set_default_timeout(15_000)

    def _tab(address: str) -> Tab:
        tab = context.new_page()
        sign_in_at(tab, portal_server, address)
        return tab

    yield _tab
    context.close()


def hits(tab: Tab) -> int:
    return tab.locator(".portal-results > li").count()


def test_menu_filters_and_packs_work_without_javascript(
    tab_at: Callable[[str], Tab], addresses_of_people: dict[Role, str]
) -> None:
    tab = tab_at(addresses_of_people[Role.FRONT_LINE])
    tab.locator(".portal-nav__summary").click()
    tab.get_by_role("link", name="Findings", exact=True).click()
    expect(tab).to_have_url("/findings/")
    narrow_to_letters(tab)
    title = start_a_pack(tab)
    order_and_take(tab, title)


def narrow_to_letters(tab: Tab) -> None:
    tab.goto("/search/?q=neglect")
    results = hits(tab)
    tab.locator(".portal-facets__summary").click()
    tab.get_by_role("checkbox", name="Letter").check()
    tab.get_by_role("button", name="Show results").click()
    assert 0 < hits(tab) < results


def start_a_pack(tab: Tab) -> str:
    """The title of the letter that it begins with."""
    tab.locator(".portal-result__title a").first.click()
    title = tab.locator("h1").inner_text()
    tab.get_by_role("button", name="Start a pack with this").click()
    tab.get_by_role("link", name="Review day pack").click()
    return title


def order_and_take(tab: Tab, title: str) -> None:
    tab.get_by_label("Add a slide").select_option("own")
    tab.get_by_role("button", name="Add and write it").click()
    tab.get_by_label("Heading").fill("Before we begin")
    tab.get_by_role("button", name="Save this slide").click()
    tab.locator(".pack-step", has_text="Before we begin").locator("button[value=up]").click()
    order = [f"Slide {number}: {words}" for number, words in ((1, "Before we begin"), (2, title))]
    expect(tab.locator(".pack-step__title")).to_have_text(order)
    with tab.expect_download() as download:
        tab.get_by_role("link", name="Download for PowerPoint").click()
    deck = Presentation(str(download.value.path()))
    assert title in [slide.shapes.title.text_frame.text for slide in deck.slides]


def test_a_section_that_saves_itself_is_saved_by_its_button_without_javascript(
    tab_at: Callable[[str], Tab], audit: Audit, django_db_blocker: Any
) -> None:
    tab = tab_at(audit.first.email)
    tab.goto(f"/audits/submissions/{audit.ref}/sections/voice/")
    tab.locator("textarea[name=saw]").fill("Seen alone in March.")
    tab.locator("#section-form").get_by_role("button", name="Save", exact=True).click()
    expect(tab.locator("textarea[name=saw]")).to_have_value("Seen alone in March.")
    expect(tab.locator("[data-autosave-status]")).to_contain_text("Saved at")
    with django_db_blocker.unblock():
        assert SectionEntry.objects.get(section__key="voice").saw == "Seen alone in March."
