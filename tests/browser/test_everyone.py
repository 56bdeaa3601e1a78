"""Every kind of page and every form state, wide and narrow: axe finds nothing, nothing runs off the
side, and no other host is called."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab
from playwright.sync_api import Request

from tests.audit_pages.pages.test_rendering import page_types
from tests.browser.form_looks import FORMS
from tests.browser.looks import DESK, OF_AN_AUDIT, OWN_PAGES, STATES, Look

pytestmark = pytest.mark.browser

WIDE, NARROW = 1280, 320
AT_REST = """document.getAnimations().filter((one) => isFinite(one.effect.getComputedTiming().endTime))
  .forEach((one) => one.finish())"""
"""What fades in stands there: colours count as they stay."""
OF_EACH_TYPE = [Look(model.__name__, f"{{{model.__name__}}}") for model in page_types()]
LOOKS = [*OF_EACH_TYPE, *OWN_PAGES, *STATES, *OF_AN_AUDIT, *FORMS, *DESK]


def complaints(tab: Tab, look: Look) -> list[str]:
    """What axe and the width say against what the tab shows. The desk is for wide screens; axe reads it
    whole there, Wagtail's menu and header too, and no rule of it is left out."""
    found = []
    tab.evaluate(AT_REST)
    tab.evaluate(Axe().axe_script)
    for width in (WIDE,) if look.is_desk else (WIDE, NARROW):
        tab.set_viewport_size({"width": width, "height": 900})
        if not look.is_desk and tab.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"at {width}: runs off the side")
        found += [f"at {width}: {complaint}" for complaint in axe(tab)]
    return found


def axe(tab: Tab) -> list[str]:
    answer = tab.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")
    return [
        f"{violation['id']} {node['target']} {node['failureSummary']}"
        for violation in answer["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_what_anybody_meets_is_for_everyone(
    look: Look, shared_portal: Any, tab_of: Callable[..., Tab]
) -> None:
    tab = tab_of(look.who)
    with requests_of(tab) as asked:
        tab.set_viewport_size({"width": WIDE, "height": 900})
        tab.goto(shared_portal.address_of(look))
        assert is_at(tab, shared_portal.address_of(look))
        if look.do:
            look.do(tab)
        found = complaints(tab, look)
    assert not found, "\n".join(found)
    assert not [url for url in asked if not url.startswith((shared_portal.base, "data:"))]


def is_at(tab: Tab, address: str) -> bool:
    """Whether the tab shows what was asked for, and was not sent elsewhere."""
    return urlsplit(tab.url).path == urlsplit(address).path


@contextmanager
def requests_of(tab: Tab) -> Iterator[list[str]]:
    """What the tab asks for meanwhile."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    tab.on("request", note)
    yield asked
    tab.remove_listener("request", note)
