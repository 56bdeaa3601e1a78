"""The ways out that nobody thinks of: headers, caches, mails, embeds, shared passwords."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import wagtail.admin
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction
from wagtail.rich_text import expand_db_html

from audit_pages.models import FindingPage
from learning.people.models import StaffMember
from learning.people.roles import Role
from tests.publishing import checked

pytestmark = pytest.mark.django_db
CANARY = "indigoplover"


@pytest.fixture
def draft(page_at: Callable[[str], Page], person: Callable[[Role], StaffMember]) -> FindingPage:
    page = FindingPage(
        title=f"Title {CANARY}",
        slug="a-waiting-finding",
        summary=CANARY,
        quarter="2026-Q3",
        statement_kind="strength",
        level="service",
        what_we_saw=f"<p>{CANARY}</p>",
        owner=person(Role.EDITOR),
    )
    page_at("/findings/").add_child(instance=page)
    page.save_revision(user=person(Role.EDITOR))
    return page


# --- Headers ----------------------------------------------------------------------------------

ADDRESSES = [
    "/",
    "/findings/",
    "/my/my-work/",
    "/search/?q=plan",
    "/nowhere/",
    "/accounts/password/change/",
]


def policy_of(answer: Any) -> dict[str, str]:
    """The content security policy, by directive."""
    parts = (part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    return {name: rest[0] if rest else "" for name, *rest in parts}


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_of_the_portal_are_strict(address: str, sign_in: Callable[..., Client]) -> None:
    answer = sign_in(Role.FRONT_LINE).get(address)
    policy = policy_of(answer)
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert not re.search(r"https?:|\*|data:", answer["Content-Security-Policy"])
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_a_signed_in_person_sees_is_kept_by_no_cache(
    address: str, sign_in: Callable[..., Client]
) -> None:
    assert "no-store" in sign_in(Role.FRONT_LINE).get(address)["Cache-Control"]


def test_the_desk_alone_lets_inline_code_through(sign_in: Callable[..., Client]) -> None:
    client = sign_in(Role.EDITOR)
    desk = client.get("/admin/")
    assert "'unsafe-inline'" in policy_of(desk)["script-src"]
    assert "unsafe-eval" not in desk["Content-Security-Policy"]
    assert not re.search(r"https?:|\*", desk["Content-Security-Policy"])
    assert "no-store" in desk["Cache-Control"]
    for outside in ("/administration/", "/findings/?x=/admin/", "//admin/"):
        assert "unsafe" not in client.get(outside)["Content-Security-Policy"]


def test_the_sign_in_page_is_strict_too(client: Client) -> None:
    answer = client.get(reverse("account_login"))
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/", "/findings/", "/guidance/", "/training/"])
def test_no_page_carries_inline_code_or_styles(
    address: str, sign_in: Callable[..., Client]
) -> None:
    html = sign_in(Role.FRONT_LINE).get(address).text
    assert not re.search(r"\sstyle=|\son[a-z]+=\"|<style", html)
    for script in re.findall(r"<script[^>]*>", html):
        assert " src=" in script or "application/json" in script, script


# --- Logs -------------------------------------------------------------------------------------


def test_what_somebody_searches_for_is_in_no_log(
    sign_in: Callable[..., Client], caplog: pytest.LogCaptureFixture
) -> None:
    client = sign_in(Role.FRONT_LINE)
    with caplog.at_level("INFO"):
        client.get("/search/", {"q": CANARY})
        client.get("/search/suggest/", {"q": CANARY})
        client.get("/nowhere/", {"q": CANARY})
        client.get("/admin/", {"q": CANARY})
        client.post(f"/pages/0/useful/?q={CANARY}", {"useful": "yes"})
    assert CANARY not in caplog.text


# --- Mails ------------------------------------------------------------------------------------


def test_each_mail_of_the_workflow_is_our_own(settings: Any) -> None:
    """A new Wagtail may bring a new mail: it would carry the title of a page."""
    theirs = Path(wagtail.admin.__file__).parent / "templates/wagtailadmin/notifications"
    ours = settings.BASE_DIR / "templates/wagtailadmin/notifications"
    mails = {path.name for path in theirs.iterdir() if not path.name.startswith("base.")}
    assert mails <= {path.name for path in ours.iterdir()}
    for path in ours.iterdir():
        words = path.read_text(encoding="utf-8")
        assert not re.search(
            r"title|comment\b|latest_str|object\b(?! user)|model_name|task\.", words
        ), path


def test_mails_of_a_whole_workflow_carry_a_link_and_no_word_of_the_page(
    draft: FindingPage, person: Callable[[Role], StaffMember], settings: Any
) -> None:
    settings.WAGTAILADMIN_NOTIFICATION_USE_HTML = True
    qa_officer, lead = person(Role.QA_OFFICER), person(Role.LEAD_QA)
    draft.get_workflow().start(draft, person(Role.EDITOR))
    draft.current_workflow_task_state.reject(user=qa_officer, comment=f"Because of {CANARY}")
    draft = FindingPage.objects.get(pk=draft.pk)
    draft.current_workflow_state.resume(user=person(Role.EDITOR))
    checked(draft)
    for second in (qa_officer, lead):
        draft = FindingPage.objects.get(pk=draft.pk)
        draft.current_workflow_task_state.approve(user=second)
    assert FindingPage.objects.get(pk=draft.pk).live
    subjects = {message.subject for message in mail.outbox}
    assert {"A page waits for you", "A page was sent back", "A page was published"} <= subjects
    for message in mail.outbox:
        words = "".join(
            [message.subject, message.body, *[str(part) for part, _ in message.alternatives]]
        )
        assert CANARY not in words
        assert f"/admin/pages/{draft.pk}/edit/" in message.body


def test_the_mail_for_a_new_password_says_nothing_else(
    person: Callable[[Role], StaffMember], client: Client
) -> None:
    cache.clear()
    client.post(reverse("account_reset_password"), {"email": person(Role.EDITOR).email})
    assert len(mail.outbox) == 1
    assert "/accounts/password/reset/key/" in mail.outbox[0].body


# --- Embeds and shared passwords --------------------------------------------------------------


def test_embeds_are_off(sign_in: Callable[..., Client]) -> None:
    address = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    html = expand_db_html(f'<embed embedtype="media" url="{address}"/>')
    assert "youtube" not in html
    client = sign_in(Role.EDITOR)
    assert client.get(reverse("wagtailembeds:chooser")).status_code == 403
    upload = {"embed-chooser-url": address}
    assert client.post(reverse("wagtailembeds:chooser_upload"), upload).status_code == 403


@pytest.mark.parametrize("role", [Role.LEAD_QA, Role.INFORMATION_GOVERNANCE])
def test_a_shared_password_is_not_offered_and_not_taken(
    role: Role, sign_in: Callable[..., Client], page_at: Callable[[str], Page]
) -> None:
    page, client = page_at("/findings/"), sign_in(role)
    url = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    assert 'value="password"' not in client.get(url).text
    client.post(url, {"restriction_type": "password", "password": "open"})
    assert not PageViewRestriction.objects.filter(restriction_type="password").exists()


def test_whoever_holds_a_shared_password_gets_nothing_by_it(
    page_at: Callable[[str], Page], sign_in: Callable[..., Client]
) -> None:
    page = page_at("/findings/")
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="open"
    )
    client = sign_in(Role.FRONT_LINE)
    client.post(
        f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/", {"password": "open"}
    )
    assert client.get("/findings/").status_code == 404
