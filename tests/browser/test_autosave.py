"""A section saves itself, keeps its text while the connection is away, and never passes over a colleague's."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from learning.submissions.models import SectionEntry
from tests.browser.conftest import sign_in_at
from tests.learning.submissions.conftest import Audit

pytestmark = pytest.mark.browser
SAVED = "Saved at"
STATUS = "[data-autosave-status]"


@pytest.fixture
def section_of(
    browser: Browser, portal_server: str, audit: Audit
) -> Iterator[Callable[[Any], Tab]]:
    """`section_of(person)`: a browser of their own, in the section “Being heard”."""
    contexts = []

    def _section(person: Any) -> Tab:
        contexts.append(browser.new_context())
        tab = contexts[-1].new_page()
        tab.set_default_timeout(15_000)
        sign_in_at(tab, portal_server, person.email)
        tab.goto(f"{portal_server}/audits/submissions/{audit.ref}/sections/voice/")
        return tab

    yield _section
    for context in contexts:
        context.close()


def test_what_is_typed_without_a_connection_is_kept_and_sent_when_it_is_back(
    audit: Audit, section_of: Any, django_db_blocker: Any
) -> None:
    tab = section_of(audit.first)
    tab.locator("textarea[name=saw]").fill("Seen alone in March.")
    expect(tab.locator(STATUS)).to_contain_text(SAVED, timeout=10_000)
    tab.context.set_offline(True)
    tab.locator("textarea[name=saw]").fill("Seen alone in March and in May.")
    expect(tab.locator(STATUS)).to_contain_text("the connection is away", timeout=10_000)
    kept = tab.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "March" not in kept
    tab.context.set_offline(False)
    expect(tab.locator(STATUS)).to_contain_text(SAVED, timeout=15_000)
    with django_db_blocker.unblock():
        assert (
            SectionEntry.objects.get(section__key="voice").saw == "Seen alone in March and in May."
        )


def test_two_who_write_in_one_box_see_both_texts(
    audit: Audit, section_of: Any, django_db_blocker: Any
) -> None:
    first, second = section_of(audit.first), section_of(audit.second)
    first.locator("textarea[name=saw]").fill("First saw this.")
    expect(first.locator(STATUS)).to_contain_text(SAVED, timeout=10_000)
    second.locator("textarea[name=saw]").fill("Second saw that.")
    expect(second.locator(STATUS)).to_contain_text("see both texts", timeout=10_000)
    second.locator("#section-form").get_by_role("button", name="Save", exact=True).click()
    expect(second.locator("h1")).to_have_text("Both of you wrote here")
    second.get_by_role("button", name="Save this").click()
    expect(second.locator("textarea[name=saw]")).to_have_value(
        "First saw this.\n\nSecond saw that."
    )
    with django_db_blocker.unblock():
        saved = SectionEntry.objects.get(section__key="voice").saw
    assert saved == "First saw this.\n\nSecond saw that."


def test_a_grade_in_the_overall_statement_is_explained_while_it_is_typed(
    audit: Audit, section_of: Any, portal_server: str
) -> None:
    tab = section_of(audit.first)
    tab.goto(f"{portal_server}/audits/submissions/{audit.ref}/sections/overall/")
    tab.locator("textarea[name=means]").fill("We would rate this good.")
    expect(tab.locator(STATUS)).to_contain_text("We give none", timeout=10_000)
    expect(tab.locator("textarea[name=means]")).to_have_value("We would rate this good.")


def test_after_signing_in_again_elsewhere_the_page_saves_on(
    audit: Audit, portal_server: str, section_of: Any, django_db_blocker: Any
) -> None:
    tab = section_of(audit.first)
    tab.locator("textarea[name=saw]").fill("Seen alone in March.")
    expect(tab.locator(STATUS)).to_contain_text(SAVED, timeout=10_000)
    with django_db_blocker.unblock():
        Session.objects.all().delete()
    tab.locator("textarea[name=saw]").fill("Seen alone in March and in May.")
    expect(tab.locator(STATUS)).to_contain_text("you are signed out", timeout=15_000)
    other = tab.context.new_page()
    sign_in_at(other, portal_server, audit.first.email)
    expect(tab.locator(STATUS)).to_contain_text(SAVED, timeout=20_000)
    with django_db_blocker.unblock():
        entry = SectionEntry.objects.get(submission=audit.submission, section__key="voice")
    assert entry.saw == "Seen alone in March and in May."
