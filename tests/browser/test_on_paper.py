"""What is printed: the text and whose it is, without what only works on a screen."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page as Tab

from learning.people.roles import Role
from tests.audit_pages.pages.test_rendering import page_types
from tests.browser.audits import OWNER, WORKER
from tests.browser.looks import Look
from tests.browser.test_everyone import is_at

pytestmark = pytest.mark.browser

ONLY_ON_A_SCREEN = (
    "nav, form, button, input, select, .portal-header, .portal-useful, .portal-actions, "
    ".pack-step__actions, .govuk-skip-link, .govuk-button"
)
PRINTED = [
    *(Look(model.__name__, f"{{{model.__name__}}}") for model in page_types()),
    Look("search", "/search/?q=neglect"),
    Look("pack", "/packs/{pack}/"),
    Look("pack, to print", "/packs/{pack}/print/"),
    Look("my work", "/my/my-work/"),
    Look("audit", "/audits/submissions/{shared}/read/", WORKER),
    Look("recommendation", "/audits/recommendations/{recommendation}/", OWNER),
    Look("report", "/audits/reports/{cycle}/", Role.LEAD_QA),
    Look("figures", "/audits/figures/", Role.SENIOR_MANAGER),
]


def shown(tab: Tab, selector: str) -> list[str]:
    """The opening tags of what would be printed of these."""
    return tab.locator(selector).evaluate_all(
        "found => found.filter(one => one.checkVisibility() && one.getClientRects().length)"
        ".map(one => one.outerHTML.slice(0, 90))"
    )


@pytest.mark.parametrize("look", PRINTED, ids=lambda look: look.name)
def test_paper_holds_the_text_and_nothing_to_press(
    look: Look, shared_portal: Any, tab_of: Callable[..., Tab]
) -> None:
    tab = tab_of(look.who)
    tab.goto(shared_portal.address_of(look))
    assert is_at(tab, shared_portal.address_of(look))
    assert shown(tab, ONLY_ON_A_SCREEN)
    tab.emulate_media(media="print")
    assert not shown(tab, ONLY_ON_A_SCREEN)
    assert shown(tab, "main h1")
    assert "Fictional" in tab.locator("body").inner_text()


def test_a_table_that_is_folded_on_the_screen_is_open_on_paper(
    shared_portal: Any, tab_of: Callable[..., Tab]
) -> None:
    tab = tab_of(Role.SENIOR_MANAGER)
    tab.goto(shared_portal.address_of(Look("figures", "/audits/figures/")))
    tab.locator("main").evaluate(
        "main => main.insertAdjacentHTML('beforeend', '<details class=\"govuk-details portal-fold\">"
        "<summary>Show</summary><table><tr><td>Cell</td></tr></table></details>')"
    )
    cell = tab.locator(".portal-fold td").last
    assert not cell.is_visible()
    tab.emulate_media(media="print")
    assert cell.is_visible()
