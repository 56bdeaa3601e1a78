"""“My work” shows what waits for one's role, and nothing of a role that one has lost."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page

from audit_pages.models import GuidancePage
from learning.people.models import StaffMember
from learning.people.roles import Role

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
