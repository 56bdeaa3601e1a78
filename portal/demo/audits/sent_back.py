"""A page of guidance that the editor wrote out of the last days, and that the lead sent back."""

from datetime import date
from typing import Any

from wagtail.models import TaskState, WorkflowState

from audit_pages.models import GuidanceIndexPage, GuidancePage
from audit_pages.starter.markup import html_of
from portal.demo.audits.briefings import EDITOR
from portal.demo.audits.cast import Cast
from portal.demo.audits.cycles import LEAD
from portal.demo.audits.quarters import moment
from portal.demo.audits.stories import read

ASKED, SENT_BACK = moment(date(2026, 11, 12), 15), moment(date(2026, 11, 16), 9)


def send_page_back(cast: Cast) -> None:
    """The draft with where its workflow stands, and what the lead asks for. Nobody is sent a mail."""
    text = read("sent_back.toml")
    page = GuidancePage(
        title=text["title"],
        slug=text["slug"],
        summary=text["summary"],
        introduction=html_of(text["introduction"]),
        content_owner=cast[LEAD],
        owner=cast[EDITOR],
    )
    GuidanceIndexPage.objects.order_by("path")[0].add_child(instance=page)
    revision = page.save_revision(user=cast[EDITOR])
    workflow: Any = page.get_workflow()
    state = WorkflowState.objects.create(
        content_type=page.get_content_type(),
        base_content_type=page.get_base_content_type(),
        object_id=str(page.pk),
        workflow=workflow,
        requested_by=cast[EDITOR],
        status=WorkflowState.STATUS_NEEDS_CHANGES,
    )
    task = TaskState.objects.create(
        workflow_state=state,
        revision=revision,
        task=workflow.tasks[0],
        status=TaskState.STATUS_REJECTED,
        finished_by=cast[LEAD],
        comment=text["comment"],
    )
    WorkflowState.objects.filter(pk=state.pk).update(created_at=ASKED, current_task_state=task)
    TaskState.objects.filter(pk=task.pk).update(started_at=ASKED, finished_at=SENT_BACK)
