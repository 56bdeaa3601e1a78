"""What could not wait: from the pair's answer to what the lead has seen with their own eyes."""

from datetime import timedelta

from django.utils import timezone

from tests.browser.cycle.people import (
    AUDITORS,
    CONTACT_CASE,
    LEAD,
    SENIOR,
    PeopleAt,
    done,
    fill,
    follow,
    give_date,
    press,
    says,
    take_up,
)


def see_to_it(people_at: PeopleAt) -> None:
    """The lead conveys it, the senior manager acts and says so, and the lead goes and looks."""
    lead, senior = people_at(LEAD), people_at(SENIOR)
    convey(people_at)
    take_up(senior, "Acknowledge escalation")
    press(senior, "I have read it and act")
    follow(senior, "Report what was done")
    fill(senior, words="A colleague saw her the same evening; a discussion with police was held.")
    press(senior, "Report it to the lead")
    done(senior)
    take_up(lead, "Verify what was done")
    follow(lead, "Verify what was done")
    fill(lead, evidence="I read the note of the visit and talked with the team manager.")
    press(lead, "Verify it")
    done(lead)
    take_up(lead, "Close escalation")
    follow(lead, "Close it")
    press(lead, "Close it")
    done(lead)


def convey(people_at: PeopleAt) -> None:
    lead, auditor = people_at(LEAD), people_at(AUDITORS[0])
    take_up(lead, "Convey escalation")
    follow(lead, "Convey what must be done")
    recipient = lead.locator("[name=recipient] option", has_text="Devika")
    lead.locator("[name=recipient]").select_option(value=recipient.get_attribute("value"))
    fill(lead, action="Have her seen today, and tell me when it has happened.")
    tomorrow = timezone.localdate() + timedelta(days=1)
    give_date(lead, "deadline_day", tomorrow.day, tomorrow.month, tomorrow.year)
    fill(lead, deadline_time="17:00")
    press(lead, "Convey it now")
    done(lead)
    auditor.goto(f"/audits/submissions/{CONTACT_CASE}/urgent/")
    says(auditor, "The lead has told a senior manager")
