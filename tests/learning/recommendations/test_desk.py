"""The register in the editors' desk: for the QA office, without a word about a case, and nothing to change."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learning.models import Recommendation
from learning.people.models import StaffMember
from learning.people.roles import Role
from tests.learning.audit import a_recommendation
from tests.learning.recommendations.conftest import Audit

pytestmark = pytest.mark.django_db

OFFICE = (Role.LEAD_QA, Role.QA_OFFICER, Role.AUDIT_ADMIN)
INDEX = reverse("recommendations_modeladmin_index")


def test_the_office_sees_references_statuses_and_dates_and_no_words(
    audit: Audit, sign_in: Callable[..., Client]
) -> None:
    row = a_recommendation(audit.submission, owner=audit.owner, due_in=-4)
    for role in OFFICE:
        page = sign_in(role).get(INDEX).text
        assert row.get_absolute_url() in page
        assert "Overdue" in page
        assert row.action not in page


@pytest.mark.parametrize("role", [role for role in Role if role not in OFFICE])
def test_others_are_refused(role: Role, audit: Audit, sign_in: Callable[..., Client]) -> None:
    row = a_recommendation(audit.submission, owner=audit.owner)
    answer = sign_in(role).get(INDEX)
    assert answer.status_code in (302, 403)
    assert row.ref not in answer.text


def test_nobody_changes_anything_here_superusers_included(
    audit: Audit, sign_in: Callable[..., Client]
) -> None:
    row = a_recommendation(audit.submission, owner=audit.owner, state="draft")
    root = StaffMember.objects.create_superuser(
        "root@harrowmere.example", "x", first_name="Root", last_name="Root"
    )
    for client in (sign_in(root), *[sign_in(role) for role in OFFICE]):
        for view in ("create", "edit", "delete"):
            arguments = [] if view == "create" else [row.pk]
            address = reverse(f"recommendations_modeladmin_{view}", args=arguments)
            for answer in (client.get(address), client.post(address, {"action": "Forged"})):
                assert answer.status_code in (302, 403), view
                assert row.action not in answer.text
    assert Recommendation.objects.get().action == row.action
    assert sign_in(root).get(INDEX).status_code in (302, 403)


def test_its_queries_do_not_grow(
    audit: Audit, sign_in: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        a_recommendation(audit.submission, owner=audit.owner, due_in=number % 20)
    client = sign_in(Role.LEAD_QA)
    client.get(INDEX)
    with django_assert_max_num_queries(25):
        client.get(INDEX)
