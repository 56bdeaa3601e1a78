"""The two days: reading, writing, talking, what cannot wait, and quality assurance."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.cycle.people import (
    AUDITORS,
    CONTACT_CASE,
    CYCLE,
    LEAD,
    PLAN_CASE,
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

WRITTEN = {
    "lived_experience": (
        "The record of three visits and the talk with the worker show a quiet child who is collected late.",
        "She waits at the gate most days because nobody has planned the walk home, which means that she "
        "begins each evening worried.",
    ),
    "plan": (
        "The plan names four services and no evening.",
        "Her parents cannot tell from it what would be different for her, because it lists attendance.",
    ),
    "overall": (
        "",
        "Practice with this child over the last six months has been patient and regular, because one worker "
        "stayed and came when she said she would, which means for the child that there is an adult whom she "
        "tells things. What should happen next is that the plan is written again with her parents, so that "
        "it says who is there in the evening and at the weekend, and what everybody does when the day goes "
        "wrong. The visits show how much she notices: she draws who is at home, and counts the days until "
        "the next visit. The assessment has seen her mother’s strain and less of her father, who fetches "
        "her at the weekend and was not asked. The school knows the mornings and nobody has yet brought what "
        "it knows into the plan. None of this is about one person’s effort: it is about how plans are "
        "written when time is short, and about what is asked in meetings.",
    ),
}
"""What the pair writes: section, what was seen, what it means. All other sections are not relevant here."""


def write_the_audits(people_at: PeopleAt) -> None:
    """The child protection case in full; the first contact says that something cannot wait."""
    first, second = (people_at(name) for name in AUDITORS)
    for ref in (PLAN_CASE, CONTACT_CASE):
        open_the_case(people_at, ref)
    for section, (saw, means) in WRITTEN.items():
        fill_section(first, PLAN_CASE, section, saw, means)
    add_statement(first, PLAN_CASE, "plan")
    for section in ("lived_experience", "overall"):
        fill_section(second, CONTACT_CASE, section, *WRITTEN[section])
    add_statement(second, CONTACT_CASE, "lived_experience")
    for auditor, ref in ((second, PLAN_CASE), (first, CONTACT_CASE)):
        talk_with_the_worker(auditor, ref)
    for auditor, ref, concern in ((first, PLAN_CASE, "no"), (second, CONTACT_CASE, "yes")):
        answer_the_urgent_question(auditor, ref, concern)
        leave_the_rest(auditor, ref)
    draft_a_recommendation(first, PLAN_CASE)
    for ref in (PLAN_CASE, CONTACT_CASE):
        confirm_together(people_at, ref)


def open_the_case(people_at: PeopleAt, ref: str) -> None:
    for name in AUDITORS:
        auditor = people_at(name)
        take_up(auditor, f"audit {ref}")
        auditor.locator("[name=no_link]").check()
        press(auditor, "Open the case")


def confirm_together(people_at: PeopleAt, ref: str) -> None:
    for name in AUDITORS:
        auditor = people_at(name)
        auditor.goto(f"/audits/submissions/{ref}/confirm/")
        fill(auditor, hours="5.5", hints_reason="The words are the worker’s own.")
        press(auditor, "This is the text as we both want it")
    says(people_at(AUDITORS[1]), "It is with the lead now.")


def fill_section(auditor: Tab, ref: str, section: str, saw: str, means: str) -> None:
    auditor.goto(f"/audits/submissions/{ref}/sections/{section}/")
    if saw:
        auditor.locator("[name=saw]").fill(saw)
    auditor.locator("[name=means]").fill(means)
    press(auditor, "Save")
    done(auditor)


def add_statement(auditor: Tab, ref: str, section: str) -> None:
    auditor.goto(f"/audits/submissions/{ref}/sections/{section}/")
    auditor.locator("main details", has=auditor.locator("[name=statement-text]")).locator(
        "summary"
    ).first.click()
    auditor.locator("[name=statement-kind][value=development_area]").check()
    auditor.locator("[name=statement-text]").fill(
        "The plan lists what her parents attend, so that nobody can see whether her evenings are safer."
    )
    auditor.locator(".theme-picker summary").first.click()
    auditor.locator("[name=statement-themes]").first.check()
    press(auditor, "Add it")
    done(auditor)


def talk_with_the_worker(auditor: Tab, ref: str) -> None:
    auditor.goto(f"/audits/submissions/{ref}/questions/")
    auditor.locator("[name=text]").fill("What made the evenings so hard to plan for?")
    press(auditor, "Add this question")
    press(auditor, "We have agreed the questions")
    auditor.goto(f"/audits/submissions/{ref}/conversation/")
    give_date(auditor, "held_on", 5, 3, 2019)
    auditor.locator("[name=participants]").first.check()
    auditor.locator("[name^=reason_]").first.fill(
        "The meeting was at noon, and her father works then."
    )
    auditor.locator("[name=proud_of]").fill("That she asks for the worker by name.")
    press(auditor, "Save the conversation")
    done(auditor)


def answer_the_urgent_question(auditor: Tab, ref: str, answer: str) -> None:
    auditor.goto(f"/audits/submissions/{ref}/urgent/")
    choose(auditor, "is_concern", answer)
    press(auditor, "Save the answer")


def leave_the_rest(auditor: Tab, ref: str) -> None:
    """Say of each section that is empty why it is not relevant."""
    auditor.goto(f"/audits/submissions/{ref}/")
    sections = auditor.locator(
        ".submission-sections__row", has_not_text=re.compile("Written|Not relevant")
    ).locator(f"a[href*='/{ref}/sections/']")
    for address in [link.get_attribute("href") or "" for link in sections.all()]:
        auditor.goto(address)
        if auditor.locator("[name=not_relevant]").count():
            auditor.locator("[name=not_relevant]").check()
            auditor.locator("[name=not_relevant_reason]").fill("Not part of what was open.")
        else:
            auditor.locator("[name=saw]").fill("The notes of four visits.")
            auditor.locator("[name=means]").fill(
                "She was listened to, because the visits were hers."
            )
        press(auditor, "Save")


def draft_a_recommendation(auditor: Tab, ref: str) -> None:
    auditor.goto(f"/audits/recommendations/draft/{ref}/")
    auditor.locator("[name=level]").select_option("case")
    for name, words in (
        (
            "action",
            "Hold the next core group when her father can come, and write the evening into the plan.",
        ),
        ("why", "So that she knows in the morning who will be at the gate."),
        ("how_known", "The next visit asks her, and the plan names the evenings."),
    ):
        auditor.locator(f"[name={name}]").fill(words)
    finish_draft(auditor)


def finish_draft(auditor: Tab) -> None:
    """Say whose it is and by when, and save it."""
    owner = auditor.locator("[name=owner] option", has_text="Oluwaseun Adeyemi")
    auditor.locator("[name=owner]").select_option(value=owner.get_attribute("value"))
    due = timezone.localdate() + timedelta(days=60)
    give_date(auditor, "due_date", due.day, due.month, due.year)
    press(auditor, "Save the draft")
    expect(auditor.locator("main")).to_contain_text("is drafted")


def discuss(people_at: PeopleAt) -> None:
    """What was said together on both days, and what it asks of the organisation."""
    lead, auditor = people_at(LEAD), people_at(AUDITORS[1])
    take_up(lead, f"{CYCLE}: write down the plenary of the first day")
    write_note(lead)
    auditor.goto(f"/audits/{CYCLE}/")
    follow(auditor, "Plenary")
    follow(auditor, "Write it down")
    write_note(auditor)
    take_up(lead, f"{CYCLE}: what the plenary recommends to the organisation")
    follow(lead, "Draft a recommendation")
    lead.locator("[name=level]").select_option("organisational")
    fill(
        lead,
        action="Hold meetings at an hour when parents who work can come.",
        why="So that the adults whom a child lives with plan with us.",
        how_known="The next audit asks who was there.",
    )
    finish_draft(lead)


def write_note(tab: Tab) -> None:
    fill(
        tab,
        strengths="Children are listened to, because visits are theirs.",
        to_develop="Plans list services; an evening is in none of them.",
    )
    press(tab, "Save")
    expect(tab.locator("main")).to_contain_text("is written down")


def assure(people_at: PeopleAt) -> None:
    """The lead asks the pair about one analysis, and signs both off."""
    lead, auditor = people_at(LEAD), people_at(AUDITORS[0])
    take_up(lead, f"Quality-assure audit {PLAN_CASE}")
    fill(lead, words="What did her father say about the weekends?")
    press(lead, "Send it back to the pair")
    fill_section(
        auditor,
        PLAN_CASE,
        "family",
        "He was not asked.",
        "She has two homes, which means that her plan knows half of her week.",
    )
    confirm_together(people_at, PLAN_CASE)
    for ref in (PLAN_CASE, CONTACT_CASE):
        lead.goto(f"/audits/submissions/{ref}/read/")
        press(lead, "Sign it off")
        press(lead, "Share it with the worker")


def reply(people_at: PeopleAt) -> None:
    """The worker replies to both."""
    worker = people_at(WORKER)
    for ref in (PLAN_CASE, CONTACT_CASE):
        take_up(worker, f"Read audit {ref} and reply")
        worker.goto(f"/audits/submissions/{ref}/reply/")
        fill(worker, reflection="I would like to try the meeting in the evening.")
        press(worker, "Send this reply")
        says(worker, "Your words stand beside the audit now.")
