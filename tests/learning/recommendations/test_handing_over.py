"""Another owner for one that would stand still: who gives it, who is told, what stays (domain.md A43, A45)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from learning.events.models import Event
from learning.events.working_days import add_working_days
from learning.models import FollowUp, OwnerChange, Recommendation
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.recommendations import decisions, follow_ups, handing_over, services
from learning.recommendations.states import RecommendationState, Rung
from learning.work import waiting_for
from tests.learning.audit import a_recommendation
from tests.learning.recommendations.conftest import (
    EVIDENCE,
    STATEMENT,
    Audit,
    a_colleague,
    in_working_days,
    url,
)

pytestmark = pytest.mark.django_db

WHY = "The owner leaves at the end of the month."


@pytest.fixture
def taken_on(audit: Audit) -> Recommendation:
    return a_recommendation(audit.submission, owner=audit.owner, state="in_progress")


@pytest.fixture
def heir(audit: Audit) -> StaffMember:
    return a_colleague("Hedda", Role.LINE_MANAGER, line_manager=audit.owners_manager)


def give(client: Client, recommendation: Recommendation, owner: StaffMember, why: str = WHY) -> Any:
    return client.post(url("hand_over", recommendation), {"owner": owner.pk, "reason": why})


def titles(person: StaffMember) -> list[str]:
    return [item.title for item in waiting_for(StaffMember.objects.get(pk=person.pk))]


def test_a_lead_gives_it_to_another_who_takes_it_on_and_both_are_told(
    taken_on: Recommendation,
    heir: StaffMember,
    audit: Audit,
    sign_in: Callable[..., Client],
    django_capture_on_commit_callbacks: Any,
) -> None:
    dates = (taken_on.original_due_date, taken_on.due_date)
    lead = sign_in(audit.lead)
    assert "Give it to another owner" in lead.get(url("show", taken_on)).text
    with django_capture_on_commit_callbacks(execute=True):
        assert give(lead, taken_on, heir).status_code == 302
    taken_on.refresh_from_db()
    assert (taken_on.owner, taken_on.state) == (heir, RecommendationState.ISSUED)
    assert (taken_on.original_due_date, taken_on.due_date) == dates
    assert {tuple(message.to) for message in mail.outbox} == {
        (heir.email,),
        (audit.owner.email,),
    }
    for message in mail.outbox:
        assert WHY not in message.body and taken_on.action not in message.body
        assert "/recommendations/" in message.body
    event = Event.objects.get(action="recommendation.hand_over")
    assert event.object_id == str(taken_on.pk) and event.actor_id == audit.lead.pk
    assert WHY not in event.reason, "what somebody wrote freely stays in its own row"
    told = sign_in(heir).get(url("show", taken_on)).text
    assert f"gave it from {audit.owner} to {heir}" in told and WHY in told
    assert f"Take on recommendation {taken_on.ref}" in titles(heir)
    assert f"recommendation {taken_on.ref}" not in " ".join(titles(audit.owner))
    assert sign_in(audit.owner).post(url("update", taken_on), {"words": "x"}).status_code in (
        403,
        404,
    )
    assert sign_in(heir).post(url("take_on", taken_on)).status_code == 302


def test_nobody_but_a_lead_gives_it_away(
    taken_on: Recommendation, heir: StaffMember, audit: Audit, sign_in: Callable[..., Client]
) -> None:
    for somebody in (audit.owner, audit.officer, audit.owners_manager, audit.auditor):
        assert give(sign_in(somebody), taken_on, heir).status_code in (403, 404), somebody
        with pytest.raises(PermissionDenied):
            handing_over.hand_over(
                recommendation=taken_on, owner=heir, reason=WHY, given_by=somebody
            )
    assert not OwnerChange.objects.exists()


def test_it_needs_a_reason_and_somebody_else_who_can_open_it(
    taken_on: Recommendation, heir: StaffMember, audit: Audit, sign_in: Callable[..., Client]
) -> None:
    lead = sign_in(audit.lead)
    assert give(lead, taken_on, heir, "   ").status_code == 422
    assert give(lead, taken_on, audit.owner).status_code == 422, "the owner has it already"
    assert give(lead, taken_on, a_colleague("Ivo", Role.IT_SUPPORT)).status_code == 422
    gone = a_colleague("Gus", Role.LINE_MANAGER, ends_on=timezone.localdate() - timedelta(days=1))
    assert give(lead, taken_on, gone).status_code == 422
    taken_on.refresh_from_db()
    assert (taken_on.owner, taken_on.state) == (audit.owner, RecommendationState.IN_PROGRESS)


@pytest.mark.parametrize("state", ["draft", "completion_confirmed", "verified", "not_accepted"])
def test_only_an_open_one_changes_hands(
    state: str, heir: StaffMember, audit: Audit, sign_in: Callable[..., Client]
) -> None:
    other = a_recommendation(audit.submission, owner=audit.owner, state=state)
    give(sign_in(audit.lead), other, heir)
    other.refresh_from_db()
    assert (other.owner, other.state) == (audit.owner, state)


def test_the_lead_is_asked_when_an_owner_has_left(taken_on: Recommendation, audit: Audit) -> None:
    asked = f"Give {taken_on.ref} to another owner: its owner has left"
    assert asked not in titles(audit.lead)
    StaffMember.objects.filter(pk=audit.owner.pk).update(
        ends_on=timezone.localdate() - timedelta(days=1)
    )
    assert asked in titles(audit.lead)
    assert asked not in titles(audit.officer)


def test_the_ladder_goes_on_with_the_new_owner(
    audit: Audit, heir: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = date(2031, 3, 12)
    row = a_recommendation(audit.submission, owner=audit.owner, state="acknowledged")
    Recommendation.objects.filter(pk=row.pk).update(due_date=due)
    call_command("send_follow_ups", on=add_working_days(due, -10))
    # A rung that was recorded while the mail server was away is still to be told.
    with monkeypatch.context() as away:
        away.setattr(follow_ups, "_mail", lambda rows: 1 / 0)
        follow_ups.send_follow_ups(due)
    handing_over.hand_over(recommendation=row, owner=heir, reason=WHY, given_by=audit.lead)
    mail.outbox.clear()
    call_command("send_follow_ups", on=due)
    assert [message.to for message in mail.outbox] == [[heir.email]]
    call_command("send_follow_ups", on=add_working_days(due, 3))
    told = dict(FollowUp.objects.values_list("rung", "recipient__email"))
    assert told == {
        Rung.REMINDER: audit.owner.email,
        Rung.DUE: heir.email,
        Rung.OWNER: heir.email,
    }


def test_who_has_owned_it_neither_verifies_nor_decides_on_it(
    taken_on: Recommendation, audit: Audit, sign_in: Callable[..., Client]
) -> None:
    """Otherwise an owner of the QA office could give it away, and verify what their stand-in wrote."""
    first, second = a_colleague("Gil", Role.LEAD_QA), a_colleague("Una", Role.LINE_MANAGER)
    own = a_recommendation(audit.submission, owner=first, state="in_progress")
    decisions.request_extension(
        recommendation=own, new_due_date=in_working_days(40), reason="x", requested_by=first
    )
    handing_over.hand_over(recommendation=own, owner=second, reason=WHY, given_by=first)
    assert f"Decide on more time for {own.ref}" not in titles(first)
    answer = sign_in(first).post(url("decide_extension", own), {"answer": "yes"})
    assert answer.status_code == 403
    own.refresh_from_db()
    services.acknowledge(recommendation=own, acknowledged_by=second)
    services.confirm_completion(
        recommendation=own,
        statement=STATEMENT,
        completed_on=timezone.localdate(),
        evidence=EVIDENCE,
        full_name=second.get_full_name(),
        confirmed_by=second,
    )
    assert f"Verify the statement on {own.ref}" not in titles(first)
    assert f"Verify the statement on {own.ref}" in titles(audit.lead)
    assert sign_in(first).post(url("verify", own), {"answer": "accept"}).status_code == 403
    assert sign_in(audit.lead).post(url("verify", own), {"answer": "accept"}).status_code == 302


def test_who_owned_it_stays_on_record(
    taken_on: Recommendation, heir: StaffMember, audit: Audit
) -> None:
    handing_over.hand_over(recommendation=taken_on, owner=heir, reason=WHY, given_by=audit.lead)
    for attack in (
        lambda: OwnerChange.objects.update(from_owner=heir),
        lambda: OwnerChange.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attack()


def test_what_a_lead_may_do_beside_the_way_is_not_called_the_next_step(
    taken_on: Recommendation, audit: Audit, sign_in: Callable[..., Client]
) -> None:
    page = sign_in(audit.lead).get(taken_on.get_absolute_url()).text
    assert "If it is needed" in page
    assert "Your next step" not in page
    assert "Your next step" in sign_in(audit.owner).get(taken_on.get_absolute_url()).text
