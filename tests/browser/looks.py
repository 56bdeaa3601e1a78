"""Every page and form state that is looked at in a browser: where it is, who looks, and what they do
there first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from learning.people.roles import Role

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
        form.evaluate("form => form.noValidate = true")
        for name, value in fields.items():
            form.locator(f"[name={name}]").fill(value)
        form.locator("[type=submit]").last.click()
        expect(tab.locator(".govuk-error-summary, .error-message").first).to_be_visible()

    return _send_wrongly


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
