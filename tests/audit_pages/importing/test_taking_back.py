"""A whole batch taken down, or turned down before it went live."""

from typing import Any

import pytest
from wagtail.models import Page, PageLogEntry

from audit_pages.importing.deciding import MayNotDecide, NotDecidable
from audit_pages.importing.models import ImportBatch, ImportedItem
from audit_pages.importing.rejecting import reject_batch
from audit_pages.importing.withdrawing import withdraw_batch
from audit_pages.pages.findings import ImportedSourcePage
from audit_pages.publishing.records import record_of
from tests.audit_pages.importing.conftest import SOURCE, approve, finding, page_of, pages_of

pytestmark = pytest.mark.django_db


def test_withdrawing_takes_every_finding_and_empty_section_down(
    json_lines: Any, load: Any, lead: Any
) -> None:
    batch = load(json_lines(finding(1), finding(2)))["batch"]
    approve(batch, lead)

    assert withdraw_batch(batch_id=batch, by=lead).state == "withdrawn"

    assert not pages_of().filter(live=True).exists()
    assert record_of(page_of("EX001").pk) is None
    assert not ImportedSourcePage.objects.get(title=SOURCE).live


def test_what_a_later_batch_changed_stays_with_that_batch(
    json_lines: Any, load: Any, lead: Any
) -> None:
    first = load(json_lines(finding(1, "Plans were vague."), finding(2)))["batch"]
    approve(first, lead)
    second = load(json_lines(finding(1, "Plans were clear.")))["batch"]
    approve(second, lead)

    withdraw_batch(batch_id=first, by=lead)

    assert page_of("EX001").live
    assert not page_of("EX002").live
    assert ImportedSourcePage.objects.get(title=SOURCE).live


def test_a_withdrawn_batch_can_be_loaded_and_approved_again(
    json_lines: Any, load: Any, lead: Any
) -> None:
    path = json_lines(finding(1), finding(2))
    batch = load(path)["batch"]
    approve(batch, lead)
    withdraw_batch(batch_id=batch, by=lead)

    again = load(path)
    assert (again["created"], again["updated"]) == (0, 2)
    assert load(path)["unchanged"] == 2
    assert approve(again["batch"], lead)["published"] == 2

    assert page_of("EX001").live
    assert all(section.live for section in page_of("EX001").get_ancestors().filter(depth__gt=2))


def test_rejecting_deletes_new_drafts_with_their_traces(
    json_lines: Any, load: Any, lead: Any
) -> None:
    pages_before = Page.objects.count()
    batch = load(json_lines(finding(1), finding(2)))["batch"]
    ids = list(pages_of().values_list("pk", flat=True))

    assert reject_batch(batch_id=batch, by=lead).state == "rejected"

    assert Page.objects.count() == pages_before
    assert not PageLogEntry.objects.filter(page_id__in=ids).exists()
    assert not ImportedItem.objects.filter(page_id__in=ids).exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_rejecting_a_change_leaves_the_live_finding_as_it_was(
    json_lines: Any, load: Any, lead: Any
) -> None:
    old, new = finding(1, "Plans were vague."), finding(1, "Plans were clear.")
    approve(load(json_lines(old))["batch"], lead)
    before = page_of("EX001")
    batch = load(json_lines(new))["batch"]

    reject_batch(batch_id=batch, by=lead)

    after = page_of("EX001")
    assert after.live
    assert not after.has_unpublished_changes
    assert after.latest_revision_id == before.latest_revision_id
    assert after.draft_title == before.title
    assert load(json_lines(old))["unchanged"] == 1
    assert load(json_lines(new))["updated"] == 1


def test_rejecting_keeps_what_somebody_has_worked_on(
    json_lines: Any, load: Any, lead: Any, editor: Any
) -> None:
    batch = load(json_lines(finding(1), finding(2)))["batch"]
    page = page_of("EX001")
    page.summary = "Worth keeping."
    page.save_revision(user=editor)

    reject_batch(batch_id=batch, by=lead)

    assert [page.reference for page in pages_of()] == ["EX001"]
    kept = ImportBatch.objects.get(pk=batch).rows.get(result="left")
    assert "Somebody has changed it" in kept.reason


def test_who_withdraws_and_who_rejects(
    json_lines: Any, load: Any, lead: Any, other_lead: Any, editor: Any
) -> None:
    batch = load(json_lines(finding(1)), by=lead)["batch"]
    with pytest.raises(MayNotDecide):
        reject_batch(batch_id=batch, by=editor)
    approve(batch, other_lead)
    with pytest.raises(MayNotDecide):
        withdraw_batch(batch_id=batch, by=editor)
    with pytest.raises(NotDecidable):
        reject_batch(batch_id=batch, by=other_lead)

    assert withdraw_batch(batch_id=batch, by=lead).state == "withdrawn"


def test_whoever_loaded_a_batch_may_take_it_back(json_lines: Any, load: Any, editor: Any) -> None:
    batch = load(json_lines(finding(1)))["batch"]

    assert reject_batch(batch_id=batch, by=editor).state == "rejected"
