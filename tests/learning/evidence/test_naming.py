"""The QA office names the audits behind a page, by its own screens; nobody else does."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import Page

from audit_pages.models import FindingPage
from learning.access.models import AccessEvent
from learning.events.models import Event
from learning.evidence.services import NotNamable, remove_evidence
from learning.models import PageEvidence
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.submissions.states import SubmissionState
from tests.learning.audit import a_person

pytestmark = pytest.mark.django_db

OFFICE = (Role.LEAD_QA, Role.QA_OFFICER)


@pytest.mark.parametrize("role", OFFICE)
def test_the_office_ticks_audits_of_a_cycle_and_sees_them_named(
    role: Role, finding: FindingPage, audits: Any, sign_in: Any
) -> None:
    first, second, _ = audits(3)
    office, url = sign_in(role), reverse("evidence:page", args=[finding.pk])
    assert first.case.ref in office.get(url).text

    answer = office.post(url, {"submissions": [first.pk, second.pk], "bearing": "Both show it."})

    assert answer.status_code == 302
    named = PageEvidence.objects.filter(page_id=finding.pk)
    assert {row.submission for row in named} == {first, second}
    assert {row.bearing for row in named} == {"Both show it."}
    assert Event.objects.filter(action="evidence.named", object_id=str(finding.pk)).exists()
    assert finding.title in office.get(reverse("evidence:list")).text


def test_audits_of_another_cycle_are_shown_when_it_is_chosen(
    finding: FindingPage, audits: Any, sign_in: Any
) -> None:
    (old,), (new,) = audits(1, "2030-Q4"), audits(1, "2031-Q1")
    office, url = sign_in(Role.LEAD_QA), reverse("evidence:page", args=[finding.pk])

    assert (new.case.ref in office.get(url).text, old.case.ref in office.get(url).text) == (
        True,
        False,
    )
    assert old.case.ref in office.get(f"{url}?cycle=2030-Q4").text
    assert office.post(f"{url}?cycle=2030-Q4", {"submissions": [old.pk]}).status_code == 302


def test_ticking_nothing_says_what_to_do(finding: FindingPage, audits: Any, sign_in: Any) -> None:
    audits(1)

    answer = sign_in(Role.LEAD_QA).post(reverse("evidence:page", args=[finding.pk]), {})

    assert answer.status_code == 422
    assert "Tick the audits that the page rests on." in answer.text


@pytest.mark.parametrize("state", [SubmissionState.FINALISING, SubmissionState.SUBMITTED])
def test_an_audit_that_is_not_quality_assured_cannot_be_named(
    state: str, finding: FindingPage, audits: Any, rest: Any, sign_in: Any, person: Any
) -> None:
    (early,) = audits(1, state=state)
    url = reverse("evidence:page", args=[finding.pk])

    assert sign_in(Role.LEAD_QA).post(url, {"submissions": [early.pk]}).status_code == 422
    with pytest.raises(NotNamable):
        rest([early], by=person(Role.LEAD_QA))
    assert not PageEvidence.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role not in OFFICE])
def test_nobody_else_opens_the_screens_or_names_by_the_service(
    role: Role, finding: FindingPage, audits: Any, rest: Any, sign_in: Any, person: Any
) -> None:
    (audit,) = audits(1)
    (row,) = rest([audit])
    client = sign_in(role)
    addresses = [
        reverse("evidence:list"),
        reverse("evidence:page", args=[finding.pk]),
        reverse("evidence:remove", args=[row.pk]),
        reverse("evidence:readers", args=[audit.case.ref]),
    ]

    for url in addresses:
        for answer in (client.get(url), client.post(url, {"reason": "x"})):
            assert answer.status_code == 403
            assert audit.case.ref not in answer.text
    with pytest.raises(PermissionDenied):
        rest([audit], by=person(role))
    with pytest.raises(PermissionDenied):
        remove_evidence(row=row, reason="x", removed_by=person(role))
    assert PageEvidence.objects.filter(pk=row.pk).exists()


def test_a_superuser_without_the_role_is_refused_too(
    finding: FindingPage, audits: Any, rest: Any, sign_in: Any
) -> None:
    root = StaffMember.objects.create_superuser(
        "root@harrowmere.example", "x", first_name="Root", last_name="Root"
    )

    assert sign_in(root).get(reverse("evidence:page", args=[finding.pk])).status_code == 403
    with pytest.raises(PermissionDenied):
        rest(audits(1), by=root)


def test_taking_one_out_needs_a_reason_which_is_kept(
    finding: FindingPage, audits: Any, rest: Any, sign_in: Any, person: Any
) -> None:
    (row,) = rest(audits(1))
    office, url = sign_in(Role.LEAD_QA), reverse("evidence:remove", args=[row.pk])
    assert office.post(url, {"reason": ""}).status_code == 422

    assert office.post(url, {"reason": "Named by mistake"}).status_code == 302

    assert not PageEvidence.objects.exists()
    assert Event.objects.get(action="evidence.removed").reason == "Named by mistake"
    changed = AccessEvent.objects.filter(object_type="learning.pageevidence", action="changed")
    assert changed.filter(user_id=person(Role.LEAD_QA).pk).exists()


def test_naming_one_twice_names_it_once(audits: Any, rest: Any) -> None:
    named = audits(2)

    assert (len(rest(named)), len(rest(named))) == (2, 0)


def test_a_row_is_of_an_audit_or_of_an_earlier_reference_and_never_of_both(
    finding: FindingPage, audits: Any, person: Any
) -> None:
    (audit,) = audits(1)
    by = person(Role.LEAD_QA)

    for fields in ({}, {"submission": audit, "earlier_reference": "2020-Q1-CP-01"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PageEvidence.objects.create(page=finding, named_by=by, **fields)


def test_its_page_is_not_deleted_from_under_it(
    finding: FindingPage, audits: Any, rest: Any, sign_in: Any
) -> None:
    rest(audits(1))
    client = sign_in(Role.LEAD_QA)
    in_bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    for url in (
        reverse("wagtailadmin_pages:delete", args=[finding.pk]),
        f"{in_bulk}?id={finding.pk}",
    ):
        assert "is kept because other records rest on it" in client.post(url, follow=True).text
    assert Page.objects.filter(pk=finding.pk).exists()


def test_the_list_and_the_page_ask_as_much_for_many_as_for_one(
    finding: FindingPage, audits: Any, rest: Any, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    rest(audits(60, worker=a_person("Worker")))
    office = sign_in(Role.LEAD_QA)
    office.get(reverse("evidence:list"))

    with django_assert_max_num_queries(14):
        office.get(reverse("evidence:list"))
    with django_assert_max_num_queries(16):
        office.get(reverse("evidence:page", args=[finding.pk]))
