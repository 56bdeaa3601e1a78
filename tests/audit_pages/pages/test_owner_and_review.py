"""Who answers for a page and how fresh it is, as its readers see it."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from audit_pages.models import GuidancePage, PublishedPage
from audit_pages.publishing.models import Approval
from audit_pages.publishing.records import record_of
from audit_pages.publishing.services import approve_and_publish
from learning.people.models import StaffMember
from learning.people.roles import Role
from search.ledger.draining import drain
from search.ledger.models import Projection
from tests.publishing import checked

pytestmark = pytest.mark.django_db
OVERDUE = "This page is past its review date"


@pytest.fixture
def guidance() -> GuidancePage:
    found = GuidancePage.objects.live().order_by("pk").first()
    assert found is not None
    return found


def set_on(page: PublishedPage, **fields: object) -> None:
    PublishedPage.objects.filter(pk=page.pk).update(**fields)


def meta_of(html: str) -> dict[str, str]:
    """The facts in the page's head: what stands before each and what it says."""
    head = re.search(r'<dl class="portal-meta">(.*?)</dl>', html, re.DOTALL)
    pairs = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", head[1] if head else "", re.DOTALL)
    return {name: re.sub(r"<[^>]+>", "", value).strip() for name, value in pairs}


def test_owner_and_contact_come_each_from_the_nearest_page_that_has_one(
    guidance: GuidancePage,
    sign_in: Callable[..., Client],
    person: Callable[[Role], StaffMember],
) -> None:
    client, url = sign_in(Role.FRONT_LINE), guidance.get_url()
    section = guidance.get_parent().specific
    home = section.get_parent().specific
    set_on(guidance, content_owner=None, contact="")
    set_on(section, content_owner=person(Role.QA_OFFICER), contact="")
    set_on(home, content_owner=person(Role.LEAD_QA), contact="front.desk@harrowmere.example")
    html = client.get(url).text
    assert meta_of(html)["Owner"] == str(person(Role.QA_OFFICER)), "of the section"
    assert "front.desk@harrowmere.example" in html, "of the home page"
    set_on(section, contact="guidance@harrowmere.example")
    html = client.get(url).text
    assert "guidance@harrowmere.example" in html
    assert "front.desk@" not in html
    set_on(guidance, content_owner=person(Role.EDITOR), contact="mine@harrowmere.example")
    html = client.get(url).text
    assert meta_of(html)["Owner"] == str(person(Role.EDITOR)), "its own comes first"
    assert "mine@harrowmere.example" in html
    assert "guidance@harrowmere.example" not in html


def test_a_typing_mistake_put_right_changes_modified_and_not_reviewed(
    guidance: GuidancePage,
    sign_in: Callable[..., Client],
    person: Callable[[Role], StaffMember],
) -> None:
    set_on(guidance, reviewed_on=date(2026, 2, 3))
    long_ago = timezone.now() - timedelta(days=200)
    GuidancePage.objects.filter(pk=guidance.pk).update(last_published_at=long_ago)
    client, url = sign_in(Role.FRONT_LINE), guidance.get_url()
    before = meta_of(client.get(url).text)
    page = GuidancePage.objects.get(pk=guidance.pk)
    page.summary = "A summary without the mistake."
    page.save_revision(user=person(Role.EDITOR))
    checked(page)
    approve_and_publish(page=page, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW)
    html = client.get(url).text
    assert "A summary without the mistake." in html
    after = meta_of(html)
    assert before["Reviewed"] == after["Reviewed"] == "3 February 2026"
    assert after["Modified"] == f"{timezone.localdate():%-d %B %Y}" != before["Modified"]


@pytest.mark.parametrize(
    ("days", "is_overdue"), [(-1, True), (0, False), (1, False), (None, False)]
)
def test_a_page_says_that_it_is_overdue_from_the_day_after(
    days: int | None, is_overdue: bool, guidance: GuidancePage, sign_in: Callable[..., Client]
) -> None:
    due = None if days is None else timezone.localdate() + timedelta(days=days)
    set_on(guidance, review_due_on=due)
    html = sign_in(Role.FRONT_LINE).get(guidance.get_url()).text
    assert (OVERDUE in html) == is_overdue
    if due:
        assert f"{due:%-d %B %Y}" in html
    assert ("Next review" in meta_of(html)) == (due is not None and not is_overdue)


def test_the_search_document_says_when_the_page_was_reviewed(
    guidance: GuidancePage, person: Callable[[Role], StaffMember]
) -> None:
    page = GuidancePage.objects.get(pk=guidance.pk)
    page.reviewed_on = date(2026, 7, 3)
    page.save_revision(user=person(Role.EDITOR))
    checked(page)
    approve_and_publish(page=page, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW)
    record = record_of(page.pk)
    assert record is not None and record.reviewed_at is not None
    assert timezone.localtime(record.reviewed_at).date() == date(2026, 7, 3)
    drain()
    assert Projection.objects.get(page_id=page.pk).document["reviewed_at"].startswith("2026-07-0")
    set_on(guidance, reviewed_on=None)
    assert getattr(record_of(page.pk), "reviewed_at", 0) is None
