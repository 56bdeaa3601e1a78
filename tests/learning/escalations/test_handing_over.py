"""The addressee cannot act: the escalation goes to somebody else, and nothing of it is lost (domain.md E4)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from learning.escalations.clocks import clocks_of
from learning.escalations.models import Escalation, EscalationAlert, EscalationHandover
from learning.escalations.services import acknowledge, add_note, report_action
from learning.models import AuditSettings
from learning.people.models import StaffMember
from learning.people.roles import Role
from tests.learning.escalations.conftest import CANARY, Cast, a_colleague, url
from tests.learning.escalations.test_alerts import at, tick, told
from tests.learning.escalations.test_out_of_a_spot_check import titles

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(cast: Cast) -> StaffMember:
    return a_colleague("Nell", Role.SENIOR_MANAGER, line_manager=cast.director)


def handing(to: StaffMember, had_by: StaffMember, **change: Any) -> dict[str, Any]:
    """What the form of handing over sends."""
    return {"recipient": to.pk, "had_by": had_by.pk, "why": "Away until Monday."} | change


def now() -> Escalation:
    return Escalation.objects.get()


@pytest.mark.parametrize("is_acknowledged", [False, True])
def test_it_goes_to_somebody_else_who_acts(
    conveyed: Escalation,
    cast: Cast,
    other: StaffMember,
    sign_in: Any,
    django_capture_on_commit_callbacks: Any,
    is_acknowledged: bool,
) -> None:
    lead, senior, new = sign_in(cast.lead), sign_in(cast.senior), sign_in(other)
    if is_acknowledged:
        senior.post(url("acknowledge", conveyed))
    page = lead.get(url("show", conveyed)).text
    assert url("hand_over", conveyed) in page
    assert "Your next step" not in page, "it is with the addressee"
    assert new.get(url("show", conveyed)).status_code == 404
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answer = lead.post(url("hand_over", conveyed), handing(other, cast.senior))
    assert answer.status_code == 302
    row = now()
    assert (row.state, row.recipient, row.acknowledged_at) == ("conveyed", other, None)
    assert (row.action, row.deadline) == (conveyed.action, conveyed.deadline)
    mails = {message.to[0]: message for message in mail.outbox}
    assert set(mails) == {other.email, cast.senior.email}
    assert row.get_absolute_url() in mails[other.email].body
    assert row.get_absolute_url() not in mails[cast.senior.email].body
    assert not any(CANARY in m.body or "Monday" in m.body for m in mail.outbox)

    assert not [title for title in titles(cast.senior) if row.ref in title]
    assert senior.get(url("show", row)).status_code == 404
    for name in ("acknowledge", "report", "note"):
        assert senior.post(url(name, row), {"words": "Mine."}).status_code == 404
    assert f"Acknowledge escalation {row.ref}" in titles(other)
    page = new.get(url("show", row)).text
    assert CANARY in page and "To be acknowledged" in page
    assert "Away until Monday" not in page, "why is for the QA office"
    office = sign_in(cast.officer).get(url("show", row)).text
    assert "Away until Monday" in office and cast.senior.get_full_name() in office
    assert "gave it to another senior manager" in office

    new.post(url("acknowledge", row))
    new.post(url("report", row), {"words": "Seen at three."})
    lead.post(url("verify", row), {"evidence": "The note of the clinic."})
    assert now().state == "verified"


def test_the_clock_begins_anew_and_each_is_told_once_of_each(
    conveyed: Escalation, cast: Cast, other: StaffMember, sign_in: Any
) -> None:
    tick(timezone.now())
    told()
    start = timezone.now() + timedelta(days=9)
    tick(start)
    assert sorted(told()) == sorted([cast.deputy.email, cast.director.email] * 2)
    sign_in(cast.lead).post(url("hand_over", conveyed), handing(other, cast.senior))
    tick(timezone.now() + timedelta(minutes=1))
    assert told() == [other.email]
    tick(timezone.now() + timedelta(days=9))
    assert sorted(told()) == sorted([cast.deputy.email, cast.director.email]), (
        "that nobody acknowledged is told anew, the deadline is not"
    )
    tick(timezone.now() + timedelta(days=20))
    assert told() == []


def test_an_alert_that_failed_for_who_had_it_is_not_sent_to_them_later(
    conveyed: Escalation, cast: Cast, other: StaffMember, sign_in: Any
) -> None:
    """The mail server was away while it was conveyed, and came back after it was handed over."""
    assert EscalationAlert.objects.filter(kind="conveyed", sent_at=None).exists()
    sign_in(cast.lead).post(url("hand_over", conveyed), handing(other, cast.senior))
    mail.outbox.clear()
    tick(timezone.now())
    assert cast.senior.email not in [message.to[0] for message in mail.outbox]
    assert other.email in [message.to[0] for message in mail.outbox]


@pytest.mark.parametrize(
    "change", [{"why": "  "}, {"recipient": ""}, {"had_by": ""}, {"had_by": "999999"}]
)
def test_nothing_is_handed_over_without_person_and_reason(
    conveyed: Escalation, cast: Cast, other: StaffMember, sign_in: Any, change: dict[str, str]
) -> None:
    sent = handing(other, cast.senior) | change
    assert sign_in(cast.lead).post(url("hand_over", conveyed), sent).status_code == 422
    assert now().recipient == cast.senior
    assert not EscalationHandover.objects.exists()


def test_not_to_the_same_nor_the_worker_nor_anybody_else(
    conveyed: Escalation, cast: Cast, sign_in: Any
) -> None:
    away = a_colleague("Gil", Role.SENIOR_MANAGER, is_active=False)
    about_them = a_colleague("Own", Role.SENIOR_MANAGER)
    type(cast.submission.case).objects.filter(pk=cast.submission.case_id).update(worker=about_them)
    for somebody in (cast.senior, cast.manager, cast.officer, away, about_them):
        answer = sign_in(cast.lead).post(url("hand_over", conveyed), handing(somebody, cast.senior))
        assert answer.status_code == 422, somebody
    assert now().recipient == cast.senior


def test_only_a_lead_hands_it_over(
    conveyed: Escalation, cast: Cast, other: StaffMember, sign_in: Any
) -> None:
    for somebody, status in ((cast.senior, 403), (cast.officer, 403), (cast.auditor, 404)):
        answer = sign_in(somebody).post(url("hand_over", conveyed), handing(other, cast.senior))
        assert answer.status_code == status
    assert now().recipient == cast.senior


def test_not_before_it_is_conveyed_nor_once_action_is_reported(
    raised: Escalation, cast: Cast, other: StaffMember, sign_in: Any
) -> None:
    lead = sign_in(cast.lead)
    sent = handing(other, cast.senior)
    assert "is not the step" in lead.post(url("hand_over", raised), sent, follow=True).text
    Escalation.objects.update(
        state="action_reported",
        recipient=cast.senior,
        action="Have him seen.",
        deadline=timezone.now(),
        conveyed_at=timezone.now(),
        action_reported_at=timezone.now(),
    )
    assert "is not the step" in lead.post(url("hand_over", raised), sent, follow=True).text
    assert not EscalationHandover.objects.exists()


def test_of_two_leads_the_second_is_told(
    conveyed: Escalation, cast: Cast, other: StaffMember, sign_in: Any
) -> None:
    """Both had the page open on which Sol had it."""
    sign_in(cast.lead).post(url("hand_over", conveyed), handing(other, cast.senior))
    answer = sign_in(cast.deputy).post(
        url("hand_over", conveyed), handing(cast.director, cast.senior)
    )
    assert answer.status_code == 422
    assert f"Somebody has just given it to {other}" in answer.text
    assert now().recipient == other


def test_who_had_it_answers_nothing_with_what_they_read_before(
    conveyed: Escalation, cast: Cast, other: StaffMember, sign_in: Any
) -> None:
    stale = Escalation.objects.select_related("recipient").get()
    sign_in(cast.lead).post(url("hand_over", conveyed), handing(other, cast.senior))
    with pytest.raises(PermissionDenied):
        acknowledge(escalation=stale, acknowledged_by=cast.senior)
    with pytest.raises(PermissionDenied):
        report_action(escalation=stale, words="Done.", reported_by=cast.senior)
    with pytest.raises(PermissionDenied):
        add_note(escalation=stale, words="Mine.", written_by=cast.senior)
    assert now().state == "conveyed"


def test_a_lead_who_had_it_before_does_not_verify(
    conveyed: Escalation, cast: Cast, other: StaffMember, sign_in: Any
) -> None:
    sign_in(cast.lead).post(url("hand_over", conveyed), handing(other, cast.senior))
    cast.senior.groups.add(*cast.lead.groups.all())
    new = sign_in(other)
    new.post(url("acknowledge", conveyed))
    new.post(url("report", conveyed), {"words": "Seen."})
    both = sign_in(cast.senior)
    assert both.post(url("verify", conveyed), {"evidence": "I know."}).status_code == 403
    assert (
        sign_in(cast.lead).post(url("verify", conveyed), {"evidence": "Seen."}).status_code == 302
    )


def test_the_database_lets_the_addressee_change_in_this_way_alone(
    conveyed: Escalation, cast: Cast, other: StaffMember, sign_in: Any
) -> None:
    rows, moment = Escalation.objects.filter(pk=conveyed.pk), timezone.now()
    handed = {"recipient": other, "times_handed_over": 1, "handed_over_at": moment}

    def refused(**change: Any) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)

    for change in ({"recipient": other}, {"recipient": None}, handed, {"handed_over_at": moment}):
        refused(**change)
    refused(times_handed_over=1)
    _row_refused(conveyed, from_person=cast.director, to_person=other)
    _row_refused(conveyed, from_person=cast.senior, to_person=other, number=2)
    _row_refused(conveyed, from_person=cast.senior, to_person=cast.senior)
    with transaction.atomic():
        _row(conveyed, moment, from_person=cast.senior, to_person=other)
        refused(**handed | {"recipient": cast.director})
        refused(**handed | {"handed_over_at": moment + timedelta(hours=9)})
        refused(**handed | {"handed_over_at": None})
        refused(**handed | {"times_handed_over": 2})
        refused(**handed | {"deadline": moment})
        refused(**handed | {"action": "Nothing."})
        refused(**handed | {"state": "verified"})
        rows.update(**handed)
    refused(recipient=cast.senior, times_handed_over=2, handed_over_at=moment)
    refused(handed_over_at=None)
    row = EscalationHandover.objects.filter(escalation=conveyed)
    with pytest.raises(DatabaseError), transaction.atomic():
        row.update(why="Another reason.")
    with pytest.raises(DatabaseError), transaction.atomic():
        row._raw_delete("default")


def test_no_row_of_a_handover_is_forged_once_action_is_reported(
    conveyed: Escalation, cast: Cast, other: StaffMember
) -> None:
    Escalation.objects.update(state="action_reported", action_reported_at=timezone.now())
    _row_refused(conveyed, from_person=cast.senior, to_person=other)


def _row(escalation: Escalation, moment: datetime, **people: Any) -> None:
    number = people.pop("number", 1)
    EscalationHandover.objects.create(
        escalation=escalation,
        number=number,
        why="Away.",
        handed_over_by=escalation.conveyed_by,
        handed_over_at=moment,
        **people,
    )


def _row_refused(escalation: Escalation, **people: Any) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        _row(escalation, timezone.now(), **people)


def test_the_new_clock_counts_from_when_it_was_handed_over(
    conveyed: Escalation, other: StaffMember
) -> None:
    conveyed.conveyed_at, conveyed.deadline = at("2031-03-11T10:00"), at("2031-03-14T17:00")
    conveyed.hand_over(recipient=other, handed_over_at=at("2031-03-12T15:00"))
    _, acknowledged, done = clocks_of(conveyed, AuditSettings())
    assert acknowledged.due_at == at("2031-03-13T15:00")
    assert done.due_at == at("2031-03-14T17:00")


def test_two_leads_who_give_it_to_the_same_person_are_told_so(
    conveyed: Escalation, cast: Cast, other: StaffMember, sign_in: Any
) -> None:
    sign_in(cast.lead).post(url("hand_over", conveyed), handing(other, cast.senior))
    answer = sign_in(cast.deputy).post(url("hand_over", conveyed), handing(other, cast.senior))
    assert answer.status_code == 422
    assert f"Somebody has just given it to {other}" in answer.text
    assert EscalationHandover.objects.count() == 1
