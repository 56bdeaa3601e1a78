"""Who takes the cycle through, and what each of them does on any page."""

import re
from collections.abc import Callable

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

LEAD, OFFICER, EDITOR = "marguerite.okonjo-lane", "rhodri.vaughan-ellis", "esme.lockyer-shaw"
AUDITORS = ("niamh.odowd", "sunita.gurung")
WORKER, MANAGER = "priya.chandrasekhar", "oluwaseun.adeyemi"
SENIOR, BOARD, READER = "devika.raghunathan", "winifred.achterberg", "chloe.fanshawe"
CYCLE, LATER = "2019-Q1", "2019-Q2"
PLAN_CASE, CONTACT_CASE, WITHDRAWN_CASE = (
    f"{CYCLE}-{code}" for code in ("CP-01", "IC-01", "IC-02")
)

PeopleAt = Callable[[str], Tab]


def press(tab: Tab, words: str) -> None:
    """Press the button whose words begin like this, and wait for the page that follows."""
    tab.locator("main").get_by_role("button", name=re.compile(f"^{words}")).first.click()
    tab.wait_for_load_state()


def follow(tab: Tab, words: str) -> None:
    """Follow the link whose words begin like this."""
    tab.locator("main").get_by_role("link", name=re.compile(f"^{words}")).first.click()
    tab.wait_for_load_state()


def take_up(tab: Tab, words: str) -> None:
    """Open “My work”, and follow what stands there with these words."""
    tab.goto("/my/my-work/")
    tab.get_by_role("link", name=re.compile(words)).first.click()
    tab.wait_for_load_state()


def fill(tab: Tab, **values: str) -> None:
    """Write into the boxes of these names."""
    for name, words in values.items():
        tab.locator(f"[name={name}]").fill(words)


def choose(tab: Tab, name: str, value: str) -> None:
    """Choose one answer of several."""
    tab.locator(f"[name={name}][value={value}]").check()


def give_date(tab: Tab, name: str, day: int, month: int, year: int) -> None:
    for part, value in (("day", day), ("month", month), ("year", year)):
        tab.locator(f"[name={name}_{part}]").fill(str(value))


def done(tab: Tab) -> None:
    expect(tab.locator("main").get_by_text("There is a problem")).to_have_count(0)


def says(tab: Tab, words: str) -> None:
    expect(tab.locator("main")).to_contain_text(words)


def step(tab: Tab, name: str, reason: str = "") -> None:
    """The lead takes the cycle a step on."""
    tab.goto(f"/audits/{CYCLE}/steps/{name}/")
    if reason:
        fill(tab, reason=reason)
    tab.locator("main button[type=submit]").first.click()
    says(tab, f"{CYCLE} now:")
