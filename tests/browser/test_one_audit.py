"""One audit from the year's programme to a finding that names its evidence, by the people whose it is.

A year that is over is planned, so that every date of the line has come whatever day the test runs on.
"""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from audit_pages.models import CyclePage, FindingPage
from portal.demo.loader import PASSWORD

pytestmark = pytest.mark.browser

LEAD, OFFICER, EDITOR = "marguerite.okonjo-lane", "rhodri.vaughan-ellis", "esme.lockyer-shaw"
AUDITORS = ("niamh.odowd", "sunita.gurung")
WORKER, MANAGER = "priya.chandrasekhar", "oluwaseun.adeyemi"
CYCLE = "2019-Q1"
POLICE_COLUMN = (
    "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months "
    "(Y/N)"
)

PeopleAt = Callable[[str], Tab]


@pytest.fixture
def people_at(browser: Browser, portal_server: str) -> PeopleAt:
    """`people_at("niamh.odowd")`: that person's own browser, signed in, kept through the test."""
    tabs: dict[str, Tab] = {}

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

    return _people_at


def press(tab: Tab, words: str) -> None:
    """Press the button whose words begin like this, and wait for the page that follows."""
    tab.locator("main").get_by_role("button", name=re.compile(f"^{words}")).first.click()
    tab.wait_for_load_state()


def give_date(tab: Tab, name: str, day: int, month: int, year: int) -> None:
    for part, value in (("day", day), ("month", month), ("year", year)):
        tab.locator(f"[name={name}_{part}]").fill(str(value))


def done(tab: Tab) -> None:
    expect(tab.locator("main").get_by_text("There is a problem")).to_have_count(0)


def step(tab: Tab, name: str) -> None:
    """The lead takes the cycle a step on."""
    tab.goto(f"/audits/{CYCLE}/steps/{name}/")
    tab.locator("main button[type=submit]").first.click()
    expect(tab.locator("main")).to_contain_text(f"{CYCLE} now:")


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


def test_one_audit_from_the_programme_to_the_evidence_of_a_finding(
    people_at: PeopleAt, django_db_blocker: Any
) -> None:
    plan_the_year(people_at(LEAD))
    gather_the_team(people_at)
    draw_the_sample(people_at)
    prepare(people_at)
    with django_db_blocker.unblock():
        briefing = CyclePage.objects.get(cycle__ref=CYCLE)
        finding = FindingPage.objects.live().order_by("pk").first()
    publish_the_briefing(people_at, briefing.pk)
    step(people_at(LEAD), "begin_days")
    ref = write_the_audit(people_at)
    assure_and_share(people_at, ref)
    recommend_and_confirm(people_at)
    name_the_evidence(people_at, ref, finding)


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
    step(people_at(LEAD), "declare_ready")


def publish_the_briefing(people_at: PeopleAt, page_id: int) -> None:
    """The editor writes it, the lead publishes it, and the auditors acknowledge that wording."""
    editor, lead = people_at(EDITOR), people_at(LEAD)
    editor.goto(f"/admin/pages/{page_id}/edit/")
    briefing = "[data-contentpath=context] .public-DraftEditor-content"
    editor.locator(briefing).click()
    editor.locator(briefing).press_sequentially("We look at how plans hold at the weekend.")
    expect(editor.locator(briefing)).to_contain_text("at the weekend")
    editor.wait_for_timeout(
        500
    )  # the desk keeps the words in its form a moment after they are typed
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name=re.compile("^Submit to")).click()
    expect(editor.get_by_text("submitted for moderation")).to_be_visible()
    lead.goto(f"/admin/pages/{page_id}/edit/")
    expect(lead.locator(briefing)).to_contain_text("at the weekend")  # the desk builds it late
    lead.get_by_role("button", name="More actions").click()
    lead.get_by_role("button", name="Approve", exact=True).click()
    lead.wait_for_url(lambda address: not address.endswith("/edit/"))
    for name in AUDITORS:
        auditor = people_at(name)
        auditor.goto("/my/my-work/")
        auditor.get_by_role(
            "link", name=re.compile(f"{CYCLE}.*acknowledge|acknowledge.*{CYCLE}", re.I)
        ).first.click()
        auditor.locator("[name=revisions]").first.check()
        press(auditor, "Acknowledge")


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


def write_the_audit(people_at: PeopleAt) -> str:
    ref = f"{CYCLE}-CP-01"
    first, second = (people_at(name) for name in AUDITORS)
    for auditor in (first, second):
        auditor.goto("/my/my-work/")
        auditor.get_by_role("link", name=re.compile(f"audit {ref}")).first.click()
        auditor.locator("[name=no_link]").check()
        press(auditor, "Open the case")
    for section, (saw, means) in WRITTEN.items():
        fill_section(first, ref, section, saw, means)
    add_statement(first, ref)
    talk_with_the_worker(second, ref)
    leave_the_rest(first, ref)
    draft_a_recommendation(first, ref)
    for auditor in (first, second):
        auditor.goto(f"/audits/submissions/{ref}/confirm/")
        auditor.locator("[name=hours]").fill("5.5")
        auditor.locator("[name=hints_reason]").fill("The words are the worker’s own.")
        press(auditor, "This is the text as we both want it")
    expect(second.locator("main")).to_contain_text("It is with the lead now.")
    return ref


def fill_section(auditor: Tab, ref: str, section: str, saw: str, means: str) -> None:
    auditor.goto(f"/audits/submissions/{ref}/sections/{section}/")
    if saw:
        auditor.locator("[name=saw]").fill(saw)
    auditor.locator("[name=means]").fill(means)
    press(auditor, "Save")
    done(auditor)


def add_statement(auditor: Tab, ref: str) -> None:
    auditor.goto(f"/audits/submissions/{ref}/sections/plan/")
    auditor.locator("main details", has=auditor.locator("[name=statement-text]")).locator(
        "summary"
    ).click()
    auditor.locator("[name=statement-kind][value=development_area]").check()
    auditor.locator("[name=statement-text]").fill(
        "The plan lists what her parents attend, so that nobody can see whether her evenings are safer."
    )
    auditor.locator("[name=statement-themes]").select_option(index=0)
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


def leave_the_rest(auditor: Tab, ref: str) -> None:
    """Say of each section that is empty why it is not relevant, and answer the urgent question."""
    auditor.goto(f"/audits/submissions/{ref}/urgent/")
    auditor.locator("[name=is_concern][value=no]").check()
    press(auditor, "Save the answer")
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
    owner = auditor.locator("[name=owner] option", has_text="Oluwaseun Adeyemi")
    auditor.locator("[name=owner]").select_option(value=owner.get_attribute("value"))
    due = timezone.localdate() + timedelta(days=60)
    give_date(auditor, "due_date", due.day, due.month, due.year)
    press(auditor, "Save the draft")
    expect(auditor.locator("main")).to_contain_text("is drafted")


def assure_and_share(people_at: PeopleAt, ref: str) -> None:
    lead, worker = people_at(LEAD), people_at(WORKER)
    lead.goto("/my/my-work/")
    lead.get_by_role("link", name=f"Quality-assure audit {ref}").click()
    press(lead, "Sign it off")
    press(lead, "Share it with the worker")
    worker.goto("/my/my-work/")
    worker.get_by_role("link", name=f"Read audit {ref} and reply").click()
    worker.goto(f"/audits/submissions/{ref}/reply/")
    worker.locator("[name=reflection]").fill("I would like to try the meeting in the evening.")
    press(worker, "Send this reply")
    expect(worker.locator("main")).to_contain_text("Your words stand beside the audit now.")


def recommend_and_confirm(people_at: PeopleAt) -> None:
    lead, owner, officer = people_at(LEAD), people_at(MANAGER), people_at(OFFICER)
    address = f"/audits/recommendations/{CYCLE}-R-01/"
    lead.goto(f"{address}issue/")
    press(lead, "Issue")
    owner.goto("/my/my-work/")
    owner.get_by_role("link", name=re.compile(f"{CYCLE}-R-01")).click()
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
    officer.goto("/my/my-work/")
    officer.get_by_role("link", name=re.compile(f"{CYCLE}-R-01")).click()
    officer.goto(f"{address}verify/")
    officer.locator("[name=answer][value=accept]").check()
    press(officer, "Answer")
    officer.goto(address)
    expect(officer.locator("main")).to_contain_text("Verified")


def name_the_evidence(people_at: PeopleAt, ref: str, finding: Any) -> None:
    """The officer names the audit; a reader sees a number that tells nobody, the worker a link."""
    officer, reader = people_at(OFFICER), people_at("chloe.fanshawe")
    officer.goto(f"/evidence/{finding.pk}/?cycle={CYCLE}")
    officer.locator("main input[type=checkbox]").first.check()
    press(officer, "Name these audits")
    expect(officer.locator("main")).to_contain_text(ref)
    reader.goto(finding.url)
    expect(reader.locator("main")).to_contain_text("ewer than 5")
    expect(reader.locator("main")).not_to_contain_text(ref)
    officer.goto(finding.url)
    expect(officer.locator("main")).to_contain_text(ref)
