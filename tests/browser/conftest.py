"""Signing in with a real browser."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab
from wagtail.models import Page

from audit_pages.models import FindingPage, PublishedPage
from audit_pages.packs.models import Pack, Slide
from audit_pages.packs.presenting import record_presentation
from audit_pages.packs.services import add_page, add_slide, start_pack
from audit_pages.pages.cycle_keeping import keep_page
from audit_pages.publishing.models import Approval
from audit_pages.publishing.services import approve_and_publish
from learning.people.models import Team
from learning.people.roles import Role
from learning.submissions.opening import open_case
from portal.demo.loader import PASSWORD, first_with
from tests.audit_pages.importing.conftest import approve, finding, load_file
from tests.browser.audits import audit_things
from tests.browser.looks import Look
from tests.learning.audit import a_cycle
from tests.learning.submissions.conftest import Audit, an_audit
from tests.serving import cloned, served


@pytest.fixture
def addresses_of_people(portal_server: str, django_db_blocker: Any) -> dict[Role, str]:
    """The e-mail address of the person who signs in for each role."""
    with django_db_blocker.unblock():
        return {role: first_with(role).email for role in Role}


@pytest.fixture
def sign_in_as(
    page: Tab, portal_server: str, addresses_of_people: dict[Role, str]
) -> Callable[[Role], Tab]:
    """`sign_in_as(Role.EDITOR)`: the tab, at the home page, as the person of that role."""

    def _sign_in(role: Role) -> Tab:
        page.set_default_timeout(15_000)
        page.context.clear_cookies()
        sign_in_at(page, portal_server, addresses_of_people[role])
        return page

    return _sign_in


@pytest.fixture
def audit(portal_server: str, django_db_blocker: Any) -> Audit:
    """One audit that both of its pair have opened; each of them can sign in."""
    with django_db_blocker.unblock():
        audit = an_audit(first_with(Role.LEAD_QA))
        for person in (audit.first, audit.second):
            person.set_password(PASSWORD)
            person.save()
            open_case(submission=audit.submission, opened_by=person)
        return audit


def sign_in_at(tab: Tab, base: str, address: str) -> None:
    """Leaves the tab at the home page, as the person of this address."""
    tab.goto(f"{base}/accounts/login/")
    tab.locator("input[name=login]").fill(address)
    tab.locator("input[name=password]").fill(PASSWORD)
    tab.locator("main").get_by_role("button", name="Sign in").click()
    tab.wait_for_url(f"{base}/")


def write_in(tab: Tab, field: str, words: str) -> None:
    """Types into a rich text field of the desk, once its editor has the focus; what is typed before is lost."""
    editor = tab.locator(f"[data-contentpath={field}] .public-DraftEditor-content")
    editor.click()
    expect(editor).to_be_focused()
    editor.press_sequentially(words, delay=5)
    expect(editor).to_contain_text(words)
    expect(tab.locator(f"input[name={field}]")).to_have_value(re.compile(re.escape(words)))


def read_the_ground_rules(tab: Tab) -> None:
    """From the home page; leaves the tab there."""
    tab.get_by_role("link", name="Guidance", exact=True).first.click()
    tab.get_by_role("link", name="Ground rules for the audit days").click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Ground rules for the audit days")


@dataclass
class SharedPortal:
    """A portal that many tests only look at: where it is, and where the things are that were made for
    them."""

    base: str
    places: dict[str, Any]
    people: dict[Role, str] = field(default_factory=dict)

    def address_of(self, look: Look) -> str:
        return f"{self.base}{look.address.format(**self.places)}"


@pytest.fixture(scope="module")
def shared_portal(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SharedPortal]:
    """One copy of the borough, with a pack and two batches of findings, for a whole file of tests."""
    with django_db_blocker.unblock(), cloned():
        with override_settings(PORTAL_SEARCH_ENGINE="database"):  # the index outlives the copy
            places = things(tmp_path_factory.mktemp("imports")) | one_of_each_type()
        people = {role: first_with(role).email for role in Role}
        with served() as base:
            yield SharedPortal(base, places, people)


def one_of_each_type() -> dict[str, str]:
    """The address of one live page of each type, by the name of the type."""
    found: dict[str, str] = {}
    for page in PublishedPage.objects.live().order_by("-pk").specific():
        found[type(page).__name__] = page.get_url()
    return found


def things(folder: Path) -> dict[str, Any]:
    """Keys of a pack and its slide, a finding, a batch that waits and one that is read, and of an audit."""
    pack = start_pack(owner=first_with(Role.LINE_MANAGER), title="Review day")
    page = FindingPage.objects.live().order_by("pk").first()
    add_page(pack=pack, page=page)
    own = add_slide(pack=pack, kind=Slide.Kind.OWN, heading="Ours", text="What we do next")
    a_live_briefing()
    read = load_batch(folder / "read.jsonl", [finding(1), finding(2)])
    approve(read, first_with(Role.LEAD_QA))
    waits = load_batch(folder / "waits.jsonl", [finding(3), finding(4), "no row"])
    return {
        "pack": pack.pk, "slide": own.pk, "finding": page.pk, "batch": waits, "read_batch": read,
        **marked_things(pack), **audit_things(),
    }  # fmt: skip


def marked_things(pack: Pack) -> dict[str, Any]:
    """Words by which somebody could be known: in two packs, in what was presented, in a draft."""
    owner, team = first_with(Role.LINE_MANAGER), Team.objects.earliest("pk")
    of_mark = {"marked_pack": "He moved on 4 May 2026.", "refused_pack": "Ring 07700 900123."}
    packs = {name: start_pack(owner=owner, title="A day") for name in of_mark}
    slides = [
        add_slide(pack=packs[name], kind=Slide.Kind.OWN, text=text)
        for name, text in of_mark.items()
    ]
    shown = record_presentation(
        recorded_by=owner, pack=pack, team=team, attended=7,
        presented_on=timezone.localdate(), change="Ask again, as on 4 May 2026.",
    )  # fmt: skip
    draft = FindingPage(title="Evenings", slug="evenings", summary="They moved on 4 May 2026.")
    draft.quarter, draft.statement_kind, draft.level = "2026-Q3", "development_area", "service"
    Page.objects.get(slug="findings", depth=3).add_child(instance=draft)
    draft.save_revision(user=first_with(Role.EDITOR))
    return {
        "marked_pack": packs["marked_pack"].pk, "refused_pack": packs["refused_pack"].pk,
        "refused_slide": slides[1].pk, "presentation": shown.pk, "draft": draft.pk, "team": team.pk,
    }  # fmt: skip


def a_live_briefing() -> None:
    """The page of a cycle, written by an editor and published by a lead."""
    page = keep_page(a_cycle())
    assert page is not None
    page.context = "<p>We look at how plans hold at the weekend.</p>"
    page.save_revision(user=first_with(Role.EDITOR))
    approve_and_publish(
        page=page, approved_by=first_with(Role.LEAD_QA), route=Approval.Route.WORKFLOW
    )


def load_batch(path: Path, rows: list[Any]) -> int:
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return load_file(path, by=first_with(Role.EDITOR))["batch"]


@pytest.fixture(scope="module")
def kept_tabs(
    shared_portal: SharedPortal, browser: Browser
) -> Iterator[Callable[[Role | None], Tab]]:
    """The one tab of each role, signed in once. Opening a window for each look costs Chromium more than
    the look itself."""
    tabs: dict[Role | None, Tab] = {}

    def _tab(role: Role | None) -> Tab:
        if role not in tabs:
            tab = browser.new_context().new_page()
            tab.set_default_timeout(15_000)
            if role is not None:
                sign_in_at(tab, shared_portal.base, shared_portal.people[role])
            tabs[role] = tab
        return tabs[role]

    yield _tab
    for tab in tabs.values():
        tab.context.close()


@pytest.fixture
def tab_of(kept_tabs: Callable[[Role | None], Tab]) -> Iterator[Callable[[Role | None], Tab]]:
    """`tab_of(Role.EDITOR)`: the tab of the person of that role, empty; None for nobody."""
    lent: list[Tab] = []

    def _tab_of(role: Role | None) -> Tab:
        tab = kept_tabs(role)
        lent.append(tab)
        return tab

    yield _tab_of
    for tab in lent:
        tab.emulate_media(media="null")
        tab.goto("about:blank")
