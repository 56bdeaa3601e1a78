"""The report, the boards, the learning, and the later audit that tests whether it made a difference."""

from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.cycle.people import (
    BOARD,
    CYCLE,
    LATER,
    LEAD,
    OFFICER,
    SENIOR,
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

WORDS = "Children told us who stays; plans did not say so, because they list what adults attend."


def write_the_report(people_at: PeopleAt) -> None:
    lead, officer = people_at(LEAD), people_at(OFFICER)
    name_the_boards(people_at)
    take_up(officer, f"{CYCLE}: write the report")
    press(officer, "Begin")
    press(officer, "Take the figures")
    for number in (1, 3, 4, 5, 6, 12):
        officer.goto(f"/audits/reports/{CYCLE}/part/{number}/")
        fill(officer, text=WORDS)
        press(officer, "Save this part")
    lead.goto(f"/audits/reports/{CYCLE}/")
    follow(lead, "Sign the report")
    fill(lead, full_name="Marguerite Okonjo-Lane", reason="The draft waits for the boards.")
    press(lead, "Sign it")
    says(lead, "The report is signed.")


def name_the_boards(people_at: PeopleAt) -> None:
    lead = people_at(LEAD)
    boards = (("Senior managers", "Devika"), ("Safeguarding partnership", "Winifred"))
    for order, (name, member) in enumerate(boards, start=1):
        lead.goto("/audits/boards/")
        follow(lead, "Add a board")
        fill(lead, name=name, order=str(order))
        lead.locator("[name=kind]").select_option(index=order)
        lead.get_by_label(member).first.check()
        press(lead, "Save")
        done(lead)


def consider(people_at: PeopleAt) -> None:
    """Each board reads the report; one asks, and the lead answers."""
    lead = people_at(LEAD)
    for name in (SENIOR, BOARD):
        member = people_at(name)
        take_up(member, f"{CYCLE}: the report lies before")
        follow(member, "Record what the board decided")
        today = timezone.localdate()
        give_date(member, "considered_on", today.day, today.month, today.year)
        choose(member, "decision", "agreed")
        fill(member, minute="Agreed, with thanks to the families who spoke.")
        press(member, "Record it")
        done(member)
    member = people_at(BOARD)
    follow(member, "Put a question")
    fill(member, text="When will this be looked at again?")
    press(member, "Ask")
    take_up(lead, f"{CYCLE}: answer")
    fill(lead, answer="In the summer cycle.")
    press(lead, "Answer")


def plan_the_later_test(people_at: PeopleAt) -> None:
    officer = people_at(OFFICER)
    officer.goto(f"/audits/impact/{CYCLE}-R-01/plan/")
    officer.locator("[name=cycle]").select_option(label=LATER)
    fill(officer, question="In how many plans is it written who is there in the evening?")
    press(officer, "")
    done(officer)


def assess_the_later_test(people_at: PeopleAt) -> None:
    """After the later days: too few audits to tell, and the page says so."""
    officer = people_at(OFFICER)
    take_up(officer, f"Assess what {LATER} showed about {CYCLE}-R-01")
    fill(officer, before_seen="1", before_of="2", after_seen="2", after_of="3")
    choose(officer, "status", "established")
    fill(officer, words="Two of three plans name who is there.")
    press(officer, "")
    says(officer, "cannot tell")
    choose(officer, "status", "too_early")
    press(officer, "")
    done(officer)
    officer.goto("/audits/impact/")
    expect(officer.locator("main")).to_contain_text(f"{CYCLE}-R-01")
