"""Nobody publishes alone: by screen, by forged request, by shell call, superusers included."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState

from audit_pages.models import Approval, FindingPage, GuidancePage
from audit_pages.publishing.models import NotApproved, OwnWorkNotApproved
from audit_pages.publishing.services import approve_and_publish, approve_revision
from learning.people.models import StaffMember
from learning.people.roles import Role
from tests.publishing import checked, edit_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(page_at: Callable[[str], Page], person: Callable[[Role], StaffMember]) -> FindingPage:
    """A finding that the editor has written and nobody has read."""
    page = FindingPage(
        title="Children know why we visit",
        slug="children-know-why",
        summary="Most children could say why a worker comes.",
        quarter="2026-Q3",
        statement_kind="strength",
        level="service",
        what_we_saw="<p>Most children could say it.</p>",
        owner=person(Role.EDITOR),
    )
    page_at("/findings/").add_child(instance=page)
    page.save_revision(user=person(Role.EDITOR))
    return page


@pytest.fixture
def superuser() -> StaffMember:
    return StaffMember.objects.create_superuser(
        "root@harrowmere.example", "x", first_name="Root", last_name="Root"
    )


def submit(page: Page, by: StaffMember) -> None:
    """Sent into its workflow, and its words checked."""
    checked(Page.objects.get(pk=page.pk))
    page.get_workflow().start(page, by)


def approve_url(page: Page) -> str:
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])


def is_live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


def test_a_finding_goes_live_by_a_check_and_then_by_a_lead(
    draft: FindingPage, person: Callable[[Role], StaffMember], sign_in: Callable[..., Client]
) -> None:
    submit(draft, person(Role.EDITOR))
    assert sign_in(Role.QA_OFFICER).post(approve_url(draft)).status_code == 302
    assert not is_live(draft), "the second check alone publishes nothing"
    sign_in(Role.LEAD_QA).post(approve_url(draft))
    assert is_live(draft)
    approval = Approval.objects.get(page_id=draft.pk)
    assert approval.approved_by == person(Role.LEAD_QA)
    assert approval.revision_id == Page.objects.get(pk=draft.pk).live_revision_id


def test_a_lead_who_wrote_it_cannot_approve_it_by_a_forged_request(
    draft: FindingPage, person: Callable[[Role], StaffMember], sign_in: Callable[..., Client]
) -> None:
    draft.save_revision(user=person(Role.LEAD_QA))
    submit(draft, person(Role.EDITOR))
    sign_in(Role.QA_OFFICER).post(approve_url(draft))
    answer = sign_in(Role.LEAD_QA).post(approve_url(draft))
    assert answer.status_code in (302, 403)
    assert not is_live(draft)
    assert TaskState.objects.filter(
        workflow_state__object_id=str(draft.pk), status=TaskState.STATUS_IN_PROGRESS
    ).exists()


def test_a_superuser_who_wrote_it_cannot_approve_it(
    draft: FindingPage, superuser: StaffMember, sign_in: Callable[..., Client]
) -> None:
    draft.save_revision(user=superuser)
    submit(draft, superuser)
    client = sign_in(superuser)
    client.post(approve_url(draft))
    client.post(approve_url(draft))
    assert not is_live(draft)


def test_one_person_cannot_take_both_steps(
    draft: FindingPage,
    person: Callable[[Role], StaffMember],
    superuser: StaffMember,
    sign_in: Callable[..., Client],
) -> None:
    submit(draft, person(Role.EDITOR))
    client = sign_in(superuser)
    client.post(approve_url(draft))
    client.post(approve_url(draft))
    assert not is_live(draft), "who made the check does not publish"


@pytest.mark.parametrize("who", ["superuser", "lead"])
def test_publishing_directly_from_the_edit_screen_leaves_a_draft(
    draft: FindingPage,
    who: str,
    superuser: StaffMember,
    person: Callable[[Role], StaffMember],
    sign_in: Callable[..., Client],
) -> None:
    client = sign_in(superuser if who == "superuser" else Role.LEAD_QA)
    url = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    form = edit_form(draft, title="Forged", **{"action-publish": "action-publish"})
    answer = client.post(url, form)
    assert answer.status_code in (302, 403), answer.context["form"].errors
    assert not is_live(draft)


def test_creating_and_publishing_in_one_go_leaves_no_live_page(
    draft: FindingPage,
    superuser: StaffMember,
    page_at: Callable[[str], Page],
    sign_in: Callable[..., Client],
) -> None:
    url = reverse(
        "wagtailadmin_pages:add", args=["audit_pages", "findingpage", page_at("/findings/").pk]
    )
    form = edit_form(draft, slug="forged-page", **{"action-publish": "action-publish"})
    sign_in(superuser).post(url, form)
    assert FindingPage.objects.filter(slug="forged-page").exists()
    assert not FindingPage.objects.filter(slug="forged-page", live=True).exists()


def test_bulk_publishing_leaves_drafts(
    draft: FindingPage, superuser: StaffMember, sign_in: Callable[..., Client]
) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    sign_in(superuser).post(f"{url}?id={draft.pk}", {"include_descendants": "on"})
    assert not is_live(draft)


def test_copying_a_live_page_makes_a_draft(
    page_at: Callable[[str], Page], superuser: StaffMember, sign_in: Callable[..., Client]
) -> None:
    page = page_at("/findings/").get_children().live().first()
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    for extra in ({"publish_copies": "on"}, {"alias": "on"}):
        sign_in(superuser).post(
            url,
            {
                "new_title": "Copy",
                "new_slug": f"copy-{next(iter(extra))}",
                "new_parent_page": str(page.get_parent().pk),
                **extra,
            },
        )
    assert not Page.objects.filter(slug__startswith="copy-", live=True).exists()


def test_code_that_publishes_without_an_approval_is_refused(
    draft: FindingPage, superuser: StaffMember
) -> None:
    with pytest.raises(PermissionDenied):
        draft.get_latest_revision().publish(user=superuser)
    with pytest.raises(NotApproved):
        draft.get_latest_revision().publish(skip_permission_checks=True)
    assert not is_live(draft)


def test_an_approval_is_of_these_words_and_no_others(
    draft: FindingPage, person: Callable[[Role], StaffMember]
) -> None:
    revision = draft.get_latest_revision()
    approve_revision(
        revision=revision, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW
    )
    draft.title = "Changed after the approval"
    draft.save_revision(user=person(Role.EDITOR), overwrite_revision=revision)
    with pytest.raises(NotApproved):
        draft.get_latest_revision().publish(skip_permission_checks=True)


def test_an_edit_after_an_approval_asks_again(
    draft: FindingPage, person: Callable[[Role], StaffMember], sign_in: Callable[..., Client]
) -> None:
    submit(draft, person(Role.EDITOR))
    sign_in(Role.QA_OFFICER).post(approve_url(draft))
    draft.refresh_from_db()
    draft.title = "Other words"
    draft.save_revision(user=person(Role.QA_OFFICER))
    sign_in(Role.LEAD_QA).post(approve_url(draft))
    live = Page.objects.get(pk=draft.pk)
    assert not (live.live and live.title == "Other words")


def test_a_live_page_keeps_its_words_until_an_edit_is_approved(
    page_at: Callable[[str], Page],
    person: Callable[[Role], StaffMember],
    sign_in: Callable[..., Client],
) -> None:
    page = page_at("/guidance/").get_children().type(GuidancePage).live().first().specific
    before = page.title
    page.title = "Not yet read by anybody"
    page.save_revision(user=person(Role.EDITOR))
    body = sign_in(Role.FRONT_LINE).get(page.get_url()).content.decode()
    assert "Not yet read by anybody" not in body
    assert Page.objects.get(pk=page.pk).title == before


def test_the_writer_is_not_offered_the_approval(
    draft: FindingPage, person: Callable[[Role], StaffMember]
) -> None:
    draft.save_revision(user=person(Role.QA_OFFICER))
    checked(draft, by=colleague(Role.QA_OFFICER))
    draft.get_workflow().start(draft, person(Role.EDITOR))
    task = Page.objects.get(pk=draft.pk).current_workflow_task
    actions = {name for name, *_ in task.get_actions(draft, person(Role.QA_OFFICER))}
    assert actions == {"reject"}


def test_approving_ones_own_page_by_the_service_is_refused(
    draft: FindingPage, person: Callable[[Role], StaffMember]
) -> None:
    with pytest.raises(OwnWorkNotApproved):
        approve_and_publish(
            page=draft, approved_by=person(Role.EDITOR), route=Approval.Route.WORKFLOW
        )
    assert not is_live(draft)


def test_scheduled_pages_go_live_and_expire_by_the_timer(
    draft: FindingPage, person: Callable[[Role], StaffMember]
) -> None:
    draft.go_live_at = timezone.now() + timedelta(seconds=2)
    draft.expire_at = timezone.now() + timedelta(hours=2)
    draft.save_revision(user=person(Role.EDITOR))
    checked(draft)
    approve_and_publish(page=draft, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW)
    assert not is_live(draft), "its time has not come"
    _let_time_pass(draft)
    time.sleep(2)
    call_command("timer", once=True)
    assert is_live(draft)
    Page.objects.filter(pk=draft.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("timer", once=True)
    assert not is_live(draft)


def _let_time_pass(page: Page) -> None:
    revision = page.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save(update_fields=["approved_go_live_at"])


def test_withdrawing_never_waits(
    page_at: Callable[[str], Page], sign_in: Callable[..., Client]
) -> None:
    page = page_at("/findings/").get_children().live().first()
    url = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    sign_in(Role.EDITOR).post(url)
    assert is_live(page), "an editor proposes; a lead or information governance withdraws"
    sign_in(Role.INFORMATION_GOVERNANCE).post(url)
    assert not is_live(page)


def colleague(role: Role) -> StaffMember:
    """One more person with this role."""
    someone = StaffMember.objects.create_user(
        f"another.{role.value}@harrowmere.example", "x", first_name="Ada", last_name="Another"
    )
    someone.groups.add(Group.objects.get(name=role.label))
    return someone


def test_whoever_wrote_a_withdrawn_page_does_not_bring_it_back_alone(
    page_at: Callable[[str], Page],
    person: Callable[[Role], StaffMember],
    sign_in: Callable[..., Client],
) -> None:
    page = page_at("/guidance/").get_children().type(GuidancePage).live().first().specific
    another = colleague(Role.LEAD_QA)
    page.title = "Words of a lead"
    page.save_revision(user=person(Role.LEAD_QA))
    approve_and_publish(page=page, approved_by=another, route=Approval.Route.WORKFLOW)
    sign_in(Role.INFORMATION_GOVERNANCE).post(
        reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    )
    page = Page.objects.get(pk=page.pk).specific
    submit(page, person(Role.LEAD_QA))
    sign_in(Role.LEAD_QA).post(approve_url(page))
    assert not is_live(page)
    sign_in(another).post(approve_url(page))
    assert is_live(page), "somebody else may"


def test_words_that_were_checked_are_not_exchanged_under_the_same_number(
    draft: FindingPage, person: Callable[[Role], StaffMember], sign_in: Callable[..., Client]
) -> None:
    editor, lead = person(Role.EDITOR), person(Role.LEAD_QA)
    submit(draft, editor)
    sign_in(Role.QA_OFFICER).post(approve_url(draft))
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    sign_in(lead).post(edit, edit_form(draft, title="Read by the checker"))
    another = colleague(Role.LEAD_QA)
    sign_in(another).post(approve_url(draft))
    checked(Page.objects.get(pk=draft.pk))
    sign_in(Role.QA_OFFICER).post(approve_url(draft))
    read = Page.objects.get(pk=draft.pk).latest_revision_id
    forged = edit_form(draft, title="Read by nobody", overwrite_revision_id=str(read))
    assert sign_in(lead).post(edit, forged).status_code == 302
    sign_in(another).post(approve_url(draft))
    assert not is_live(draft), "the check was of other words"
    assert Page.objects.get(pk=draft.pk).latest_revision_id != read


def test_a_checker_checks_again_what_was_changed_since(
    draft: FindingPage, person: Callable[[Role], StaffMember], sign_in: Callable[..., Client]
) -> None:
    submit(draft, person(Role.EDITOR))
    sign_in(Role.QA_OFFICER).post(approve_url(draft))
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    sign_in(Role.LEAD_QA).post(edit, edit_form(draft, title="A better title"))
    another = sign_in(colleague(Role.LEAD_QA))
    checked(Page.objects.get(pk=draft.pk))
    another.post(approve_url(draft))
    assert not is_live(draft), "it goes back to the check"
    sign_in(Role.QA_OFFICER).post(approve_url(draft))
    another.post(approve_url(draft))
    assert is_live(draft)
    assert Page.objects.get(pk=draft.pk).title == "A better title"
