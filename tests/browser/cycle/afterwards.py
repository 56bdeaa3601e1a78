"""After the days: families, recommendations that are carried out, and what a finding rests on."""

from typing import Any

from django.utils import timezone
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.cycle.people import (
    AUDITORS,
    CONTACT_CASE,
    CYCLE,
    LEAD,
    MANAGER,
    OFFICER,
    PLAN_CASE,
    READER,
    WORKER,
    PeopleAt,
    choose,
    done,
    fill,
    follow,
    give_date,
    press,
    says,
    take_up,
)

SAFE = {
    "domestic_abuse": "No; both parents were asked apart.",
    "bail": "None.",
    "address": "None that is kept from anybody.",
    "distress": "Calm just now.",
    "court": "No hearing.",
    "how": "By telephone to her mother in the morning.",
}


def ask_the_families(people_at: PeopleAt) -> None:
    """The child is heard; a parent says no; for the other case it is not safe to ask."""
    worker, auditor = people_at(WORKER), people_at(AUDITORS[0])
    for _ in range(2):
        say_whether_it_is_safe(worker, PLAN_CASE, "yes")
    for _ in range(2):
        say_whether_it_is_safe(worker, CONTACT_CASE, "no")
    hear(auditor)
    auditor.goto(f"/audits/family-feedback/{PLAN_CASE}/")
    follow(auditor, "Parent")
    follow(auditor, "End asking")
    choose(auditor, "outcome", "declined")
    press(auditor, "End asking")
    done(auditor)


def say_whether_it_is_safe(worker: Tab, ref: str, answer: str) -> None:
    worker.goto("/audits/family-feedback/")
    follow(worker, f"{ref}: ")
    fill(worker, **SAFE)
    choose(worker, "is_safe", answer)
    press(worker, "Send this to the pair")
    done(worker)


def hear(auditor: Tab) -> None:
    """One of the pair meets the child, writes up what she said, and puts it into the audit."""
    auditor.goto(f"/audits/family-feedback/{PLAN_CASE}/")
    follow(auditor, "Child")
    follow(auditor, "They agree")
    fill(auditor, consent="Her mother by telephone, then she herself.")
    today = timezone.localdate()
    give_date(auditor, "consent_on", today.day, today.month, today.year)
    auditor.locator("[name=questions]").first.check()
    auditor.locator("[name=told]").check()
    press(auditor, "Record the invitation")
    follow(auditor, "Record that they were met")
    choose(auditor, "was_written", "no")
    give_date(auditor, "happened_on", today.day, today.month, today.year)
    press(auditor, "Go on to the notes")
    auditor.locator("[name^=answer_]").first.fill("She comes when she says. We draw.")
    fill(
        auditor,
        main_points="She knows who comes and when. She would like to be fetched on time.",
        agrees="She too speaks of the evenings.",
    )
    press(auditor, "Save, and the notes are whole")
    press(auditor, "Put their views into the audit")
    says(auditor, "Their views stand in the audit now.")


def complete(people_at: PeopleAt) -> None:
    lead = people_at(LEAD)
    for ref in (PLAN_CASE, CONTACT_CASE):
        lead.goto(f"/audits/submissions/{ref}/read/")
        press(lead, "Complete the audit")
        press(lead, "Lock it for good")
        says(lead, "It is locked.")


def recommend_and_confirm(people_at: PeopleAt) -> None:
    lead, owner, officer = people_at(LEAD), people_at(MANAGER), people_at(OFFICER)
    address = f"/audits/recommendations/{CYCLE}-R-01/"
    lead.goto(f"{address}issue/")
    press(lead, "Issue")
    take_up(owner, f"{CYCLE}-R-01")
    press(owner, "I take this on")
    owner.goto(f"{address}confirm/")
    owner.locator("[name=statement]").fill(
        "The core group met at six on a Tuesday; both parents came, and the plan now names who fetches her "
        "on each day and whom she rings when nobody is there."
    )
    today = timezone.localdate()
    give_date(owner, "completed_on", today.day, today.month, today.year)
    owner.locator("[name=evidence]").fill("The plan of that day, and the note of the next visit.")
    owner.locator("[name=full_name]").fill("Oluwaseun Adeyemi")
    press(owner, "Confirm")
    done(owner)
    take_up(officer, f"{CYCLE}-R-01")
    officer.goto(f"{address}verify/")
    officer.locator("[name=answer][value=accept]").check()
    press(officer, "Answer")
    officer.goto(address)
    expect(officer.locator("main")).to_contain_text("Verified")


def say_how_it_was(people_at: PeopleAt) -> None:
    """Auditors and worker answer what they are asked about the audit itself: then the cycle can close."""
    for name in (*AUDITORS, WORKER):
        tab = people_at(name)
        take_up(tab, "how was the audit for you")
        fill(tab, different="Tell us a week earlier.")
        press(tab, "Send my answers")
        expect(tab.locator("body")).to_contain_text("Your answers are kept without your name")


def name_the_evidence(people_at: PeopleAt, ref: str, finding: Any) -> None:
    """The officer names the audit; a reader sees a number that tells nobody, the worker a link."""
    officer, reader = people_at(OFFICER), people_at(READER)
    officer.goto(f"/evidence/{finding.pk}/?cycle={CYCLE}")
    officer.locator("main input[type=checkbox]").first.check()
    press(officer, "Name these audits")
    expect(officer.locator("main")).to_contain_text(ref)
    reader.goto(finding.url)
    expect(reader.locator("main")).to_contain_text("ewer than 5")
    expect(reader.locator("main")).not_to_contain_text(ref)
    officer.goto(finding.url)
    expect(officer.locator("main")).to_contain_text(ref)
