"""A letter's page without a private letter: nobody said yes in the portal, so the checker says how they did."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit_pages.models import LetterPage
from audit_pages.publishing.disclosure import CheckNotPassed, NotChecked, check_disclosure
from audit_pages.publishing.disclosure_models import QUESTIONS, DisclosureCheck
from audit_pages.publishing.models import Approval
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
