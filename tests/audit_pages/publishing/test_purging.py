"""A page that somebody could be known by: withdrawn and purged, its words are nowhere any more."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Comment, Page, PageLogEntry, Revision

from audit_pages.models import FindingPage, GuidancePage, PortalImage
from audit_pages.publishing.models import Approval
from audit_pages.publishing.purging import PURGED_TITLE, NotPurgeable, purge_page
from audit_pages.publishing.services import approve_and_publish
from audit_pages.reading.services import answer_useful, toggle_bookmark
from learning.access.models import AccessEvent
from learning.events.models import Event
from learning.evidence.models import PageEvidence
from learning.people.models import StaffMember
from learning.people.roles import Role
from tests.publishing import checked

pytestmark = pytest.mark.django_db
CANARY = "vermilionheron"
REASON = "A family could be known by it."


@pytest.fixture
def finding(page_at: Callable[[str], Page], person: Callable[[Role], StaffMember]) -> FindingPage:
    """A live finding with the canary in every place that words come to lie."""
    editor, lead = person(Role.EDITOR), person(Role.LEAD_QA)
    page = FindingPage(
        title=f"Title {CANARY}",
        slug=f"slug-{CANARY}",
        seo_title=CANARY,
        search_description=CANARY,
        summary=f"Summary {CANARY}",
        contact=CANARY,
        quarter="2026-Q2",
        statement_kind="strength",
        level="service",
        owner=editor,
        **{name: f"<p>{name} {CANARY}</p>" for name, _ in FindingPage.rich_parts},
    )
    page_at("/findings/").add_child(instance=page)
    page.save_revision(user=editor, log_action=True)
    checked(page)
    approve_and_publish(page=page, approved_by=lead, route=Approval.Route.WORKFLOW)
    Redirect.add_redirect(f"/{CANARY}/", page)
    page.slug = f"second-slug-{CANARY}"
    page.save_revision(user=editor, log_action=True)
    checked(page)
    approve_and_publish(page=page, approved_by=lead, route=Approval.Route.WORKFLOW)
    page.title = f"Draft {CANARY}"
    page.save_revision(user=editor, log_action=True)
    page.get_workflow().start(page, editor)
    state = page.current_workflow_task_state
    state.reject(user=person(Role.QA_OFFICER), comment=f"Mentions {CANARY}")
    Comment.objects.create(page=page, user=editor, text=CANARY, contentpath="summary")
    answer_useful(person=editor, page=page, was_useful=False)
    toggle_bookmark(person=editor, page=page)
    call_command("search_drain", verbosity=0)
    return FindingPage.objects.get(pk=page.pk)


def where_it_stands() -> list[str]:
    """Every table and column of the database that holds the canary."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        for field in model._meta.local_concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField):
                values = model._base_manager.values_list(field.attname, flat=True)
                if any(CANARY in str(value).lower() for value in values):
                    found.append(f"{model._meta.label}.{field.name}")
    return found


def test_the_canary_is_everywhere_before_and_nowhere_after(
    finding: FindingPage, person: Callable[[Role], StaffMember]
) -> None:
    before = where_it_stands()
    for expected in (
        "wagtailcore.Page.title",
        "wagtailcore.Revision.content",
        "wagtailcore.PageLogEntry.label",
        "wagtailcore.TaskState.comment",
        "wagtailcore.Comment.text",
        "wagtailredirects.Redirect.old_path",
    ):
        assert expected in before, before
    assert Page.objects.search(CANARY), "the desk's own search knows it"
    purge_page(page=finding, reason=REASON, by=person(Role.INFORMATION_GOVERNANCE))
    call_command("search_drain", verbosity=0)
    assert where_it_stands() == []
    assert not Page.objects.search(CANARY)


def test_its_place_stays_without_a_word_and_the_event_says_who_and_why(
    finding: FindingPage, person: Callable[[Role], StaffMember]
) -> None:
    evidence = PageEvidence.objects.create(
        page=finding, earlier_reference="x", named_by=person(Role.LEAD_QA)
    )
    purge_page(page=finding, reason=REASON, by=person(Role.LEAD_QA))
    page = FindingPage.objects.get(pk=finding.pk)
    assert (page.title, page.slug, page.live) == (PURGED_TITLE, f"withdrawn-{page.pk}", False)
    assert page.quarter == "2026-Q2"
    assert page.get_parent().pk == finding.get_parent().pk
    assert not Revision.page_revisions.filter(object_id=str(page.pk)).exists()
    assert not PageLogEntry.objects.filter(page=page.pk).exclude(label=PURGED_TITLE).exists()
    assert PageEvidence.objects.filter(pk=evidence.pk).exists()
    event = Event.objects.filter(action="page.purged").get()
    assert (event.object_id, event.actor_id) == (str(page.pk), person(Role.LEAD_QA).pk)
    assert event.reason == REASON
    looked = AccessEvent.objects.filter(object_id=str(page.pk), action="changed")
    assert looked.filter(user_id=person(Role.LEAD_QA).pk).exists()


def test_old_addresses_lead_nowhere(
    finding: FindingPage,
    person: Callable[[Role], StaffMember],
    sign_in: Callable[..., Client],
) -> None:
    client, url = sign_in(Role.FRONT_LINE), finding.get_url()
    assert client.get(url).status_code == 200
    assert client.get(f"/{CANARY}/").status_code in (301, 302)
    purge_page(page=finding, reason=REASON, by=person(Role.LEAD_QA))
    for gone in (
        url,
        f"/{CANARY}/",
        f"/findings/slug-{CANARY}/",
        f"/findings/withdrawn-{finding.pk}/",
    ):
        assert client.get(gone).status_code == 404, gone


def test_search_forgets_it_with_the_next_drain(
    finding: FindingPage,
    person: Callable[[Role], StaffMember],
    sign_in: Callable[..., Client],
) -> None:
    client = sign_in(Role.FRONT_LINE)
    assert finding.get_url() in client.get("/search/", {"q": CANARY}).text
    purge_page(page=finding, reason=REASON, by=person(Role.LEAD_QA))
    call_command("search_drain", verbosity=0)
    answer = client.get("/search/", {"q": CANARY})
    assert finding.get_url() not in answer.text
    assert f"Title {CANARY}" not in answer.text


def test_the_page_can_be_written_anew_and_has_to_be_approved_anew(
    finding: FindingPage,
    person: Callable[[Role], StaffMember],
    sign_in: Callable[..., Client],
) -> None:
    page = purge_page(page=finding, reason=REASON, by=person(Role.LEAD_QA))
    edit = sign_in(Role.EDITOR).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert edit.status_code == 200
    assert CANARY not in edit.text
    assert not Approval.objects.filter(page=page).exists()


@pytest.mark.django_db
def test_sizes_of_pictures_used_only_there_are_deleted(
    person: Callable[[Role], StaffMember],
) -> None:
    cache.clear()
    only_here = PortalImage.objects.create(title="A", file=get_test_image_file())
    elsewhere = PortalImage.objects.create(title="B", file=get_test_image_file(colour="red"))
    first, second = GuidancePage.objects.live().order_by("pk")[:2]
    for guidance, images in ((first, [only_here, elsewhere]), (second, [elsewhere])):
        guidance.body = [
            ("picture", {"heading": "P", "image": image, "alternative_text": "P"})
            for image in images
        ]
        guidance.save_revision(user=person(Role.EDITOR))
        approve_and_publish(
            page=guidance, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW
        )
    for image in (only_here, elsewhere):
        image.get_rendition("width-50")
    purge_page(page=first, reason=REASON, by=person(Role.LEAD_QA))
    assert not only_here.renditions.exists()
    assert elsewhere.renditions.exists()


@pytest.mark.parametrize(
    "role", [r for r in Role if r not in (Role.LEAD_QA, Role.INFORMATION_GOVERNANCE)]
)
def test_others_are_refused_by_screen_and_by_service(
    role: Role,
    finding: FindingPage,
    person: Callable[[Role], StaffMember],
    sign_in: Callable[..., Client],
) -> None:
    with pytest.raises(PermissionDenied):
        purge_page(page=finding, reason=REASON, by=person(role))
    answer = sign_in(role).post(reverse("purge_page", args=[finding.pk]), {"reason": REASON})
    assert answer.status_code in (302, 403)
    assert Page.objects.get(pk=finding.pk).live


@pytest.mark.parametrize("role", [Role.LEAD_QA, Role.INFORMATION_GOVERNANCE])
def test_the_desk_offers_it_asks_why_and_does_it(
    role: Role, finding: FindingPage, sign_in: Callable[..., Client]
) -> None:
    client, url = sign_in(role), reverse("purge_page", args=[finding.pk])
    explorer = client.get(reverse("wagtailadmin_explore", args=[finding.get_parent().pk]))
    assert explorer.status_code == 200
    more = client.get(reverse("wagtailadmin_explore", args=[finding.pk]))
    assert url in more.text
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": ""}).status_code == 200
    assert Page.objects.get(pk=finding.pk).live, "nothing goes without a reason"
    assert client.post(url, {"reason": REASON}).status_code == 302
    assert Page.objects.get(pk=finding.pk).title == PURGED_TITLE


def test_a_section_is_not_purged_over_its_pages(
    page_at: Callable[[str], Page],
    person: Callable[[Role], StaffMember],
    sign_in: Callable[..., Client],
) -> None:
    section = page_at("/findings/")
    with pytest.raises(NotPurgeable):
        purge_page(page=section, reason=REASON, by=person(Role.LEAD_QA))
    url = reverse("purge_page", args=[section.pk])
    sign_in(Role.LEAD_QA).post(url, {"reason": REASON})
    assert Page.objects.get(pk=section.pk).live


def test_a_failure_halfway_leaves_everything(
    finding: FindingPage, person: Callable[[Role], StaffMember], monkeypatch: pytest.MonkeyPatch
) -> None:
    from audit_pages.publishing import purging

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the machine stopped")

    monkeypatch.setattr(purging, "record_event", fail)
    with pytest.raises(RuntimeError):
        purge_page(page=finding, reason=REASON, by=person(Role.LEAD_QA))
    page = FindingPage.objects.get(pk=finding.pk)
    assert page.live
    assert CANARY in page.title


def test_a_preview_of_unsaved_words_goes_with_the_page(
    finding: FindingPage, person: Callable[[Role], StaffMember]
) -> None:
    FormState.objects.update_or_create_by_instance(
        instance=finding,
        user=person(Role.EDITOR),
        defaults={"data": f"title={CANARY}", "last_updated_at": timezone.now()},
    )
    purge_page(page=finding, reason=REASON, by=person(Role.LEAD_QA))
    assert not FormState.objects.filter(data__contains=CANARY).exists()
