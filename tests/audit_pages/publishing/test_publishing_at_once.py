"""Two leads who approve the last step of one page at the same moment: it is published once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, TaskState

from audit_pages.models import Approval, FindingPage
from learning.events.models import Event
from learning.people.models import StaffMember
from learning.people.roles import Role
from portal.demo.loader import first_with
from tests.publishing import checked


def in_its_last_step() -> FindingPage:
    """A finding whose words are checked, and whose second step is taken."""
    editor, officer = first_with(Role.EDITOR), first_with(Role.QA_OFFICER)
    page = FindingPage(
        title="Children know why we visit",
        slug="children-know-why",
        quarter="2026-Q3",
        statement_kind="strength",
        level="service",
        what_we_saw="<p>Most children could say it.</p>",
        owner=editor,
    )
    Page.objects.get(url_path="/home/findings/").specific.add_child(instance=page)
    page.save_revision(user=editor)
    checked(page)
    page.get_workflow().start(page, editor)
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, officer, "approve")
    return FindingPage.objects.get(pk=page.pk)


def signed_in(person: StaffMember) -> Client:
    client = Client()
    client.force_login(person)
    return client


def approve_at_once(page: Page, *people: StaffMember) -> list[int]:
    """The answers to everybody's press on “Approve”, all at the same moment."""
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    clients, barrier = [signed_in(person) for person in people], Barrier(len(people))

    def press(client: Client) -> int:
        try:
            barrier.wait()
            return client.post(url).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(clients)) as pool:
        return list(pool.map(press, clients))


def test_two_leads_at_once_publish_a_page_once(cloned_database: str) -> None:
    page = in_its_last_step()
    lead = first_with(Role.LEAD_QA)
    deputy = StaffMember.objects.get(email="julian.obuya@harrowmere.example")
    assert not page.live

    answers = approve_at_once(page, lead, deputy)

    assert 302 in answers
    fresh = FindingPage.objects.get(pk=page.pk)
    assert fresh.live
    assert not fresh.workflow_in_progress
    approval = Approval.objects.get(page_id=page.pk)
    events = Event.objects.filter(action="page.approved", object_id=str(page.pk))
    assert [event.actor_id for event in events] == [approval.approved_by_id]
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").count() == 1
    step = TaskState.objects.filter(revision=page.get_latest_revision()).latest("pk")
    assert step.finished_by_id == approval.approved_by_id, "the desk names who published"
    told = PageLogEntry.objects.filter(page=page.pk, action="wagtail.workflow.approve").order_by(
        "pk"
    )
    assert [entry.user_id for entry in told] == [
        first_with(Role.QA_OFFICER).pk,
        approval.approved_by_id,
    ]
