"""Whoever sets the portal up is let in everywhere, but for what people wrote about cases: that they read by
break-glass only, with a reason, and heard by those who watch (domain.md E7)."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.db import models, transaction
from django.db.models.signals import pre_save
from django.test import Client
from django.urls import reverse

from learning.access.matrix import Right
from learning.access.models import AccessEvent
from learning.models import AuditSubmission, Event
from learning.people.models import StaffMember
from learning.people.roles import Role
from portal.permissions import opener_of, url_names
from tests.portal.addresses import addresses_that_are_read
from tests.portal.conftest import Address
from tests.portal.test_nothing_crosses import restricted_models
from tests.portal.test_permissions import asked

pytestmark = pytest.mark.django_db

CANARY = "whimbrelgate"
REASON = "An inspector asks today how this was followed up, and both auditors are away."
ROOMS = ("/audits/", "/evidence/", "/admin/learning/")
"""Where the restricted side is reached, registers of the desk included."""

REFUSED = (403, 404, 405)
"""Also 405: an address that is only read, or only written to."""

OWN = {Right.SEE_OPENINGS, Right.BREAK_GLASS}
"""What a superuser sees of the restricted side: what they opened themselves, and the page that opens."""

HEART = {
    "SectionEntry", "EvaluativeStatement", "FamilyFeedback", "Escalation", "GoodPracticeLetter", "PlenaryNote",
    "AuditorReflection", "Recommendation", "ReportPart",
}  # fmt: skip
"""Texts that the world has to hold, or the test would find nothing anywhere."""


@pytest.fixture
def sung() -> Iterator[set[type[models.Model]]]:
    """While the world of a test is made, each restricted text that is stored gets the canary put to it;
    the models that did."""
    found: set[type[models.Model]] = set()
    restricted = set(restricted_models())

    def sing(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
        for field in sender._meta.local_concrete_fields if sender in restricted else ():
            text = field.value_from_object(instance)
            if isinstance(field, models.TextField) and CANARY not in text:
                setattr(instance, field.attname, f"{text} {CANARY}".strip())
                found.add(sender)

    pre_save.connect(sing)
    yield found
    pre_save.disconnect(sing)


@pytest.fixture
def world(sung: Any, address_of: Callable[[str, str], Any]) -> Callable[[str, str], Address]:
    """Every address of the portal, in a world in which each restricted text holds the canary."""
    return address_of


@pytest.fixture
def superuser(db: None) -> StaffMember:
    """Who sets the portal up, and has no role."""
    return StaffMember.objects.create(email="all@harrowmere.example", is_superuser=True)


@pytest.fixture
def client(superuser: StaffMember) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(superuser, backend="learning.people.accounts.StaffBackend")
    return client


def restricted_addresses(address_of: Callable[[str, str], Any]) -> dict[str, str]:
    """Every address of the restricted side that a right opens, with objects that exist."""
    named = [n for n in url_names() if asked(n) and isinstance(opener_of(n), Right)]
    found = {n: address_of(n, Role.LEAD_QA.value).url for n in named}
    return {name: url for name, url in found.items() if url.startswith(ROOMS)}


def ask(client: Client, method: str, url: str) -> Any:
    """The answer; what it did is rolled back."""
    with transaction.atomic():
        answer = getattr(client, method)(url)
        transaction.set_rollback(True)
    return answer


def words_of(answer: Any) -> str:
    """What an answer says, files included."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")


def test_a_superuser_meets_no_error_and_reads_no_case_text(
    world: Callable[[str, str], Any], client: Client
) -> None:
    answers = {path: client.get(path) for path in addresses_that_are_read(world).values()}
    assert answers["/admin/pages/"].status_code == answers["/admin/sites/"].status_code == 200
    assert not [path for path, answer in answers.items() if answer.status_code >= 500]
    assert not [path for path, answer in answers.items() if CANARY in words_of(answer)]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_superuser_is_refused_wherever_a_right_opens_the_restricted_side(
    method: str, world: Callable[[str, str], Any], client: Client, sung: set[type[models.Model]]
) -> None:
    restricted = restricted_addresses(world)
    assert len(restricted) > 200 and {model.__name__ for model in sung} >= HEART
    answers = {name: ask(client, method, url) for name, url in restricted.items()}
    let_in = {name for name, answer in answers.items() if answer.status_code not in REFUSED}
    own = {name for name in restricted if opener_of(name) in OWN}
    assert let_in <= own
    assert not [name for name, answer in answers.items() if CANARY in words_of(answer)]


def test_by_break_glass_one_audit_opens_logged_and_heard(
    world: Callable[[str, str], Any], client: Client, superuser: StaffMember
) -> None:
    restricted = restricted_addresses(world)
    audit = AuditSubmission.objects.get(case__ref=restricted["submissions:read"].split("/")[3])
    closed = {name for name, url in restricted.items() if CANARY not in words_of(client.get(url))}
    assert closed == set(restricted)
    form = {"reference": audit.case.ref, "reason": REASON}
    assert client.post(reverse("openings:break_glass"), form).status_code == 302
    reads = {name for name, url in restricted.items() if CANARY in words_of(client.get(url))}
    assert reads == {"submissions:read"}
    assert Event.objects.filter(action="opening.open", actor_id=superuser.pk).exists()
    looks = AccessEvent.objects.filter(user_id=superuser.pk, action=AccessEvent.Action.VIEWED)
    assert looks.filter(object_type=audit._meta.label_lower, object_id=str(audit.pk)).exists()
    told = {address for message in mail.outbox for address in message.to}
    assert {
        "only.lead_qa@harrowmere.example",
        "only.information_governance@harrowmere.example",
    } <= told
    assert CANARY not in "".join(message.subject + message.body for message in mail.outbox)
