"""Approving in the editor changes nothing: the form's own keys are no words, and words are not slipped in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision
from wagtail.test.utils.form_data import rich_text

from audit_pages.models import FindingPage
from learning.people.models import StaffMember
from learning.people.roles import Role
from tests.publishing import checked, edit_form

pytestmark = pytest.mark.django_db

APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}


@pytest.fixture
def submitted(page_at: Callable[[str], Page], person: Callable[[Role], StaffMember]) -> FindingPage:
    """A finding of the editor, its paragraphs without the keys of the desk's editor and one part empty."""
    parts: dict[str, Any] = {name: f"<p>{name}</p>" for name, _ in FindingPage.rich_parts}
    parts[list(parts)[-1]] = ""
    page = FindingPage(
        title="Children know why we visit",
        slug="children-know-why",
        summary="Most children could say why a worker comes.",
        quarter="2026-Q3",
        statement_kind="strength",
        level="service",
        owner=person(Role.EDITOR),
        **parts,
    )
    page_at("/findings/").add_child(instance=page)
    page.save_revision(user=person(Role.EDITOR))
    checked(page)
    page.get_workflow().start(page, person(Role.EDITOR))
    return page


def as_shown(page: FindingPage, **changes: str) -> dict[str, Any]:
    """What the desk sends when nobody typed: keys in paragraphs, a paragraph where nothing stands."""
    empty = list(FindingPage.rich_parts)[-1][0]
    return edit_form(page, **{empty: rich_text("<p></p>")}, **APPROVE, **changes)


def writers(page: Page) -> list[int | None]:
    revisions = Revision.page_revisions.filter(object_id=str(page.pk)).order_by("pk")
    return list(revisions.values_list("user_id", flat=True))


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_approving_as_it_stands_makes_nobody_a_writer_and_publishes_at_the_last_step(
    submitted: FindingPage, person: Callable[[Role], StaffMember], sign_in: Callable[..., Client]
) -> None:
    for role in (Role.QA_OFFICER, Role.LEAD_QA):
        answer = sign_in(role).post(edit_url(submitted), as_shown(submitted), follow=True)
        assert answer.redirect_chain == [(reverse("home:my_work"), 302)]
        assert "“Children know why we visit” is approved." in answer.content.decode()
        assert writers(submitted) == [person(Role.EDITOR).pk]
    assert Page.objects.get(pk=submitted.pk).live


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Slipped in"},
        {"what_we_saw": rich_text("<p>Slipped in</p>")},
        {"level": "team"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_words_changed_on_approving_are_refused_in_a_sentence_and_still_stand_in_the_form(
    submitted: FindingPage,
    change: dict[str, str],
    person: Callable[[Role], StaffMember],
    sign_in: Callable[..., Client],
) -> None:
    before = Page.objects.get(pk=submitted.pk).current_workflow_task_state
    answer = sign_in(Role.QA_OFFICER).post(edit_url(submitted), as_shown(submitted, **change))
    body = answer.content.decode()
    assert "It is not approved: you changed the words." in body
    assert "is approved." not in body
    name = next(iter(change))
    assert answer.context["form"][name].data != getattr(submitted, name)
    assert writers(submitted) == [person(Role.EDITOR).pk]
    after = Page.objects.get(pk=submitted.pk).current_workflow_task_state
    assert (after.pk, after.status) == (before.pk, before.status)


def test_a_writer_does_not_approve_by_a_forged_form(
    submitted: FindingPage, person: Callable[[Role], StaffMember], sign_in: Callable[..., Client]
) -> None:
    submitted.save_revision(user=person(Role.LEAD_QA))
    state = Page.objects.get(pk=submitted.pk).current_workflow_task_state
    answer = sign_in(Role.LEAD_QA).post(edit_url(submitted), as_shown(submitted), follow=True)
    assert "is approved." not in answer.content.decode()
    state.refresh_from_db()
    assert state.status == "in_progress"
    assert not Page.objects.get(pk=submitted.pk).live
