"""Clocks that run out are told to the deputy and then to the director: each alert once, and none lost."""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.utils import timezone

from learning.access.models import AccessEvent
from learning.escalations import alerts
from learning.escalations.clocks import acknowledge_by, clocks_of, convey_by
from learning.escalations.models import Escalation, EscalationAlert
from learning.events.models import Event
from learning.models import AuditCycle, AuditSettings, StaffMember
from learning.people.roles import Role
from portal.management.commands import timer
from search.ledger.models import LedgerRow
from tests.learning.audit import an_escalation
from tests.learning.escalations.conftest import (
    CANARY,
    Cast,
    a_colleague,
    conveying,
    reported,
    url,
)

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2031, 3, 11, 10, 0, tzinfo=LONDON)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("raised", "until"),
    [
        ("2031-03-11T10:00", "2031-03-11T12:00"),
        ("2031-03-14T16:30", "2031-03-14T18:30"),
        ("2031-03-14T17:59", "2031-03-14T19:59"),
        ("2031-03-14T18:00", "2031-03-17T10:00"),
        ("2031-03-15T11:00", "2031-03-17T10:00"),
        ("2031-03-17T06:10", "2031-03-17T10:00"),
        ("2026-12-24T19:00", "2026-12-29T10:00"),
        ("2031-03-29T11:00", "2031-03-31T10:00"),
    ],
)
def test_until_when_it_is_to_be_conveyed(raised: str, until: str) -> None:
    """On a Friday afternoon it is still that Friday; what is raised at a weekend counts from Monday. Over
    Christmas, and over the night in which clocks go forward, too."""
    assert convey_by(at(raised).astimezone(UTC), AuditSettings()) == at(until)


@pytest.mark.parametrize(
    ("conveyed", "until"),
    [
        ("2031-03-11T11:20", "2031-03-12T11:20"),
        ("2031-03-14T16:30", "2031-03-17T16:30"),
        ("2031-03-14T18:20", "2031-03-17T18:00"),
        ("2031-03-15T11:00", "2031-03-17T11:00"),
        ("2031-03-11T07:00", "2031-03-12T08:00"),
        ("2026-12-24T12:00", "2026-12-29T12:00"),
    ],
)
def test_until_when_it_is_to_be_acknowledged(conveyed: str, until: str) -> None:
    assert acknowledge_by(at(conveyed).astimezone(UTC), AuditSettings()) == at(until)


def test_a_clock_in_words(cast: Cast) -> None:
    row = an_escalation(cast.submission, raised_at=TUESDAY)
    (clock,) = clocks_of(row, AuditSettings())
    assert clock.words(at("2031-03-11T10:55")) == "To be conveyed by 12:00, in 1 h 5 min"
    assert clock.words(at("2031-03-11T12:25")) == "To be conveyed by 12:00: 25 min late"
    assert clock.words(at("2031-03-13T12:00")) == "To be conveyed by 12:00 on 11 March: 2 d late"
    row.conveyed_at = at("2031-03-11T10:35")
    (clock,) = clocks_of(row, AuditSettings())
    assert clock.words(at("2031-03-11T15:00")) == "Conveyed 10:35, after 35 min, in time"
    row.conveyed_at = at("2031-03-11T12:35")
    (clock,) = clocks_of(row, AuditSettings())
    assert clock.words(at("2031-03-11T15:00")) == "Conveyed 12:35, after 2 h 35 min, 35 min late"


def tick(moment: datetime | str, **options: Any) -> dict[str, Any]:
    """One run of the command, as the timer makes it, and what it says."""
    out = StringIO()
    when = at(moment) if isinstance(moment, str) else moment
    call_command("send_escalation_alerts", at=when, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def told() -> list[str]:
    """Who was mailed since it was asked last, in order."""
    people = [message.to[0] for message in mail.outbox]
    mail.outbox.clear()
    return people


def test_each_clock_tells_the_deputy_and_later_the_director(cast: Cast) -> None:
    an_escalation(cast.submission, raised_at=TUESDAY)
    tick("2031-03-11T10:00")
    assert sorted(told()) == sorted([cast.lead.email, cast.deputy.email])
    for early in ("2031-03-11T11:59", "2031-03-11T13:59"):
        tick(early)
        told()
    tick("2031-03-11T14:00")
    assert told() == [cast.director.email]
    tick("2031-03-11T15:00")
    assert told() == []

    row = Escalation.objects.get()
    row.convey(
        recipient=cast.senior,
        action="Have him seen.",
        deadline=at("2031-03-14T17:00"),
        named_manager=None,
        conveyed_by=cast.lead,
    )
    row.conveyed_at = at("2031-03-11T15:10")
    row.save()
    tick("2031-03-11T15:11")
    assert told() == [cast.senior.email]
    tick("2031-03-12T15:09")
    assert told() == []
    tick("2031-03-12T15:10")
    assert told() == [cast.deputy.email]
    tick("2031-03-12T17:10")
    assert told() == [cast.director.email]

    row.acknowledge()
    row.save()
    tick("2031-03-14T16:59")
    assert told() == []
    tick("2031-03-14T17:00")
    assert told() == [cast.deputy.email]
    tick("2031-03-14T19:00")
    assert told() == [cast.director.email]
    row.report_action(words="Seen.")
    row.save()
    tick("2031-03-15T19:00")
    assert told() == [cast.lead.email]
    tick("2031-03-25T19:00")
    assert told() == []
    assert EscalationAlert.objects.count() == 10


def test_the_deputy_hears_of_it_in_time_and_not_before(cast: Cast) -> None:
    an_escalation(cast.submission, raised_at=TUESDAY)
    tick("2031-03-11T10:00")
    told()
    tick("2031-03-11T11:59")
    assert told() == []
    tick("2031-03-11T12:00")
    assert told() == [cast.deputy.email]


def test_after_downtime_nothing_is_lost_and_nothing_comes_twice(cast: Cast) -> None:
    an_escalation(cast.submission, raised_at=TUESDAY)
    late = "2031-03-12T09:00"
    said = tick(late)
    kinds = ["not_conveyed", "not_conveyed_director", "raised", "raised_deputy"]
    assert sorted(row["kind"] for row in said["sent"]) == kinds
    assert sorted(told()) == sorted(
        [cast.lead.email, cast.deputy.email, cast.deputy.email, cast.director.email]
    )
    tick(late)
    tick("2031-03-20T09:00")
    assert told() == []


def test_what_is_settled_by_then_is_told_to_nobody(cast: Cast, sign_in: Any) -> None:
    row = an_escalation(cast.submission, raised_at=TUESDAY)
    alerts.record_due(Escalation.objects.filter(pk=row.pk), at("2031-03-11T15:00"))
    sign_in(cast.lead).post(url("convey", row), conveying(cast.senior))
    tick(timezone.now())
    assert told() == [cast.senior.email]


def test_a_mail_that_fails_undoes_nothing_and_is_tried_again(
    cast: Cast,
    sign_in: Callable[..., Client],
    monkeypatch: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise OSError("away")

    with monkeypatch.context() as broken:
        broken.setattr(alerts, "hand_over", refuse)
        with django_capture_on_commit_callbacks(execute=True):
            row = reported(cast, sign_in)
        with pytest.raises(CommandError, match="2 alerts could not be sent"):
            tick(timezone.now())
    assert row.state == "raised"
    assert told() == []
    tick(timezone.now())
    assert sorted(told()) == sorted([cast.lead.email, cast.deputy.email])


def test_one_address_that_fails_keeps_no_other_from_being_told(
    cast: Cast, monkeypatch: Any
) -> None:
    an_escalation(cast.submission, raised_at=TUESDAY)
    real = alerts.hand_over

    def refuse_the_lead(person: StaffMember, *words: Any, **kwargs: Any) -> None:
        if person == cast.lead:
            raise OSError("no such mailbox")
        real(person, *words, **kwargs)

    monkeypatch.setattr(alerts, "hand_over", refuse_the_lead)
    with pytest.raises(CommandError):
        tick("2031-03-11T10:01")
    assert told() == [cast.deputy.email]


def test_somebody_stands_in_for_whom_cannot_be_reached(cast: Cast) -> None:
    StaffMember.objects.filter(pk__in=[cast.deputy.pk, cast.director.pk]).update(is_active=False)
    StaffMember.objects.filter(pk=cast.lead.pk).update(line_manager=None)
    other = a_colleague("Lou", Role.LEAD_QA)
    AuditCycle.objects.update(lead=other)
    an_escalation(cast.submission, raised_at=TUESDAY)
    said = tick("2031-03-11T15:00")
    assert all(row["stand_in"] for row in said["sent"] if row["kind"] != "raised")
    assert {row["recipient"] for row in said["sent"]} & {other.pk}
    assert len(said["sent"]) == 4


def test_with_nobody_to_tell_it_is_said_and_waits(cast: Cast) -> None:
    StaffMember.objects.exclude(pk=cast.auditor.pk).update(is_active=False)
    an_escalation(cast.submission, raised_at=TUESDAY)
    assert tick("2031-03-11T10:00")["to_nobody"] == 2
    StaffMember.objects.filter(pk=cast.lead.pk).update(is_active=True)
    tick("2031-03-11T10:01")
    assert told() == [cast.lead.email] * 2


def test_looking_sends_nothing(cast: Cast) -> None:
    an_escalation(cast.submission, raised_at=TUESDAY)
    said = tick("2031-03-11T15:00", dry_run=True)
    assert len(said["sent"]) == 4
    assert told() == []
    assert not EscalationAlert.objects.exists()


def test_the_timer_runs_it() -> None:
    assert "send_escalation_alerts" in timer.JOBS


def test_an_alert_that_was_sent_never_changes(cast: Cast) -> None:
    an_escalation(cast.submission, raised_at=TUESDAY)
    tick("2031-03-11T10:00")
    with pytest.raises(DatabaseError), transaction.atomic():
        EscalationAlert.objects.update(sent_at=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        EscalationAlert.objects.all().delete()


def test_the_director_sees_the_clocks_and_not_the_words(
    conveyed: Escalation, cast: Cast, sign_in: Callable[..., Client]
) -> None:
    director = sign_in(cast.director)
    assert director.get(url("show", conveyed)).status_code == 404
    tick(timezone.now() + timedelta(days=9))
    page = director.get(url("show", conveyed))
    assert page.status_code == 200
    assert "You are told because a clock ran out" in page.text
    assert CANARY not in page.text
    for name in ("acknowledge", "report", "convey", "verify", "note"):
        assert director.post(url(name, conveyed), {"words": "Done."}).status_code == 403, name


OWN_TABLES = {"learning.Escalation", "learning.EscalationNote"}


@pytest.fixture
def sung(
    cast: Cast,
    sign_in: Callable[..., Client],
    caplog: Any,
    django_capture_on_commit_callbacks: Any,
) -> Escalation:
    """An escalation with the canary in everything that can be typed in, and every alert sent."""
    caplog.set_level(logging.DEBUG)
    with django_capture_on_commit_callbacks(execute=True):
        row = reported(cast, sign_in, f"A mark. {CANARY}")
        lead, senior = sign_in(cast.lead), sign_in(cast.senior)
        lead.post(url("convey", row), conveying(cast.senior, deadline_time=CANARY))
        lead.post(url("convey", row), conveying(cast.senior))
        tick(timezone.now() + timedelta(days=9))
        for client in (lead, senior):
            client.post(url("note", row), {"words": CANARY})
        senior.post(url("acknowledge", row))
        senior.post(url("report", row), {"words": CANARY})
        lead.post(url("verify", row), {"evidence": CANARY})
        lead.post(url("close", row))
    return Escalation.objects.get(state="closed")


def test_its_words_stand_in_their_tables_and_nowhere_else(sung: Escalation, caplog: Any) -> None:
    found = {model._meta.label for model in apps.get_models() if _holds_canary(model)}
    assert found == OWN_TABLES
    assert len(mail.outbox) > 6
    assert not any(CANARY in f"{m.subject}{m.body}{m.to}" for m in mail.outbox)
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    logged = [record.getMessage() for record in records if record.name != "django.db.backends"]
    assert logged
    assert not any(CANARY in line for line in logged)
    for rows in (Event, AccessEvent, LedgerRow):
        assert not any(CANARY in str(row) for row in rows.objects.values_list())


def _holds_canary(model: type[models.Model]) -> bool:
    texts = (models.CharField, models.TextField, models.JSONField)
    names = [field.name for field in model._meta.local_fields if isinstance(field, texts)]
    return bool(names) and any(
        CANARY in str(row) for row in model._base_manager.values_list(*names)
    )


@pytest.mark.parametrize("who", [Role.LEAD_QA, Role.SENIOR_MANAGER, Role.BOARD_MEMBER, Role.EDITOR])
@pytest.mark.parametrize("address", ["/", "/my/my-work/", "/audits/", "/audits/escalations/"])
def test_no_list_shows_them_and_search_finds_nothing(
    sung: Escalation, sign_in: Callable[..., Client], who: Role, address: str
) -> None:
    client = sign_in(who)
    assert CANARY not in client.get(address, {"which": "all"}, follow=True).text
    assert CANARY not in client.get("/search/", {"q": f"{CANARY[:6]} mark"}).text


def test_its_pages_are_not_kept_by_browsers(sung: Escalation, sign_in: Any) -> None:
    page = sign_in(Role.LEAD_QA).get(url("show", sung))
    assert CANARY in page.text
    assert "no-store" in page["Cache-Control"]
