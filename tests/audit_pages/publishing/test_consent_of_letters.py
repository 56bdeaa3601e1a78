"""A letter's page without a private letter: nobody said yes in the portal, so the checker says how they did."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit_pages.models import LetterPage
from audit_pages.publishing.disclosure import CheckNotPassed, NotChecked, check_disclosure
from audit_pages.publishing.disclosure_models import QUESTIONS, DisclosureCheck
from audit_pages.publishing.models import Approval, NotApproved
from audit_pages.publishing.services import approve_and_publish
from audit_pages.publishing.words import fingerprint_of, words_of_revision
from learning.people.roles import Role

pytestmark = pytest.mark.django_db

HOW = "In writing to the lead, after reading the page."


@pytest.fixture
def page(person: Any, page_at: Any) -> LetterPage:
    """A letter that an editor wrote by hand."""
    made = LetterPage(title="A call returned", slug="a-call", quarter="2026-Q1", summary="A call.")
    page_at("/letters/").add_child(instance=made)
    made.save_revision(user=person(Role.EDITOR))
    return LetterPage.objects.get(pk=made.pk)


def screen(page: LetterPage) -> str:
    return reverse("check_disclosure", args=[page.pk])


def filled(page: LetterPage, **more: str) -> dict[str, str]:
    digest = fingerprint_of(words_of_revision(page.get_latest_revision()))
    return {f"answer_{key}": "no" for key in QUESTIONS} | {"words_digest": digest} | more


@pytest.mark.parametrize("consent", ["", ".", "yes", "   "])
def test_a_check_without_it_is_refused(
    consent: str, page: LetterPage, sign_in: Any, person: Any
) -> None:
    client: Client = sign_in(Role.QA_OFFICER)
    assert "How and when did the worker agree" in client.get(screen(page)).text
    answer = client.post(screen(page), filled(page, consent=consent))
    assert answer.status_code == 422
    assert not DisclosureCheck.objects.filter(page_id=page.pk).exists()
    with pytest.raises(CheckNotPassed, match="No private letter"):
        check_disclosure(
            revision=page.get_latest_revision(),
            reasons={},
            answers=dict.fromkeys(QUESTIONS, False),
            traits=(),
            consent=consent,
            checked_by=person(Role.QA_OFFICER),
        )


def test_it_is_kept_with_the_check_and_then_the_page_goes_out(
    page: LetterPage, sign_in: Any, person: Any
) -> None:
    client = sign_in(Role.QA_OFFICER)
    assert client.post(screen(page), filled(page, consent=HOW)).status_code == 302
    assert HOW in client.get(screen(page)).text
    approve_and_publish(page=page, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW)
    assert LetterPage.objects.get(pk=page.pk).live


def test_a_check_of_before_does_not_let_it_out(page: LetterPage, sign_in: Any, person: Any) -> None:
    sign_in(Role.QA_OFFICER).post(screen(page), filled(page, consent=HOW))
    DisclosureCheck.objects.filter(page_id=page.pk).update(consent="")
    with pytest.raises(NotChecked, match="how the worker agreed"):
        approve_and_publish(
            page=page, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW
        )


def test_it_waits_until_a_quarter_after_its_own(
    page: LetterPage, person: Any, sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a page of a private letter does: nobody shall be known by the date."""
    page.quarter = "2031-Q1"
    page.save_revision(user=person(Role.EDITOR))
    sign_in(Role.QA_OFFICER).post(screen(page), filled(page, consent=HOW))

    def publish(on: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: on)
        approve_and_publish(
            page=page, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW
        )

    for too_soon in (datetime(2031, 3, 31, 12, tzinfo=UTC), datetime(2031, 6, 30, 12, tzinfo=UTC)):
        with pytest.raises(NotApproved, match="may be published from 1 July 2031 on"):
            publish(too_soon)
    publish(datetime(2031, 7, 1, 12, tzinfo=UTC))
    assert LetterPage.objects.get(pk=page.pk).live
