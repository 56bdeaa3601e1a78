"""The follow-up ladder: every rung once, none lost, one message a person and day (domain.md invariant 6)."""

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.events.working_days import add_working_days, is_working_day
from learning.models import (
    AuditSettings,
    FollowUp,
    FollowUpMessage,
    FollowUpPause,
    Recommendation,
    StaffMember,
)
from learning.people.roles import Role
from learning.recommendations import decisions, follow_ups
from learning.recommendations.refusals import PauseNotPossible
from learning.recommendations.states import Rung
from portal.demo.loader import first_with
from portal.management.commands import timer
from tests.learning.audit import a_recommendation
from tests.learning.recommendations.conftest import (
    Audit,
    a_colleague,
    in_working_days,
    typed,
    url,
)

pytestmark = pytest.mark.django_db

DUE = date(2031, 3, 12)
"""A Wednesday; the recommendation of the test was issued long before."""

RUNGS = {
    Rung.REMINDER: -10,
    Rung.DUE: 0,
    Rung.OWNER: 3,
    Rung.MANAGER: 8,
    Rung.SENIOR: 15,
    Rung.BOARD: 25,
}


@pytest.fixture
def open_one(audit: Audit) -> Recommendation:
    """Taken on, due on `DUE`, about one case."""
    return due_on(DUE, a_recommendation(audit.submission, owner=audit.owner, state="acknowledged"))


def due_on(day: date, recommendation: Recommendation) -> Recommendation:
    """As if more time had been given until that day, or less: the date of the issue stays."""
    rows = Recommendation.objects.filter(pk=recommendation.pk)
    rows.update(due_date=day)
    return rows.get()


def climb(on: date, **options: Any) -> dict[str, Any]:
    """One run of the command, as the timer makes it, and what it says."""
    out = StringIO()
    call_command("send_follow_ups", on=on, json=True, stdout=out, **options)
    return json.loads(out.getvalue())


def told() -> list[tuple[str, str]]:
    """Who was mailed, and about what, in order."""
    return [(message.to[0], message.subject) for message in mail.outbox]


def rungs_of(recommendation: Recommendation) -> list[str]:
    rows = FollowUp.objects.filter(recommendation=recommendation).order_by("due_on")
    return [row.rung for row in rows]


def test_each_rung_goes_on_its_day_to_whom_it_is_for(
    open_one: Recommendation, audit: Audit
) -> None:
    director = StaffMember.objects.get(email="bernadette.sallis@harrowmere.example")
    expected = {
        Rung.REMINDER: audit.owner,
        Rung.DUE: audit.owner,
        Rung.OWNER: audit.owner,
        Rung.MANAGER: audit.owners_manager,
        Rung.SENIOR: director,
        Rung.BOARD: audit.lead,
    }
    for rung, person in expected.items():
        day = add_working_days(DUE, RUNGS[rung])
        climb(add_working_days(day, -1))
        assert not mail.outbox, f"{rung} came too early"
        climb(day)
        assert [message.to for message in mail.outbox] == [[person.email]], rung
        climb(day)
        climb(add_working_days(day, 1))
        assert len(mail.outbox) == 1, f"{rung} was sent twice"
        mail.outbox.clear()
    assert rungs_of(open_one) == list(RUNGS)
    assert not FollowUp.objects.filter(sent_at__isnull=True).exists()
    assert not FollowUp.objects.filter(is_stand_in=True).exists()


def test_after_weeks_of_downtime_nothing_is_lost_and_nobody_is_flooded(
    open_one: Recommendation, audit: Audit
) -> None:
    late = add_working_days(DUE, 30)
    said = climb(late)
    assert [row["rung"] for row in said["recorded"]] == list(RUNGS)
    assert rungs_of(open_one) == list(RUNGS)
    assert not FollowUp.objects.filter(sent_at__isnull=True).exists()
    to_owner = [message for message in mail.outbox if message.to == [audit.owner.email]]
    assert len(to_owner) == 1
    assert Rung.OWNER.label.lower() in to_owner[0].subject
    assert len(mail.outbox) == 4, "owner, manager, senior manager and lead: one message each"
    climb(late)
    climb(add_working_days(late, 20))
    assert len(mail.outbox) == 4


def test_a_mail_holds_a_reference_and_a_link_and_nothing_of_the_case(
    open_one: Recommendation,
) -> None:
    climb(add_working_days(DUE, 30))
    for message in mail.outbox:
        assert open_one.ref in message.body
        assert url("show", open_one) in message.body
        whole = message.subject + message.body
        for words in (open_one.action, open_one.why, open_one.how_known, "family", "weekend"):
            assert words not in whole


def test_many_recommendations_of_one_person_are_one_message(audit: Audit) -> None:
    for days in (0, 3, 10):
        row = a_recommendation(audit.submission, owner=audit.owner, state="in_progress")
        due_on(add_working_days(DUE, -days), row)
    climb(DUE)
    (message,) = [m for m in mail.outbox if m.to == [audit.owner.email]]
    assert message.subject == "3 recommendations need you"
    assert FollowUpMessage.objects.filter(person=audit.owner).count() == 1


def test_what_comes_due_later_on_a_day_waits_for_the_next(audit: Audit) -> None:
    due_on(DUE, a_recommendation(audit.submission, owner=audit.owner, state="issued"))
    climb(DUE)
    second = due_on(DUE, a_recommendation(audit.submission, owner=audit.owner, state="issued"))
    climb(DUE)
    assert len(mail.outbox) == 1
    climb(add_working_days(DUE, 1))
    assert len(mail.outbox) == 2
    assert second.ref in mail.outbox[1].body


def test_a_failing_mail_server_marks_nothing_and_the_next_round_makes_up_for_it(
    open_one: Recommendation, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(rows: Any) -> None:
        raise ConnectionRefusedError("no mail server")

    with monkeypatch.context() as broken:
        broken.setattr(follow_ups, "_mail", refuse)
        with pytest.raises(CommandError, match="the next round tries again"):
            climb(DUE)
    assert rungs_of(open_one) == [Rung.REMINDER, Rung.DUE]
    assert FollowUp.objects.filter(sent_at__isnull=True).count() == 2
    assert not FollowUpMessage.objects.exists()
    climb(DUE)
    assert told() == [(audit.owner.email, f"{open_one.ref}: on the due date")]


def test_one_person_whose_mail_fails_keeps_no_other_waiting(
    open_one: Recommendation, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = follow_ups._mail

    def refuse_the_owner(rows: Any) -> None:
        if rows[0].recipient == audit.owner:
            raise ConnectionResetError("mailbox gone")
        send(rows)

    monkeypatch.setattr(follow_ups, "_mail", refuse_the_owner)
    with pytest.raises(CommandError):
        climb(add_working_days(DUE, 8))
    assert [message.to for message in mail.outbox] == [[audit.owners_manager.email]]
    assert FollowUp.objects.filter(sent_at__isnull=True, recipient=audit.owner).count() == 3


def test_a_machine_that_stops_after_the_mail_sends_the_same_message_again(
    open_one: Recommendation,
) -> None:
    with transaction.atomic():
        climb(DUE)
        transaction.set_rollback(True)
    climb(DUE)
    first, second = mail.outbox
    assert first.body == second.body
    assert FollowUp.objects.filter(sent_at__isnull=False).count() == 2


def test_without_a_manager_the_lead_is_told_and_told_why(
    open_one: Recommendation, audit: Audit
) -> None:
    StaffMember.objects.filter(pk=audit.owner.pk).update(line_manager=None)
    climb(add_working_days(DUE, 8))
    (message,) = [m for m in mail.outbox if m.to == [audit.lead.email]]
    assert "It comes to you because" in message.body
    row = FollowUp.objects.get(rung=Rung.MANAGER)
    assert (row.recipient, row.is_stand_in) == (audit.lead, True)


def test_whoever_has_left_is_not_mailed(open_one: Recommendation, audit: Audit) -> None:
    StaffMember.objects.filter(pk=audit.owner.pk).update(is_active=False)
    climb(DUE)
    assert [message.to for message in mail.outbox] == [[audit.lead.email]]


def test_with_nobody_to_tell_nothing_is_recorded_as_done(
    open_one: Recommendation, audit: Audit
) -> None:
    StaffMember.objects.update(is_active=False)
    assert climb(DUE)["to_nobody"] == 2
    assert not FollowUp.objects.exists()
    StaffMember.objects.filter(pk=audit.lead.pk).update(is_active=True)
    climb(add_working_days(DUE, 1))
    assert [message.to for message in mail.outbox] == [[audit.lead.email]]


def test_a_line_of_managers_that_bites_its_tail_ends(
    open_one: Recommendation, audit: Audit
) -> None:
    manager = a_colleague("Hal", Role.LINE_MANAGER, line_manager=audit.owner)
    StaffMember.objects.filter(pk=audit.owner.pk).update(line_manager=manager)
    climb(add_working_days(DUE, 15))
    assert FollowUp.objects.get(rung=Rung.SENIOR).recipient == audit.lead


@pytest.mark.parametrize(
    "state", ["draft", "completion_confirmed", "verified", "closed", "not_accepted", "superseded"]
)
def test_nobody_is_chased_when_nothing_is_asked_of_the_owner(state: str, audit: Audit) -> None:
    due_on(DUE, a_recommendation(audit.submission, owner=audit.owner, state=state))
    climb(add_working_days(DUE, 30))
    assert not mail.outbox
    assert not FollowUp.objects.exists()


def test_a_rung_that_was_answered_before_its_mail_is_never_sent(
    open_one: Recommendation,
) -> None:
    follow_ups.record_due_rungs(DUE)
    Recommendation.objects.filter(pk=open_one.pk).update(state="completion_confirmed")
    climb(DUE)
    assert not mail.outbox


def test_a_pause_holds_the_ladder_and_what_came_due_meanwhile_comes_after_it(
    open_one: Recommendation, audit: Audit
) -> None:
    open_one = due_on(in_working_days(2), open_one)
    decisions.pause_follow_ups(
        recommendation=open_one,
        until=in_working_days(6),
        reason="The owner is away.",
        paused_by=audit.officer,
    )
    for day in range(1, 7):
        climb(in_working_days(day))
    assert not mail.outbox
    climb(in_working_days(7))
    assert told() == [(audit.owner.email, f"{open_one.ref}: {Rung.OWNER.label.lower()}")]
    assert rungs_of(open_one) == [Rung.REMINDER, Rung.DUE, Rung.OWNER]


def test_one_of_which_a_senior_manager_was_told_is_shown_as_escalated_while_it_is_open(
    open_one: Recommendation, audit: Audit, sign_in: Callable[..., Client]
) -> None:
    shown = "escalated to senior manager"

    def is_shown() -> bool:
        client = sign_in(audit.lead)
        said = [
            client.get(url("show", open_one)).text.count("Escalated to senior manager"),
            client.get(reverse("recommendations:register")).text.count(shown.capitalize()),
            client.get(reverse("recommendations:download")).text.count("to senior manager"),
            client.get(url("show", open_one)).text.count(f", {shown}"),
        ]
        assert len(set(said)) == 1, said
        return bool(said[0])

    climb(add_working_days(DUE, 14))
    assert not is_shown()
    climb(add_working_days(DUE, 15))
    assert is_shown()
    Recommendation.objects.filter(pk=open_one.pk).update(state="completion_confirmed")
    assert not is_shown(), "the owner has answered"
    Recommendation.objects.filter(pk=open_one.pk).update(state="returned")
    assert is_shown()
    due_on(add_working_days(DUE, 60), open_one)
    assert not is_shown(), "more time was given since"


def test_senior_managers_read_the_follow_ups_of_what_they_may_read(
    audit: Audit, sign_in: Callable[..., Client]
) -> None:
    wide = due_on(
        DUE, a_recommendation(cycle=audit.cycle, owner=audit.owner, state="issued", level="service")
    )
    climb(DUE)
    told = f"told {audit.owner}: {Rung.DUE.label}"
    elsewhere = StaffMember.objects.get(email="alasdair.kinnear@harrowmere.example")
    director = StaffMember.objects.get(email="bernadette.sallis@harrowmere.example")
    board = first_with(Role.BOARD_MEMBER)
    for somebody in (audit.officer, audit.owner, audit.owners_manager, director, elsewhere):
        assert told in sign_in(somebody).get(url("show", wide)).text, somebody
    assert told not in sign_in(board).get(url("show", wide)).text, "boards read counts alone"


def test_nobody_pauses_or_ends_what_is_asked_of_themselves(
    audit: Audit, sign_in: Callable[..., Client]
) -> None:
    other = a_recommendation(audit.submission, owner=audit.owner, state="issued")
    pause = {"reason": "On leave.", **typed("until", in_working_days(3))}
    for owner in (audit.lead, audit.officer):
        own = a_recommendation(audit.submission, owner=owner, state="in_progress")
        client = sign_in(owner)
        page = client.get(url("show", own)).text
        assert "Pause the follow-ups" not in page and "Let another take its place" not in page
        assert client.post(url("pause", own), pause).status_code == 403
        assert client.post(url("supersede", own), {"by": other.pk}).status_code == 403
        for step in (
            partial(
                decisions.pause_follow_ups, until=timezone.localdate(), reason="x", paused_by=owner
            ),
            partial(decisions.supersede, by=other, superseded_by=owner),
        ):
            with pytest.raises(PermissionDenied):
                step(recommendation=own)
        assert not own.pauses.exists()
        another = sign_in(a_colleague(f"Ivy {owner.pk}", Role.LEAD_QA))
        assert another.post(url("pause", own), pause).status_code == 302
        assert another.post(url("supersede", own), {"by": other.pk}).status_code == 302


def test_pauses_that_follow_one_upon_the_other_come_to_an_end(
    open_one: Recommendation, audit: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pause(on: date, until: date) -> None:
        nine = timezone.make_aware(datetime.combine(on, time(9)))
        monkeypatch.setattr("django.utils.timezone.now", lambda: nine)
        pause = decisions.pause_follow_ups(
            recommendation=open_one, until=until, reason="On leave.", paused_by=audit.officer
        )
        FollowUpPause.objects.filter(pk=pause.pk).update(paused_at=nine)

    first = date(2031, 3, 3)
    last = add_working_days(first, 20)
    pause(first, add_working_days(first, 10))
    middle = add_working_days(first, 11)
    with pytest.raises(PauseNotPossible, match="pauses that follow one upon the other"):
        pause(middle, add_working_days(last, 1))
    pause(middle, last)
    with pytest.raises(PauseNotPossible, match="on end"):
        pause(add_working_days(last, 1), add_working_days(last, 1))
    climb(add_working_days(last, 1))
    assert mail.outbox, "what came due meanwhile goes out before anybody can pause again"
    pause(add_working_days(last, 2), add_working_days(last, 22))


def test_a_pause_needs_a_reason_an_end_and_the_qa_office(
    audit: Audit, sign_in: Callable[..., Client]
) -> None:
    row = a_recommendation(audit.submission, owner=audit.owner, state="issued")
    office = sign_in(audit.officer)
    form = {"reason": "Away", **typed("until", in_working_days(5))}
    assert sign_in(audit.owner).post(url("pause", row), form).status_code == 403
    for change in (
        {"reason": ""},
        typed("until", in_working_days(21)),
        typed("until", in_working_days(-1)),
    ):
        assert office.post(url("pause", row), {**form, **change}).status_code == 422
    assert office.post(url("pause", row), form).status_code == 302
    today = {"reason": "Back early", **typed("until", timezone.localdate())}
    office.post(url("pause", row), today)
    assert "Back early" in office.get(url("show", row)).text
    assert row.pauses.order_by("-pk").first().until == timezone.localdate()


def test_a_new_due_date_begins_a_new_ladder(open_one: Recommendation) -> None:
    climb(add_working_days(DUE, 3))
    mail.outbox.clear()
    later = add_working_days(DUE, 40)
    due_on(later, open_one)
    climb(add_working_days(DUE, 5))
    assert not mail.outbox
    climb(later)
    assert len(mail.outbox) == 1
    assert FollowUp.objects.filter(rung=Rung.DUE).count() == 2


def test_a_reminder_whose_day_had_gone_by_at_issue_is_not_sent_on_its_own(audit: Audit) -> None:
    row = a_recommendation(audit.submission, owner=audit.owner, due_in=4)
    climb(in_working_days(0) if is_working_day(timezone.localdate()) else in_working_days(1))
    assert not mail.outbox
    climb(in_working_days(4))
    assert told() == [(audit.owner.email, f"{row.ref}: on the due date")]


def test_a_dry_run_says_all_and_does_nothing(open_one: Recommendation, audit: Audit) -> None:
    day = add_working_days(DUE, 8)
    plan = climb(day, dry_run=True)
    assert plan["dry_run"] is True
    assert not FollowUp.objects.exists()
    assert not mail.outbox
    done = climb(day)
    assert [m["person"] for m in plan["messages"]] == [m["person"] for m in done["messages"]]
    assert [m["named"] for m in plan["messages"]] == [m["named"] for m in done["messages"]]
    assert climb(day, dry_run=True)["messages"] == []


def test_on_a_weekend_nobody_is_told_and_monday_makes_up_for_it(audit: Audit) -> None:
    saturday = date(2031, 3, 15)
    due_on(saturday, a_recommendation(audit.submission, owner=audit.owner, state="issued"))
    climb(saturday)
    climb(saturday + timedelta(days=1))
    assert not mail.outbox
    climb(saturday + timedelta(days=2))
    assert len(mail.outbox) == 1


def test_a_day_that_is_none_is_refused_in_a_sentence() -> None:
    with pytest.raises(CommandError, match="is not a day"):
        call_command("send_follow_ups", "--on", "tomorrow")


def test_the_service_sets_the_days(open_one: Recommendation, audit: Audit) -> None:
    settings = AuditSettings.load()
    settings.owner_days_after = 1
    settings.save()
    climb(DUE)
    mail.outbox.clear()
    climb(add_working_days(DUE, 1))
    assert told() == [(audit.owner.email, f"{open_one.ref}: {Rung.OWNER.label.lower()}")]


def test_the_timer_runs_it() -> None:
    assert "send_follow_ups" in timer.JOBS


def test_a_sent_follow_up_is_never_changed_or_deleted(open_one: Recommendation) -> None:
    climb(DUE)
    sent = FollowUp.objects.filter(sent_at__isnull=False)
    for attack in (
        lambda: sent.update(sent_at=None),
        lambda: sent.update(recipient=first_with(Role.EDITOR)),
        lambda: sent.delete(),
    ):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            attack()


def test_the_queries_do_not_grow_with_the_register(
    audit: Audit, django_assert_max_num_queries: Any
) -> None:
    for _ in range(60):
        due_on(DUE, a_recommendation(audit.submission, owner=audit.owner, state="in_progress"))
    with django_assert_max_num_queries(45):
        climb(add_working_days(DUE, 30))
