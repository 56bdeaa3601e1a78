"""A team manager finds, gathers, orders and takes along what a review day needs, without a mouse."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab
from pptx import Presentation

from learning.people.roles import Role
from portal.demo.loader import PASSWORD
from tests.browser.keyboard import Keyboard

pytestmark = pytest.mark.browser

NOTE = "Ask the team first: when did you last phone a father?"


@pytest.fixture
def tab(browser: Browser, portal_server: str) -> Iterator[Tab]:
    context = browser.new_context(base_url=portal_server, accept_downloads=True)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def test_a_team_manager_prepares_a_review_day_without_a_mouse(
    tab: Tab, addresses_of_people: dict[Role, str]
) -> None:
    keys = Keyboard(tab)
    sign_in(tab, keys, addresses_of_people[Role.LINE_MANAGER])
    skip_to_the_content(tab, keys)
    find(tab, keys, "dads missing from assessments")
    title = open_at_its_section(tab, keys)
    put_into_a_new_pack(tab, keys)
    write_a_slide(tab, keys)
    move_it_up(tab, keys, title)
    take_it_along(tab, keys, title)
    keys.follow(tab.get_by_label("Breadcrumb").get_by_role("link", name="My packs"))
    expect(tab.locator("h1")).to_have_text("My packs")


def sign_in(tab: Tab, keys: Keyboard, address: str) -> None:
    tab.goto("/accounts/login/")
    keys.write(tab.locator("input[name=login]"), address)
    keys.write(tab.locator("input[name=password]"), PASSWORD)
    keys.enter()
    tab.wait_for_url("/")


def skip_to_the_content(tab: Tab, keys: Keyboard) -> None:
    """The first stop of a page leads past its head."""
    skip = tab.get_by_role("link", name="Skip to main content")
    tab.keyboard.press("Tab")
    keys.stands_at(skip)
    tab.keyboard.press("Enter")
    expect(tab.locator("main")).to_be_focused()
    tab.keyboard.press("Tab")
    expect(tab.locator("main :focus")).to_have_count(1)


def find(tab: Tab, keys: Keyboard, words: str) -> None:
    """Search, and narrow what was found to findings."""
    keys.write(tab.get_by_role("searchbox").or_(tab.get_by_role("combobox")), words)
    keys.enter()
    everything = tab.locator(".portal-results > li").count()
    facets = tab.get_by_role("form", name="Narrow the results")
    box = facets.get_by_role("checkbox", name="Finding", include_hidden=True)
    if not box.first.is_visible():
        keys.press(facets.locator("summary", has_text="Kind"))
    keys.press(box, "Space")
    keys.follow(facets.get_by_role("button", name="Show results"))
    assert 0 < tab.locator(".portal-results > li").count() <= everything


def open_at_its_section(tab: Tab, keys: Keyboard) -> str:
    """The finding's title; the page stands at the section that was found."""
    hit = tab.locator(".portal-result__title a[href*='#']").first
    title = hit.inner_text()
    keys.follow(hit)
    expect(tab.locator("h1")).to_have_text(title)
    expect(tab.locator(f"[id='{tab.url.partition('#')[2]}']")).to_be_in_viewport()
    return title


def put_into_a_new_pack(tab: Tab, keys: Keyboard) -> None:
    keys.press(tab.locator("summary", has_text="Add to my pack"))
    keys.choose(tab.get_by_label("Which pack?"), "A new pack")
    keys.follow(tab.get_by_role("button", name="Add", exact=True))
    said = tab.get_by_role("alert")
    keys.stands_at(said)
    keys.follow(said.get_by_role("link", name="Review day pack"))
    expect(tab.locator(".pack-step")).to_have_count(1)


def write_a_slide(tab: Tab, keys: Keyboard) -> None:
    keys.choose(tab.get_by_label("Add a slide"), "A slide of your own")
    keys.follow(tab.get_by_role("button", name="Add and write it"))
    keys.write(tab.get_by_label("Heading"), "Before we begin")
    keys.write(tab.get_by_label("Notes for whoever presents"), NOTE)
    slip(tab, keys)
    keys.follow(tab.get_by_role("button", name="Save this slide"), "Shift+Tab")
    expect(tab.locator(".pack-step")).to_have_count(2)


def slip(tab: Tab, keys: Keyboard) -> None:
    """One Tab too far, to “Cancel”: the browser asks before what was written is lost."""
    tab.once("dialog", lambda dialog: dialog.dismiss())
    with tab.expect_event("dialog") as asked:
        keys.press(tab.locator("main").get_by_role("link", name="Cancel"))
    assert asked.value.type == "beforeunload"


def move_it_up(tab: Tab, keys: Keyboard, title: str) -> None:
    """Back in the pack the slide that was written has the focus, and its buttons come next."""
    written = tab.locator(".pack-step", has_text="Before we begin")
    keys.stands_at(written)
    keys.follow(written.locator("button[value=up]"))
    titles = tab.locator(".pack-step__title")
    expect(titles).to_have_text(["Slide 1: Before we begin", f"Slide 2: {title}"])
    keys.stands_at(written)


def take_it_along(tab: Tab, keys: Keyboard, title: str) -> None:
    keys.reach(tab.get_by_role("link", name="Download for PowerPoint"), "Shift+Tab")
    with tab.expect_download() as download:
        tab.keyboard.press("Enter")
    deck = Presentation(str(download.value.path()))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles[1] == "Before we begin"
    assert title in titles
    assert NOTE in deck.slides[1].notes_slide.notes_text_frame.text
