"""A whole cycle, from the year's programme to proof of impact, by the people whose it is.

A year that is over is planned, so that every date has come whatever day the test runs on.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from audit_pages.models import CyclePage, FindingPage
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState
from learning.selection.states import CaseState
from portal.demo.loader import PASSWORD
from tests.browser.cycle import afterwards, before, concern, days, reporting
from tests.browser.cycle.people import CYCLE, LATER, LEAD, PLAN_CASE, PeopleAt, step
from tests.learning.audit import a_sampled_case

pytestmark = pytest.mark.browser


@pytest.fixture
def people_at(
    browser: Browser, portal_server: str, request: pytest.FixtureRequest
) -> Iterator[PeopleAt]:
    """`people_at("niamh.odowd")`: that person's own browser, signed in, kept through the test. When the test
    fails, what each of them had before them is printed."""
    tabs: dict[str, Tab] = {}
    failed_before = request.session.testsfailed

    def _people_at(name: str) -> Tab:
        if name not in tabs:
            tab = browser.new_context(base_url=portal_server).new_page()
            tab.set_default_timeout(15_000)
            tab.goto("/accounts/login/")
            tab.locator("input[name=login]").fill(f"{name}@harrowmere.example")
            tab.locator("input[name=password]").fill(PASSWORD)
            tab.locator("main").get_by_role("button", name="Sign in").click()
            tab.wait_for_url(f"{portal_server}/")
            tabs[name] = tab
        return tabs[name]

    yield _people_at
    if request.session.testsfailed > failed_before:
        for name, tab in tabs.items():
            print(f"--- {name}, {tab.url}", tab.locator("main").first.inner_text(), sep="\n")


def test_one_cycle_from_the_programme_to_proof_of_impact(
    people_at: PeopleAt, django_db_blocker: Any
) -> None:
    lead = people_at(LEAD)
    before.plan_the_year(lead)
    before.gather_the_team(people_at)
    before.draw_the_sample(people_at)
    before.prepare(people_at)
    with django_db_blocker.unblock():
        briefing = CyclePage.objects.get(cycle__ref=CYCLE)
        finding = FindingPage.objects.live().order_by("pk").first()
    before.publish_the_briefing(people_at, briefing.pk)
    step(lead, "begin_days")
    days.write_the_audits(people_at)
    concern.see_to_it(people_at)
    days.discuss(people_at)
    step(lead, "finish_days")
    days.assure(people_at)
    step(lead, "finish_quality_assurance")
    days.reply(people_at)
    afterwards.recommend_and_confirm(people_at)
    afterwards.ask_the_families(people_at)
    afterwards.complete(people_at)
    step(lead, "finish_family_feedback")
    afterwards.name_the_evidence(people_at, PLAN_CASE, finding)
    reporting.write_the_report(people_at)
    step(lead, "send_to_boards")
    reporting.consider(people_at)
    step(lead, "publish_learning")
    reporting.plan_the_later_test(people_at)
    afterwards.say_how_it_was(people_at)
    step(lead, "close")
    with django_db_blocker.unblock():  # the later cycle goes the same way
        AuditCycle.objects.filter(ref=LATER).update(state=CycleState.REPORTING)
        for _audit in range(3):
            a_sampled_case(AuditCycle.objects.get(ref=LATER), state=CaseState.AUDITED)
    reporting.assess_the_later_test(people_at)
