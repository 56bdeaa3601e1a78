"""Every page and form state that is looked at in a browser: where it is, who looks, and what they do
there first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab

from learning.people.roles import Role
from tests.browser.audits import AUDITOR, OWNER, WORKER, WRITER

NOBODY = None


@dataclass(frozen=True)
class Look:
    """One page in one state. `address` may name things that the test has made: `{pack}`, `{batch}`."""

    name: str
    address: str
    who: Role | None = Role.LINE_MANAGER
    do: Callable[[Tab], Any] | None = None

    @property
    def is_desk(self) -> bool:
        return self.address.startswith("/admin/")


def send_wrongly(**fields: str) -> Callable[[Tab], None]:
    """Fill in these fields, send their form without the browser's own check, and meet an error."""

    def _send_wrongly(tab: Tab) -> None:
        form = tab.locator(f"main form:has([name={next(iter(fields))}])").first
        for name, value in fields.items():
            form.locator(f"[name={name}]").fill(value)
        _meet_an_error(tab, form)

    return _send_wrongly


def send_as_it_is(field: str) -> Callable[[Tab], None]:
    """Send the form that has this field as it stands, and meet an error."""

    def _send_as_it_is(tab: Tab) -> None:
        _meet_an_error(tab, tab.locator(f"main form:has([name={field}])").first)

    return _send_as_it_is


def _meet_an_error(tab: Tab, form: Locator) -> None:
    form.evaluate("form => form.noValidate = true")
    form.locator("[type=submit]").last.click()
    expect(tab.locator(".govuk-error-summary, .error-message").first).to_be_visible()


def take_out(tab: Tab) -> None:
    tab.locator(".pack-step__button", has_text="Take out").first.click()
    expect(tab.get_by_text("The slide has been taken out")).to_be_visible()


def say_not_useful(tab: Tab) -> None:
    tab.locator("button[name=useful][value=no]").click()
    expect(tab.get_by_text("Thank you")).to_be_visible()


OWN_PAGES = [
    Look("search, empty", "/search/"),
    Look("search, found", "/search/?q=dads+missing+from+assessments"),
    Look("search, nothing", "/search/?q=xyzzy"),
    Look("search, filtered", "/search/?q=neglect&theme=R01"),
    Look("search, without reading", "/search/?q=neglect", Role.IT_SUPPORT),
    Look("my work", "/my/my-work/"),
    Look("my work, with waiting pages", "/my/my-work/", Role.LEAD_QA),
    Look("my bookmarks", "/my/bookmarks/"),
    Look("about", "/my/about/"),
    Look("packs", "/packs/"),
    Look("new pack", "/packs/new/"),
    Look("pack", "/packs/{pack}/"),
    Look("pack, details", "/packs/{pack}/details/"),
    Look("pack, slide", "/packs/{pack}/slides/{slide}/"),
    Look("pack, sharing", "/packs/{pack}/sharing/?name=a"),
    Look("pack, deleting", "/packs/{pack}/delete/"),
    Look("pack, to print", "/packs/{pack}/print/"),
    Look("evidence of a page", "/evidence/{finding}/", Role.LEAD_QA),
    Look("change of password", "/accounts/password/change/"),
    Look("sign-in", "/accounts/login/", NOBODY),
    Look("forgotten password", "/accounts/password/reset/", NOBODY),
    Look("missing page", "/nothing-stands-here/"),
    Look("unreadable request", "/search/?q=%00"),
]
STATES = [
    Look(
        "sign-in, wrong",
        "/accounts/login/",
        NOBODY,
        send_wrongly(login="nobody@harrowmere.example", password="wrong"),
    ),
    Look("forgotten password, empty", "/accounts/password/reset/", NOBODY, send_wrongly(email="")),
    Look(
        "change of password, wrong",
        "/accounts/password/change/",
        do=send_wrongly(oldpassword="wrong", password1="a", password2="b"),
    ),
    Look("pack, title taken away", "/packs/{pack}/details/", do=send_wrongly(title="")),
    Look("pack, nobody of that name", "/packs/{pack}/sharing/?name=xyzzy"),
    Look("pack, slide taken out", "/packs/{pack}/", do=take_out),
    Look("useful? no", "/guidance/ground-rules/", do=say_not_useful),
]
DESK = [
    Look("imports", "/admin/imports/", Role.LEAD_QA),
    Look("import, upload", "/admin/imports/new/", Role.LEAD_QA),
    Look("import, upload without a file", "/admin/imports/new/", Role.LEAD_QA, send_wrongly(source="")),
    Look("import, batch that waits", "/admin/imports/{batch}/", Role.LEAD_QA),
    Look("import, approving", "/admin/imports/{batch}/approve/", Role.LEAD_QA),
    Look("import, rejecting", "/admin/imports/{batch}/reject/", Role.LEAD_QA),
    Look("import, batch that is read", "/admin/imports/{read_batch}/", Role.LEAD_QA),
    Look("import, withdrawing", "/admin/imports/{read_batch}/withdraw/", Role.LEAD_QA),
    Look("import, themes", "/admin/imports/themes/", Role.LEAD_QA),
    Look("pages that need attention", "/admin/reports/needs-attention/", Role.LEAD_QA),
]  # fmt: skip
CYCLE, CASE, AUDIT = (
    "/audits/{cycle}/",
    "/audits/cases/{prepared}/",
    "/audits/submissions/{written}/",
)
SHARED, ACTION, REPORT = (
    "/audits/submissions/{shared}/",
    "/audits/recommendations/{recommendation}/",
    "/audits/reports/{cycle}/",
)
FAMILY, DRAW = "/audits/family-feedback/{shared}/{feedback}/", "/audits/draws/{cycle}/"
OF_AN_AUDIT = [
    Look("programme", "/audits/", Role.LEAD_QA),
    Look("programme, planning a year", "/audits/plan/", Role.LEAD_QA),
    Look("programme, preparation", "/audits/preparation/", Role.LEAD_QA),
    Look("cycle", CYCLE, Role.LEAD_QA),
    Look("cycle, a step", CYCLE + "steps/postpone/", Role.LEAD_QA),
    Look("cycle, people", CYCLE + "people/", Role.LEAD_QA),
    Look("cycle, days", CYCLE + "days/", Role.LEAD_QA),
    Look("cycle, timetable", CYCLE + "days/1/timetable/", Role.LEAD_QA),
    Look("cycle, focus", CYCLE + "focus/", Role.LEAD_QA),
    Look("cycle, team", CYCLE + "team/", Role.LEAD_QA),
    Look("cycle, my part", CYCLE + "my-part/", AUDITOR),
    Look("draw", DRAW, Role.QA_OFFICER),
    Look("draw, loading", DRAW + "load/", Role.QA_OFFICER),
    Look("draw, list", DRAW + "list/", Role.QA_OFFICER),
    Look("draw, certificate", DRAW + "certificate/", Role.QA_OFFICER),
    Look("cases", "/audits/samples/{cycle}/", Role.QA_OFFICER),
    Look("case", CASE, Role.QA_OFFICER),
    Look("case, worker", CASE + "worker/", Role.QA_OFFICER),
    Look("case, preparing", CASE + "prepare/", WORKER),
    Look("audits", "/audits/submissions/", AUDITOR),
    Look("audit", AUDIT, AUDITOR),
    Look("audit, section", AUDIT + "sections/{section}/", AUDITOR),
    Look("audit, questions", AUDIT + "questions/", AUDITOR),
    Look("audit, conversation", AUDIT + "conversation/", AUDITOR),
    Look("audit, no conversation", AUDIT + "conversation/not-held/", AUDITOR),
    Look("audit, urgent", AUDIT + "urgent/", AUDITOR),
    Look("audit, confirming", AUDIT + "confirm/", AUDITOR),
    Look("audit, quality assurance", "/audits/submissions/{handed_in}/read/", Role.LEAD_QA),
    Look("audit, whole", SHARED + "read/", WORKER),
    Look("audit, changes", SHARED + "changes/", WORKER),
    Look("audit, reply", SHARED + "reply/", WORKER),
    Look("audit, readers", "/evidence/audits/{shared}/readers/", Role.LEAD_QA),
    Look("family", "/audits/family-feedback/", Role.QA_OFFICER),
    Look("family, a case", "/audits/family-feedback/{shared}/", Role.QA_OFFICER),
    Look("family, a person", FAMILY, Role.QA_OFFICER),
    Look("recommendations", "/audits/recommendations/", Role.LEAD_QA),
    Look("recommendation", ACTION, OWNER),
    Look("recommendation, drafting", "/audits/recommendations/draft/{written}/", AUDITOR),
    Look("recommendation, issuing", "/audits/recommendations/{drafted}/issue/", Role.LEAD_QA),
    Look("recommendation, update", ACTION + "update/", OWNER),
    Look("recommendation, confirming", ACTION + "confirm/", OWNER),
    Look("recommendation, more time", ACTION + "more-time/", OWNER),
    Look("recommendation, not accepted", ACTION + "not-accepted/", OWNER),
    Look("recommendation, verifying", "/audits/recommendations/{confirmed}/verify/", Role.QA_OFFICER),
    Look("letters", "/audits/letters/", Role.LEAD_QA),
    Look("letter, writing", "/audits/letters/{letter_to_write}/write/", WRITER),
    Look("letter", "/audits/letters/{letter_sent}/", WORKER),
    Look("letter, answer", "/audits/letters/{letter_sent}/answer/", WORKER),
    Look("escalations", "/audits/escalations/", Role.LEAD_QA),
    Look("escalation", "/audits/escalations/{escalation}/", Role.LEAD_QA),
    Look("escalation, conveying", "/audits/escalations/{escalation}/convey/", Role.LEAD_QA),
    Look("figures", "/audits/figures/", Role.SENIOR_MANAGER),
    Look("reports", "/audits/reports/", Role.LEAD_QA),
    Look("report", REPORT, Role.LEAD_QA),
    Look("report, summary", REPORT + "summary/", Role.BOARD_MEMBER),
    Look("boards", "/audits/boards/", Role.LEAD_QA),
    Look("board, considering", "/audits/boards/considerations/{consideration}/", Role.BOARD_MEMBER),
    Look("oversight", "/audits/oversight/", Role.SENIOR_MANAGER),
    Look("impact", "/audits/impact/", Role.LEAD_QA),
    Look("openings", "/audits/openings/", Role.INFORMATION_GOVERNANCE),
    Look("opening, asking", "/audits/openings/ask/", Role.INFORMATION_GOVERNANCE),
]  # fmt: skip
