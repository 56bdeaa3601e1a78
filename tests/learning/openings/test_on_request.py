"""Information governance asks to read one audit, and a lead decides."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.models import AuditSubmission, Opening
from learning.openings.services import ask_to_read
from learning.openings.states import OpeningState
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.work import waiting_for
from tests.learning.openings.conftest import CANARY, REASON, Cast

pytestmark = pytest.mark.django_db

ASK = reverse("openings:ask")
YES = {"may_read": "yes", "decision": "The complaint is known here and needs an answer."}
NO = {"may_read": "no", "decision": "The complaint is about another audit; ask again."}


def titles(person: StaffMember) -> list[str]:
    return [item.title for item in waiting_for(StaffMember.objects.get(pk=person.pk))]


def decide_url(opening: Opening) -> str:
    return reverse("openings:decide", args=[opening.pk])


@pytest.fixture
def asked(cast: Cast) -> Opening:
    return ask_to_read(submission=cast.submission, reason=REASON, asked_by=cast.governance)


def test_asked_granted_and_over(cast: Cast, sign_in: Callable[..., Client], at: Any) -> None:
    governance, lead = sign_in(cast.governance), sign_in(cast.lead)
    read = reverse("submissions:read", args=[cast.ref])
    assert governance.get(read).status_code == 404
    governance.post(ASK, {"reference": cast.ref.lower(), "reason": REASON})
    assert governance.get(read).status_code == 404, "asking opens nothing"
    opening = Opening.objects.get()
    assert f"Decide who may read audit {cast.ref}" in titles(cast.lead)
    assert next(message.to for message in mail.outbox) == [cast.lead.email]
    assert lead.post(decide_url(opening), YES).status_code == 302
    assert CANARY in governance.get(read).text
    assert f"Decide who may read audit {cast.ref}" not in titles(cast.lead)
    assert all(REASON not in message.body for message in mail.outbox)
    with at(timezone.now() + timedelta(days=14)):
        assert sign_in(cast.governance).get(read).status_code == 404


def test_refused_with_a_reason(cast: Cast, asked: Opening, sign_in: Any) -> None:
    lead = sign_in(cast.lead)
    assert lead.post(decide_url(asked), {"may_read": "no", "decision": "."}).status_code == 422
    assert lead.post(decide_url(asked), NO).status_code == 302
    governance = sign_in(cast.governance)
    assert governance.get(reverse("submissions:read", args=[cast.ref])).status_code == 404
    assert "about another audit" in governance.get(asked.get_absolute_url()).text
    lead.post(decide_url(asked), YES)
    assert Opening.objects.get().state == OpeningState.REFUSED, "decided once"


def test_nobody_decides_on_their_own_request(cast: Cast, asked: Opening, sign_in: Any) -> None:
    cast.governance.groups.add(Group.objects.get(name=Role.LEAD_QA.label))
    client = sign_in(StaffMember.objects.get(pk=cast.governance.pk))
    assert client.post(decide_url(asked), YES).status_code == 403
    assert f"Decide who may read audit {cast.ref}" not in titles(cast.governance)


def test_a_lead_whose_work_it_is_does_not_decide(cast: Cast, asked: Opening, sign_in: Any) -> None:
    cast.worker.groups.add(Group.objects.get(name=Role.LEAD_QA.label))
    client = sign_in(StaffMember.objects.get(pk=cast.worker.pk))
    assert client.post(decide_url(asked), YES).status_code == 403


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LEAD_QA])
def test_no_other_role_decides(role: Role, cast: Cast, asked: Opening, sign_in: Any) -> None:
    assert sign_in(role).post(decide_url(asked), YES).status_code in (403, 404)
    assert Opening.objects.get().state == OpeningState.ASKED


@pytest.mark.parametrize("state", ["reading", "submitted", "returned"])
def test_nothing_is_asked_for_before_quality_assurance(
    state: str, cast: Cast, sign_in: Any
) -> None:
    AuditSubmission.objects.filter(pk=cast.submission.pk).update(state=state)
    answer = sign_in(cast.governance).post(ASK, {"reference": cast.ref, "reason": REASON})
    assert answer.status_code == 422 and "not quality assured" in answer.text


def test_asked_twice_is_asked_once(cast: Cast, asked: Opening, sign_in: Any) -> None:
    answer = sign_in(cast.governance).post(ASK, {"reference": cast.ref, "reason": REASON})
    assert answer.status_code == 422 and Opening.objects.count() == 1


def test_an_unknown_reference_is_said(cast: Cast, sign_in: Any) -> None:
    answer = sign_in(cast.governance).post(ASK, {"reference": "2031-Q9", "reason": REASON})
    assert answer.status_code == 422 and "no audit with this reference" in answer.text
