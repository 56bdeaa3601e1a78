"""What the portal is for, on the inspectors' findings as they were published, in a browser with either engine:
read, find by theme, publish, present."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from pptx import Presentation

from audit_pages.importing.sources import OPEN_GOVERNMENT_LICENCE
from learning.people.roles import Role
from tests.audit_pages.packs.conftest import words_of_slide
from tests.browser.conftest import read_the_ground_rules
from tests.conftest import drain_all

pytestmark = [pytest.mark.real, pytest.mark.browser]

LINES = "3,340"
OFSTED = "Ofsted, as an editor loads it"
PATIENCE = 180_000
"""Milliseconds: the suite has no task worker, so the answer to a step waits until its work is done."""


@pytest.fixture
def index_put_back(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Afterwards the index holds the borough's own pages alone, as other tests expect."""
    yield
    with django_db_blocker.unblock():
        call_command("search_reconcile", fix=True, verbosity=0)


def test_thousands_of_findings_are_published_found_read_and_presented(
    index_put_back: None,
    sign_in_as: Callable[[Role], Tab],
    portal_server: str,
    django_db_blocker: Any,
    tmp_path: Path,
) -> None:
    batch = load_the_file(sign_in_as(Role.EDITOR), portal_server)
    approve_the_batch(sign_in_as(Role.LEAD_QA), batch)
    with django_db_blocker.unblock():
        drain_all()
    for engine in ("elasticsearch", "database"):
        with override_settings(PORTAL_SEARCH_ENGINE=engine):
            tab = sign_in_as(Role.FRONT_LINE)
            read_the_ground_rules(tab)
            title = find_by_theme(tab, portal_server)
            tab = sign_in_as(Role.LINE_MANAGER)
            present(tab, portal_server, title, tmp_path / f"{engine}.pptx")


def load_the_file(tab: Tab, portal: str) -> str:
    """The address of the batch, of which every line waits for somebody else."""
    tab.goto(f"{portal}/admin/imports/new/")
    folder = Path(os.environ["PORTAL_REAL_DATA"]) / "findings"
    tab.locator("input[name=file]").set_input_files(folder / "ofsted_findings.jsonl")
    tab.locator("[name=source]").fill(OFSTED)
    tab.locator("[name=attribution]").fill("Contains public sector information: Ofsted.")
    tab.locator("[name=licence]").fill(OPEN_GOVERNMENT_LICENCE)
    with tab.expect_navigation(timeout=PATIENCE):
        tab.get_by_role("button", name="Load the file").click(timeout=PATIENCE)
    expect(tab.locator("main")).to_contain_text(LINES)
    expect(tab.get_by_role("link", name="Approve and publish")).to_have_count(
        0
    )  # not by whoever loaded it
    return tab.url


def approve_the_batch(tab: Tab, batch: str) -> None:
    tab.goto(batch)
    tab.locator("main").get_by_role("link", name="Approve and publish").click()
    with tab.expect_navigation(timeout=PATIENCE):
        tab.get_by_role("button", name="Yes, publish them").click(timeout=PATIENCE)
    expect(tab.locator("main")).to_contain_text("Approved")


def find_by_theme(tab: Tab, portal: str) -> str:
    """The title of a finding of the file, found under a theme that the portal suggested for it."""
    tab.goto(f"{portal}/search/?q=children+missing+from+home")
    narrow(tab, "Source", OFSTED)
    tab.get_by_role("checkbox", name="Count suggested themes too").check()
    tab.get_by_role("button", name="Show results").click()
    narrow(tab, "Theme", "missing")
    tab.get_by_role("button", name="Show results").click()
    first = tab.locator(".portal-results > li").first
    expect(first).to_contain_text("missing", ignore_case=True)
    first.get_by_role("link").first.click()
    expect(tab.locator("main")).to_contain_text(OFSTED)
    return tab.locator("h1").inner_text()


def narrow(tab: Tab, facet: str, choice: str) -> None:
    """Tick the first choice of this name, in a facet that may be folded."""
    group = tab.locator(".portal-facet", has=tab.locator("summary", has_text=facet))
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    group.get_by_role("checkbox", name=choice).first.check()


def present(tab: Tab, portal: str, title: str, file: Path) -> None:
    tab.goto(f"{portal}/search/?q={title}")
    tab.locator(".portal-results").get_by_role("link", name=title).first.click()
    tab.locator("main summary", has_text="Add to my pack").click()
    tab.get_by_label("Which pack?").select_option("new")
    tab.get_by_role("button", name="Add", exact=True).click()
    tab.get_by_role("link", name="Review day pack").click()
    with tab.expect_download() as download:
        tab.get_by_role("link", name="Download for PowerPoint").click()
    download.value.save_as(file)
    words = "\n".join(words_of_slide(slide) for slide in Presentation(str(file)).slides)
    assert title in words
    assert OFSTED in words
