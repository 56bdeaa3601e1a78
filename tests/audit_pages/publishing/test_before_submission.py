"""Whoever writes a page hears at once what could give somebody away, and what has to go is not submitted."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, WorkflowState

from audit_pages.models import DisclosureCheck, FindingPage, GuidancePage
from audit_pages.publishing.submitting import HasToGo
from learning.people.roles import Role
from tests.publishing import edit_form

pytestmark = pytest.mark.django_db

NHS = "401 023 2137"
SUBMIT = {"action-submit": "submit"}


@pytest.fixture
def draft(page_at: Any, person: Any) -> FindingPage:
    page = FindingPage(
        title="Children know why we visit",
        slug="children-know-why",
        quarter="2026-Q3",
        statement_kind="strength",
        level="service",
        owner=person(Role.EDITOR),
        live=False,
    )
    page_at("/findings/").add_child(instance=page)
    page.save_revision(user=person(Role.EDITOR))
    return page


def save(client: Client, page: Page, summary: str, **pressed: str) -> Any:
    """The answer to saving the page in the desk with this summary, and with this button."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(url, edit_form(page, summary=summary, **pressed), follow=True)


def is_submitted(page: Page) -> bool:
    return WorkflowState.objects.filter(object_id=str(page.pk)).exists()


def test_what_has_to_go_is_kept_as_a_draft_and_not_submitted(
    draft: FindingPage, sign_in: Any
) -> None:
    editor = sign_in(Role.EDITOR)

    refused = save(editor, draft, f"Her number is {NHS}.", **SUBMIT)
    assert "some words have to go first" in refused.text
    assert f"“{NHS}” (NHS number)" in refused.text
    assert not is_submitted(draft)

    kept = save(editor, draft, f"Her number is {NHS}, and two families said so.")
    assert "1 that has to go and 1 that may stay with a reason" in kept.text
    link = reverse("check_disclosure", args=[draft.pk])
    assert link in kept.text
    assert (
        FindingPage.objects.get(pk=draft.pk)
        .get_latest_revision_as_object()
        .summary.endswith("said so.")
    )

    sent = save(editor, draft, "Two families said so.", **SUBMIT)
    assert is_submitted(draft)
    assert "1 that may stay with a reason" in sent.text


def test_nothing_found_is_no_message(draft: FindingPage, sign_in: Any) -> None:
    assert "could give somebody away" not in save(sign_in(Role.EDITOR), draft, "It helped.").text


def test_a_workflow_is_not_begun_by_another_way_either(draft: FindingPage, person: Any) -> None:
    draft.summary = f"Her number is {NHS}."
    draft.save_revision(user=person(Role.EDITOR))
    with pytest.raises(HasToGo):
        draft.get_workflow().start(draft, person(Role.EDITOR))
    assert not is_submitted(draft)


def test_the_writer_sees_the_marked_text_and_makes_no_check(
    draft: FindingPage, sign_in: Any
) -> None:
    editor = sign_in(Role.EDITOR)
    save(editor, draft, f"Her number is {NHS}, and two families said so.")
    url = reverse("check_disclosure", args=[draft.pk])
    assert url in editor.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).text

    shown = editor.get(url).text
    assert f'<mark class="disclosure-block">{NHS}</mark>' in shown
    assert "Keep this check" not in shown
    assert "Change them before the page is submitted" in shown
    save(editor, draft, "It helped.")
    posted = editor.post(url, {"read": "yes"})
    assert posted.status_code in (302, 403)
    assert not DisclosureCheck.objects.filter(page_id=draft.pk).exists()


@pytest.mark.parametrize("role", [Role.INFORMATION_GOVERNANCE, Role.FRONT_LINE, Role.IT_SUPPORT])
def test_who_neither_writes_nor_checks_does_not_see_it(
    role: Role, draft: FindingPage, sign_in: Any
) -> None:
    answer = sign_in(role).get(reverse("check_disclosure", args=[draft.pk]))
    assert answer.status_code in (302, 403)


def test_guidance_is_submitted_without_a_word(page_at: Any, person: Any) -> None:
    page = GuidancePage(title="Guide", slug="guide", summary=NHS, owner=person(Role.EDITOR))
    page_at("/guidance/").add_child(instance=page)
    page.save_revision(user=person(Role.EDITOR))
    page.get_workflow().start(page, person(Role.EDITOR))
    assert is_submitted(page)
