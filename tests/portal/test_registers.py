"""The registers of the desk tell what stands in their columns, whatever their address is made to ask."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ReferenceIndex

from learning.models import AuditorReadiness, Escalation, GoodPracticeLetter, Recommendation
from learning.people.roles import Role
from tests.learning.audit import a_prepared_person
from tests.portal.test_nothing_crosses import restricted_models

pytestmark = pytest.mark.django_db

READERS = {
    "recommendations": Role.AUDIT_ADMIN,
    "escalations": Role.QA_OFFICER,
    "letters": Role.QA_OFFICER,
    "preparation": Role.AUDIT_ADMIN,
    "access-log": Role.INFORMATION_GOVERNANCE,
}


@pytest.mark.parametrize(
    ("register", "asked"),
    [
        ("recommendations", "action__startswith"),
        ("recommendations", "submission__entries__saw__contains"),
        ("recommendations", "submission__case__case__key__council_id__contains"),
        ("recommendations", "owner__password__startswith"),
        ("recommendations", "owner__also_called__contains"),
        ("escalations", "action__contains"),
        ("escalations", "recipient__password__startswith"),
        ("letters", "thanks__contains"),
        ("letters", "worker__last_name__startswith"),
        ("preparation", "person__password__startswith"),
        ("access-log", "user_id__in"),
        *[(register, name) for register in READERS for name in ("pop", "_to_field", "id__gt")],
    ],
)
def test_an_address_asks_for_nothing_but_what_the_register_filters_by(
    register: str, asked: str, clients: dict[str, Client], address_of: Callable[[str, str], Any]
) -> None:
    a_prepared_person("Paula")
    client, url = clients[READERS[register].value], reverse(f"{register}_modeladmin_index")
    plain = lines_of(client.get(url))
    assert plain
    assert lines_of(client.get(url, {asked: "no such words"})) == plain


def lines_of(answer: Any) -> list[Any]:
    """The keys of the rows that the list shows."""
    assert answer.status_code == 200
    return [row.pk for row in answer.context["object_list"]]


def test_the_registers_own_filters_still_filter(
    clients: dict[str, Client], address_of: Callable[[str, str], Any]
) -> None:
    office, url = clients["qa_officer"], reverse("escalations_modeladmin_index")
    assert lines_of(office.get(url, {"state__exact": "conveyed"}))
    assert not lines_of(office.get(url, {"state__exact": "closed"}))
    preparation = reverse("preparation_modeladmin_index")
    assert office.get(preparation, {"modules_read_on__gte": "soon"}).status_code == 404


@pytest.mark.parametrize("register", READERS)
def test_no_register_is_taken_as_a_file(
    register: str, clients: dict[str, Client], address_of: Callable[[str, str], Any]
) -> None:
    client, url = clients[READERS[register].value], reverse(f"{register}_modeladmin_index")
    for kind in ("csv", "xlsx"):
        assert client.get(url, {"export": kind})["Content-Type"].startswith("text/html")


def test_an_account_does_not_say_what_the_restricted_side_has_about_somebody(
    clients: dict[str, Client], address_of: Callable[[str, str], Any]
) -> None:
    letter, escalation = GoodPracticeLetter.objects.get(), Escalation.objects.get()
    people = [letter.worker_id, escalation.recipient_id, Recommendation.objects.get().owner_id]
    for person in people:
        url = reverse("wagtailusers_users:usage", args=[person])
        for who in ("it_support", "audit_admin"):
            page = clients[who].get(url)
            assert page.status_code == 200 and not list(page.context["object_list"])


def test_wagtail_keeps_no_index_of_what_the_restricted_side_points_at() -> None:
    registers = {AuditorReadiness, Escalation, GoodPracticeLetter, Recommendation}
    assert not ReferenceIndex.indexed_models & (registers | set(restricted_models()))
