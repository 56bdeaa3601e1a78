"""“My work” shows what waits for one's role, and nothing of a role that one has lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from audit_pages.models import GuidancePage, PublishedPage
from home.selectors import WILL_COME
from learning.models import AuditCycle
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.submissions.states import SubmissionState
from tests.learning.audit import (
    a_countdown_task,
    a_cycle,
    a_pair,
    a_recommendation,
    a_sampled_case,
    a_submission,
)

pytestmark = pytest.mark.django_db


def test_whoever_writes_no_more_sees_no_title_of_what_was_sent_back(
    page_at: Callable[[str], Page],
    person: Callable[[Role], StaffMember],
    sign_in: Callable[..., Client],
) -> None:
    editor = person(Role.EDITOR)
    page = page_at("/guidance/").get_children().type(GuidancePage).live().first().specific
    page.title = page.draft_title = "A draft of umberwagtail"
    page.save_revision(user=editor)
    page.get_workflow().start(page, editor)
    page.current_workflow_task_state.reject(user=person(Role.LEAD_QA), comment="Not yet")
    Page.objects.filter(pk=page.pk).update(title=page.title)
    assert "umberwagtail" in sign_in(editor).get("/my/my-work/").text
    editor.groups.set([Group.objects.get(name=Role.IT_SUPPORT.label)])
    assert "umberwagtail" not in sign_in(editor).get("/my/my-work/").text


def test_long_work_has_pages_with_what_is_due_first(
    sign_in: Callable[..., Client], person: Callable[[Role], StaffMember]
) -> None:
    owner, cycle = person(Role.FRONT_LINE), a_cycle()
    rows = [a_recommendation(owner=owner, cycle=cycle, due_in=60 - n) for n in range(55)]
    client = sign_in(owner)
    first, second = (client.get("/my/my-work/", {"page": page}).content.decode() for page in (1, 2))
    assert rows[-1].ref in first and rows[0].ref not in first
    assert rows[0].ref in second and rows[-1].ref not in second


@pytest.mark.parametrize(("days", "waits"), [(-1, True), (0, False)])
def test_a_review_that_is_overdue_waits_for_the_pages_owner_alone(
    days: int,
    waits: bool,
    person: Callable[[Role], StaffMember],
    sign_in: Callable[..., Client],
) -> None:
    owner, page = person(Role.QA_OFFICER), GuidancePage.objects.live().first()
    due = timezone.localdate() + timedelta(days=days)
    PublishedPage.objects.filter(pk=page.pk).update(content_owner=owner, review_due_on=due)
    assert (page.title in sign_in(owner).get("/my/my-work/").text) == waits
    assert page.title not in sign_in(Role.EDITOR).get("/my/my-work/").text
    Page.objects.filter(pk=page.pk).update(live=False)
    assert page.title not in sign_in(owner).get("/my/my-work/").text, "withdrawn"


def test_work_stands_under_what_is_to_be_done_with_its_count_and_day(
    sign_in: Callable[..., Client], person: Callable[[Role], StaffMember]
) -> None:
    lead, cycle = person(Role.LEAD_QA), a_cycle()
    AuditCycle.objects.filter(pk=cycle.pk).update(lead=lead)
    late = a_recommendation(owner=lead, cycle=cycle, due_in=-2)
    later, sooner = (a_recommendation(owner=lead, cycle=cycle, due_in=days) for days in (30, 9))
    worker, auditor = person(Role.FRONT_LINE), person(Role.QA_OFFICER)
    pair = a_pair(cycle, auditor)
    case = a_sampled_case(cycle, worker=worker, pair=pair)
    a_submission(case, SubmissionState.SUBMITTED)
    due = a_countdown_task(cycle, key="finish_quality_assurance", due_in=4).due_date
    page = sign_in(lead).get("/my/my-work/")
    headings = [(group.heading, group.count) for group in page.context["groups"]]
    assert headings[:2] == [("Overdue", 1), ("To quality-assure", 1)]
    assert ("Changes that you see to", 2) in headings
    assert page.text.index(late.ref) < page.text.index(case.ref) < page.text.index(sooner.ref)
    assert page.text.index(sooner.ref) < page.text.index(later.ref)
    assert f"{case.area}, the work of {worker}; written by {auditor}." in page.text
    assert f"Due by {due:%-d %B %Y}" in page.text


@pytest.mark.parametrize(("role", "words"), WILL_COME.items())
def test_nobody_with_nothing_to_do_is_left_without_what_will_come(
    role: Role, words: str, sign_in: Callable[..., Client]
) -> None:
    page = sign_in(role).get("/my/my-work/").text
    assert "Nothing waits for you" in page and words in page


def test_the_count_of_a_heading_is_that_of_all_pages(
    sign_in: Callable[..., Client], person: Callable[[Role], StaffMember]
) -> None:
    owner, cycle = person(Role.FRONT_LINE), a_cycle()
    for days in range(55):
        a_recommendation(owner=owner, cycle=cycle, due_in=days)
    for number, shown in (1, 50), (2, 5):
        (group,) = sign_in(owner).get("/my/my-work/", {"page": number}).context["groups"]
        assert (group.count, len(group.entries)) == (55, shown)
