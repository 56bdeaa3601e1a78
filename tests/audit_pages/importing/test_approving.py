"""A batch goes live once, by somebody who did not load it."""

from typing import Any

import pytest
from django.core.management import CommandError
from django.db import IntegrityError, transaction
from wagtail.models import Page

from audit_pages.importing import approving
from audit_pages.importing.models import ImportBatch
from audit_pages.pages.findings import ImportedIndexPage
from audit_pages.publishing.models import Approval
from audit_pages.publishing.records import record_changed, record_of
from learning.people.roles import Role
from tests.audit_pages.importing.conftest import (
    approve,
    batch_of,
    finding,
    make_person,
    page_of,
    pages_of,
)

pytestmark = pytest.mark.django_db


def test_approval_publishes_findings_and_their_sections(
    json_lines: Any, load: Any, lead: Any
) -> None:
    report = load(json_lines(finding(1), finding(2, published="2019-01-02")))

    decision = approve(report["batch"], lead)

    assert decision == {"batch": report["batch"], "state": "approved", "published": 2, "left": []}
    page = page_of("EX002")
    assert page.live
    assert all(section.live for section in page.get_ancestors().filter(depth__gt=2))
    assert ImportedIndexPage.objects.live().exists()
    approval = Approval.objects.get(page_id=page.pk)
    assert (approval.approved_by, approval.route) == (lead, "batch")
    assert record_of(page.pk).title == page.title


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        (Role.EDITOR, "Only a lead manager QA"),
        (Role.QA_OFFICER, "Only a lead manager QA"),
        (Role.SENIOR_MANAGER, "Only a lead manager QA"),
        (Role.IT_SUPPORT, "Only a lead manager QA"),
    ],
)
def test_other_roles_do_not_approve(json_lines: Any, load: Any, role: Role, sentence: str) -> None:
    batch = load(json_lines(finding(1)))["batch"]

    with pytest.raises(CommandError, match=sentence):
        approve(batch, make_person("Olga", role))

    assert not page_of("EX001").live


def test_whoever_loaded_it_does_not_approve_it(json_lines: Any, load: Any, lead: Any) -> None:
    batch = load(json_lines(finding(1)), by=lead)["batch"]

    with pytest.raises(CommandError, match="You loaded this batch"):
        approve(batch, lead)

    assert not page_of("EX001").live


def test_superusers_do_not_approve_their_own_load_either(
    json_lines: Any, load: Any, lead: Any
) -> None:
    lead.is_superuser = True
    lead.save()
    batch = load(json_lines(finding(1)), by=lead)["batch"]

    with pytest.raises(CommandError, match="You loaded this batch"):
        approve(batch, lead)


def test_a_lead_who_has_left_does_not_approve(json_lines: Any, load: Any, lead: Any) -> None:
    batch = load(json_lines(finding(1)))["batch"]
    lead.is_active = False
    lead.save()

    with pytest.raises(CommandError, match="Only a lead manager QA"):
        approve(batch, lead)


def test_the_database_refuses_an_importer_as_approver(
    json_lines: Any, load: Any, editor: Any
) -> None:
    batch = load(json_lines(finding(1)))["batch"]

    with pytest.raises(IntegrityError), transaction.atomic():
        ImportBatch.objects.filter(pk=batch).update(state="approved", decided_by=editor)


def test_a_batch_is_approved_once(json_lines: Any, load: Any, lead: Any, other_lead: Any) -> None:
    batch = load(json_lines(finding(1)))["batch"]
    approve(batch, lead)
    approvals = Approval.objects.count()

    with pytest.raises(CommandError, match="“Approved”"):
        approve(batch, other_lead)

    assert Approval.objects.count() == approvals


def test_a_batch_that_is_not_there(lead: Any) -> None:
    with pytest.raises(CommandError, match="There is no batch 999999"):
        approve(999_999, lead)


def test_a_draft_changed_since_is_left_and_reported(
    json_lines: Any, load: Any, lead: Any, other_lead: Any
) -> None:
    batch = load(json_lines(finding(1), finding(2), finding(3)))["batch"]
    changed = page_of("EX002")
    changed.summary = "Somebody wrote this meanwhile."
    changed.save_revision(user=other_lead)
    page_of("EX003").delete()

    decision = approve(batch, lead)

    assert decision["published"] == 1
    assert [(row["row"], row["reason"].split(":")[0]) for row in decision["left"]] == [
        (2, "It was changed after it was loaded"),
        (3, "Its page was deleted after it was loaded."),
    ]
    assert not page_of("EX002").live


def test_an_approver_who_wrote_on_a_page_is_not_its_second_person(
    json_lines: Any, load: Any, lead: Any, other_lead: Any
) -> None:
    approve(load(json_lines(finding(1, "Plans were vague.")))["batch"], lead)
    load(json_lines(finding(1, "Plans were clear.")), by=other_lead)
    last = load(json_lines(finding(1, "Plans were clearer.")))

    decision = approve(last["batch"], other_lead)

    assert decision["published"] == 0
    assert "You wrote on this page" in decision["left"][0]["reason"]
    assert page_of("EX001").text == "<p>Plans were vague.</p>"


def test_a_changed_finding_goes_live_with_the_second_batch(
    json_lines: Any, load: Any, lead: Any
) -> None:
    approve(load(json_lines(finding(1, "Plans were vague.")))["batch"], lead)
    second = load(json_lines(finding(1, "Plans were clear.", published="2023-01-01")))

    assert approve(second["batch"], lead)["published"] == 1

    page = page_of("EX001")
    assert page.text == "<p>Plans were clear.</p>"
    assert page.get_parent().title == "2023"
    assert page.get_parent().live
    assert page.get_url().endswith("/2023/ex001/")


def test_a_finding_withdrawn_meanwhile_is_not_brought_back(
    json_lines: Any, load: Any, lead: Any
) -> None:
    approve(load(json_lines(finding(1, "Plans were vague.")))["batch"], lead)
    second = load(json_lines(finding(1, "Plans were clear.")))
    page_of("EX001").unpublish(user=lead)

    decision = approve(second["batch"], lead)

    assert "was withdrawn" in decision["left"][0]["reason"]
    assert not page_of("EX001").live


def test_sections_of_an_earlier_batch_go_live_with_the_first_that_is_approved(
    json_lines: Any, load: Any, lead: Any
) -> None:
    load(json_lines(finding(1)))
    second = load(json_lines(finding(2)))

    approve(second["batch"], lead)

    assert page_of("EX002").get_parent().live
    assert not page_of("EX001").live


def test_news_is_told_once_for_many(json_lines: Any, load: Any, lead: Any) -> None:
    batch = load(json_lines(*[finding(number) for number in range(1, 41)]))["batch"]
    news: list[list[int]] = []

    def hear(page_ids: list[int], **kwargs: Any) -> None:
        news.append(page_ids)

    record_changed.connect(hear)
    try:
        approve(batch, lead)
    finally:
        record_changed.disconnect(hear)

    told = [ids for ids in news if set(ids) & set(pages_of().values_list("pk", flat=True))]
    assert len(told) == 1
    assert sorted(told[0]) == sorted(pages_of().values_list("pk", flat=True))


def test_an_approval_that_was_killed_goes_on(
    json_lines: Any, load: Any, lead: Any, other_lead: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = load(json_lines(*[finding(number) for number in range(1, 151)]))["batch"]
    publish, calls = approving._publish, []

    def killed(*args: Any) -> None:
        calls.append(args)
        if len(calls) == 2:
            raise KeyboardInterrupt
        publish(*args)

    monkeypatch.setattr(approving, "_publish", killed)
    with pytest.raises(KeyboardInterrupt):
        approve(batch, lead)
    assert pages_of().filter(live=True).count() == 100
    monkeypatch.undo()

    with pytest.raises(CommandError, match="“Being published”"):
        approve(batch, other_lead)
    assert approve(batch, lead)["published"] == 150
    assert Page.objects.filter(pk__in=pages_of(), live=True).count() == 150


def test_the_cost_of_approving_does_not_grow_with_each_finding(
    json_lines: Any, load: Any, lead: Any, django_assert_max_num_queries: Any
) -> None:
    small = load(json_lines(*[finding(number) for number in range(1, 11)]))
    with django_assert_max_num_queries(400) as few:
        approve(small["batch"], lead)
    large = load(json_lines(*[finding(number) for number in range(11, 101)]))
    with django_assert_max_num_queries(len(few) + 10):
        approve(large["batch"], lead)

    assert batch_of(large).state == "approved"
