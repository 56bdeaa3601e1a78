"""Many pages written at once are the pages that Wagtail writes one at a time."""

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.models import IndexEntry

from audit_pages.importing.drafts import fill
from audit_pages.importing.models import ImportRow
from audit_pages.importing.rows import clean_row
from audit_pages.pages.findings import ImportedFindingPage
from audit_pages.publishing.models import Approval
from audit_pages.publishing.services import approve_and_publish
from learning.events.models import Event
from tests.audit_pages.importing.conftest import approve, finding, page_of

pytestmark = pytest.mark.django_db

OWN = {
    "id", "pk", "path", "url_path", "slug", "translation_key", "page_ptr", "publishedpage_ptr",
    "title", "draft_title", "reference", "text", "latest_revision", "latest_revision_created_at",
    "live_revision", "first_published_at", "last_published_at",
}  # fmt: skip
"""What two pages cannot share."""


def made_by_wagtail(beside: ImportedFindingPage, number: int, owner: Any) -> ImportedFindingPage:
    """A page like the loaded one, through `add_child` and `save_revision`."""
    row = clean_row(number, {**finding(number), "reference": f"EX{number:03}"} | _named(number))
    page = ImportedFindingPage(owner=owner, slug=f"ex{number:03}")
    source = beside.get_parent().get_parent().specific
    fill(page, row, source)
    beside.get_parent().add_child(instance=page)
    page.save_revision(user=owner)
    return ImportedFindingPage.objects.get(pk=page.pk)


def _named(number: int) -> dict[str, str]:
    row = finding(number)
    return {"authority": row["council"], "text": row["text"], "kind": row["kind"]}


def fields_of(page: Page) -> dict[str, Any]:
    return {
        f.name: getattr(page, f.attname) for f in page._meta.concrete_fields if f.name not in OWN
    }


def traces_of(page: Page) -> dict[str, Any]:
    own_type = ContentType.objects.get_for_model(ImportedFindingPage)
    revision = Revision.page_revisions.get(object_id=str(page.pk))
    return {
        "revision": {name: value for name, value in revision.content.items() if name not in OWN},
        "revision_types": (revision.content_type_id, revision.base_content_type_id),
        "revision_user": revision.user_id,
        "revision_named": revision.object_str == page.title,
        "revision_of_page": revision.content["pk"] == page.pk,
        "history": list(
            PageLogEntry.objects.filter(page_id=page.pk)
            .order_by("pk")
            .values_list("action", "user_id", "content_changed", "deleted", "content_type_id")
        ),
        "indexed": IndexEntry.objects.filter(object_id=str(page.pk), content_type=own_type).count(),
        "references": ReferenceIndex.objects.filter(object_id=str(page.pk)).count(),
        "approvals": list(
            Approval.objects.filter(page_id=page.pk).values_list("approved_by_id", "route")
        ),
        "events": list(
            Event.objects.filter(object_id=str(page.pk), action__startswith="page.")
            .order_by("pk")
            .values_list("actor_id", "action", "object_type")
        ),
    }


@pytest.fixture
def pair(json_lines: Any, load: Any, editor: Any) -> tuple[Any, Any, int]:
    """The loaded page, one made by Wagtail beside it, and the batch."""
    report = load(json_lines(finding(1), finding(2)))
    loaded = page_of("EX002")
    return loaded, made_by_wagtail(loaded, 3, editor), report["batch"]


def test_drafts(pair: Any) -> None:
    loaded, made, _ = pair

    assert fields_of(loaded) == fields_of(made)
    assert traces_of(loaded) == traces_of(made)
    assert loaded.path < made.path
    assert loaded.get_latest_revision_as_object().text == loaded.text
    assert loaded.get_parent().numchild == 3
    assert Page.find_problems() == ([], [], [], [], [])


def test_published(pair: Any, lead: Any) -> None:
    loaded, made, batch = pair
    approve(batch, lead)
    approve_and_publish(page=made, approved_by=lead, route=Approval.Route.BATCH)

    loaded, made = (ImportedFindingPage.objects.get(pk=page.pk) for page in (loaded, made))

    assert loaded.live
    assert fields_of(loaded) == fields_of(made)
    assert traces_of(loaded) == traces_of(made)
    assert loaded.live_revision_id == loaded.latest_revision_id
    assert loaded.first_published_at == loaded.last_published_at


def test_withdrawn(pair: Any, lead: Any) -> None:
    from audit_pages.importing.withdrawing import withdraw_batch

    loaded, made, batch = pair
    approve(batch, lead)
    approve_and_publish(page=made, approved_by=lead, route=Approval.Route.BATCH)
    withdraw_batch(batch_id=batch, by=lead)
    ImportedFindingPage.objects.get(pk=made.pk).unpublish()

    loaded, made = (ImportedFindingPage.objects.get(pk=page.pk) for page in (loaded, made))

    assert not loaded.live
    assert fields_of(loaded) == fields_of(made)
    assert traces_of(loaded)["history"] == traces_of(made)["history"]
    assert ImportRow.objects.filter(batch=batch, result="withdrawn").count() == 2
