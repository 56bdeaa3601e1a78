"""From the year's programme to the first morning: the team, the draw, preparation, the briefing."""

import io
import re

import openpyxl
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import write_in
from tests.browser.cycle.people import (
    AUDITORS,
    CYCLE,
    EDITOR,
    LEAD,
    OFFICER,
    WITHDRAWN_CASE,
    WORKER,
    PeopleAt,
    done,
    fill,
    give_date,
    press,
    step,
)

POLICE_COLUMN = (
    "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months "
    "(Y/N)"
)


def annex_a() -> bytes:
    """A small workbook of the form of 2019: two contacts and one child protection plan."""
    book = openpyxl.Workbook()
    contacts = book.active
    contacts.title = "List 1"
    contacts.append(
        [
            "Child Unique ID",
            "Gender",
            "Ethnicity",
            "Date of Birth",
            "Age",
            "Date of Contact",
            "Contact Source",
        ]
    )
    contacts.append(["880001", "a) Male", "a) WBRI", "2010-02-03", 8, "2018-12-01", "q) 6: Police"])
    contacts.append(
        ["880002", "b) Female", "a) WBRI", "2012-05-06", 6, "2018-12-02", "q) 6: Police"]
    )
    plans = book.create_sheet("List 7")
    plans.append(
        ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age", "Does the Child have a Disability",
         "Child Protection Plan Start Date", "Initial Category of Abuse", "Latest Category of Abuse",
         "Date of the Last Statutory Visit", "Was the Child Seen Alone?", "Date of latest review conference",
         "Child Protection Plan End Date", POLICE_COLUMN,
         "Number of Previous Child Protection Plans", "Allocated Team", "Allocated Worker"]
    )  # fmt: skip
    plans.append(
        ["880003", "b) Female", "a) WBRI", "2011-09-15", 7, "b) No", "2018-06-01", "Neglect", "Neglect",
         "2019-01-04", "a) Yes", "2018-12-01", None, "b) No", 0, "Child in Need and Protection North",
         "Priya Chandrasekhar"]
    )  # fmt: skip
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def plan_the_year(lead: Tab) -> None:
    lead.goto("/audits/plan/")
    lead.locator("[name=year]").fill("2019")
    for number, (day, month) in enumerate(((5, 3), (4, 6), (3, 9), (3, 12)), start=1):
        give_date(lead, f"first_day_{number}", day, month, 2019)
    press(lead, "Plan this year")
    expect(lead.locator("main")).to_contain_text("The year 2019 is planned.")
    lead.goto(f"/audits/{CYCLE}/people/")
    lead.locator("[name=administrator]").select_option(label="Lorraine Pettifer")
    lead.locator("[name=it_contact]").select_option(index=1)
    press(lead, "Save")
    step(lead, "open_call")


def gather_the_team(people_at: PeopleAt) -> None:
    lead = people_at(LEAD)
    for name in AUDITORS:
        auditor = people_at(name)
        auditor.goto("/my/my-work/")
        auditor.get_by_role("link", name=f"Would you like to audit in {CYCLE}?").click()
        press(auditor, "I would like to audit")
        expect(auditor.locator("main")).to_contain_text("Thank you.")
    lead.goto(f"/audits/{CYCLE}/team/")
    for _ in AUDITORS:
        press(lead, "Take into the team")
    for number in range(len(AUDITORS)):
        lead.goto(f"/audits/{CYCLE}/team/")
        lead.get_by_role("link", name=re.compile("^Preparation")).nth(number).click()
        for field in ("modules_read_on", "briefing_attended_on"):
            give_date(lead, field, 1, 2, 2019)
        press(lead, "Save")
    lead.goto(f"/audits/{CYCLE}/team/")
    for box in lead.locator("[name=pair-members]").all():
        box.check()
    press(lead, "Make this pair")
    for name in AUDITORS:
        auditor = people_at(name)
        auditor.goto(f"/audits/{CYCLE}/my-part/")
        press(auditor, "These are my links, or I have none")
        while auditor.locator("[name=revisions]").count():
            auditor.locator("[name=revisions]").first.check()
            press(auditor, "Acknowledge")
    step(lead, "agree_team")
    step(lead, "open_selection")


def draw_the_sample(people_at: PeopleAt) -> None:
    officer = people_at(OFFICER)
    officer.goto("/my/my-work/")
    officer.get_by_role("link", name=re.compile(CYCLE)).first.click()
    officer.goto(f"/audits/draws/{CYCLE}/")
    press(officer, "Fix the seed")
    officer.goto(f"/audits/draws/{CYCLE}/load/")
    officer.locator("input[type=file]").set_input_files(
        {"name": "Annex A.xlsx", "mimeType": "application/octet-stream", "buffer": annex_a()}
    )
    press(officer, "Read this file")
    expect(officer.locator("main")).to_contain_text("3 cases")
    press(officer, "Yes, this is right")
    officer.goto(f"/audits/draws/{CYCLE}/sample/")
    for field in officer.locator("[name^=why_not_]").all():
        field.fill("No such case on the list.")
    press(officer, "Draw now")
    press(officer, "Confirm the draw")
    expect(officer.locator("main")).to_contain_text(f"{CYCLE}-CP-01")
    for code in ("IC-01", "IC-02"):
        officer.goto(f"/audits/cases/{CYCLE}-{code}/worker/")
        officer.locator("[name=worker]").fill(f"{WORKER}@harrowmere.example")
        press(officer, "Save")
        done(officer)
    officer.goto(f"/audits/samples/{CYCLE}/")
    press(officer, "Tell the workers")
    step(people_at(LEAD), "tell_workers")


def prepare(people_at: PeopleAt) -> None:
    worker = people_at(WORKER)
    for code in ("CP-01", "IC-01", "IC-02"):
        worker.goto("/my/my-work/")
        worker.get_by_role("link", name=f"Prepare for the audit of {CYCLE}-{code}").click()
        worker.locator("[name=recording]").first.check()
        worker.locator("[name=day]").first.check()
        press(worker, "Confirm")
        done(worker)
    officer = people_at(OFFICER)
    officer.goto("/my/my-work/")
    officer.get_by_role("link", name=f"Give the cases of {CYCLE} to pairs").click()
    press(officer, "Give the cases to these pairs")
    officer.goto(f"/audits/cases/{WITHDRAWN_CASE}/withdraw/")
    officer.locator("[name=reason]").first.check()
    fill(officer, words="The family has moved to another council.")
    press(officer, "")
    done(officer)
    step(people_at(LEAD), "declare_ready")


def publish_the_briefing(people_at: PeopleAt, page_id: int) -> None:
    """The editor writes it, the lead publishes it, and the auditors acknowledge that wording."""
    editor, lead = people_at(EDITOR), people_at(LEAD)
    editor.goto(f"/admin/pages/{page_id}/edit/")
    briefing = "[data-contentpath=context] .public-DraftEditor-content"
    write_in(editor, "context", "We look at how plans hold at the weekend.")
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name=re.compile("^Submit to")).click()
    expect(editor.get_by_text("submitted for moderation")).to_be_visible()
    lead.goto(f"/admin/pages/{page_id}/edit/")
    expect(lead.locator(briefing)).to_contain_text("at the weekend")  # the desk builds it late
    lead.get_by_role("button", name="More actions").click()
    lead.get_by_role("button", name="Approve", exact=True).click()
    expect(lead.get_by_text("is approved.")).to_be_visible()
    for name in AUDITORS:
        auditor = people_at(name)
        auditor.goto("/my/my-work/")
        auditor.get_by_role(
            "link", name=re.compile(f"{CYCLE}.*acknowledge|acknowledge.*{CYCLE}", re.I)
        ).first.click()
        auditor.locator("[name=revisions]").first.check()
        press(auditor, "Acknowledge")
