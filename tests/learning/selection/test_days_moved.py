"""Days move, are put off, are planned again: nobody has said yes to days that they never heard of."""

from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from learning.events.models import Event
from learning.people.roles import Role
from learning.programme.models import AuditCycle, CycleFocus
from learning.programme.states import CycleState
from learning.selection.allocating import allocate
from learning.selection.models import SampledCase, SelectionDraw
from learning.selection.states import CaseState
from learning.submissions.models import AuditSubmission, SubmissionGrant
from learning.vocabulary.models import Theme
from portal.demo.loader import first_with
from tests.learning.audit import (
    a_countdown_task,
    a_cycle,
    a_frame,
    a_pair,
    a_person,
    a_prepared_person,
    a_sampled_case,
)
from tests.learning.selection.conftest import text_of

pytestmark = pytest.mark.django_db
OLD, LATER, IN_JUNE, IN_JANUARY = (
    date(2031, 2, 11),
    date(2031, 3, 11),
    date(2031, 6, 10),
    date(2032, 1, 13),
)


def on(day: date) -> dict[str, str]:
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"first_day_{part}": str(value) for part, value in parts.items()}


@pytest.fixture
def lead(sign_in: Any, django_capture_on_commit_callbacks: Any) -> Any:
    """The lead's browser; what is sent once a step is saved is sent."""
    client = sign_in(Role.LEAD_QA)

    def post(address: str, below: str = "2031-Q1", **form: str) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(f"/audits/{below}/{address}", form, follow=True)

    return post


@pytest.fixture
def ready() -> AuditCycle:
    return a_cycle("2031-Q1", CycleState.READY, OLD)


def a_confirmed_case(cycle: AuditCycle, sign_in: Any, **fields: Any) -> SampledCase:
    """A case whose worker has said that all is prepared for the first day."""
    case = a_sampled_case(cycle, state=CaseState.WORKER_NOTIFIED, **fields)
    yes = {"recording": "yes", "day": str(cycle.days.first().pk)}
    url = reverse("selection:prepare", args=[case.ref])
    assert sign_in(case.worker).post(url, yes).status_code == 302
    return SampledCase.objects.get(pk=case.pk)


def test_a_worker_who_said_yes_is_asked_again_when_the_days_move(
    ready: AuditCycle, lead: Any, sign_in: Any
) -> None:
    worker = a_person("Wanda")
    case = a_confirmed_case(ready, sign_in, worker=worker)
    a_sampled_case(ready, worker=worker, state=CaseState.WORKER_NOTIFIED)
    a_sampled_case(ready, worker=a_person("Nobody"), state=CaseState.CONFIRMED)
    mail.outbox.clear()
    lead("days/", **on(LATER), reason="The hall is taken.")
    case.refresh_from_db()
    assert case.state == CaseState.WORKER_NOTIFIED
    assert (case.recording, case.attendance) == (None, None)
    asked = Event.objects.get(action="sampledcase.ask_again", object_id=case.pk)
    assert asked.reason == "The hall is taken."
    (message,) = mail.outbox
    assert message.to == [worker.email]
    assert reverse("selection:prepare", args=[case.ref]) in message.body
    page = text_of(sign_in(worker).get(reverse("selection:prepare", args=[case.ref])))
    assert "11 March 2031" in page and "11 February 2031" not in page
    a_confirmed_again = {"recording": "yes", "day": str(ready.days.first().pk)}
    sign_in(worker).post(reverse("selection:prepare", args=[case.ref]), a_confirmed_again)
    case.refresh_from_db()
    assert case.state == CaseState.READY


def test_a_cycle_is_ready_no_more_when_its_days_have_moved(
    ready: AuditCycle, lead: Any, sign_in: Any
) -> None:
    a_confirmed_case(ready, sign_in, worker=a_person("Wanda"))
    task = a_countdown_task(ready, "declare_ready")
    ready.countdown.filter(pk=task.pk).update(done_at="2031-02-05T09:00Z")
    lead("days/", **on(LATER), reason="The hall is taken.")
    ready = AuditCycle.objects.get(pk=ready.pk)
    assert ready.state == CycleState.NOTIFIED
    assert ready.countdown.get(key="declare_ready").done_at is None
    assert "have not confirmed recording and attendance" in text_of(lead("steps/declare_ready/"))


def test_a_pair_loses_its_case_until_it_is_given_out_anew(
    ready: AuditCycle, lead: Any, sign_in: Any
) -> None:
    asha, bran = a_prepared_person("Asha"), a_prepared_person("Bran")
    pair = a_pair(ready, asha, bran)
    for person in (asha, bran):
        person.readiness.modules_read_on = person.readiness.briefing_attended_on = date(2031, 1, 1)
        person.readiness.save()
    case = a_confirmed_case(ready, sign_in, worker=a_person("Wanda"))
    officer = first_with(Role.QA_OFFICER)
    allocate(case=case, pair=pair, allocated_by=officer)
    submission = AuditSubmission.objects.get(case=case)
    assert submission.window_to == OLD
    mail.outbox.clear()
    lead("days/", **on(LATER), reason="The hall is taken.")
    case.refresh_from_db()
    assert (case.state, case.pair) == (CaseState.WORKER_NOTIFIED, None)
    assert not SubmissionGrant.objects.filter(content_object=submission).exists()
    told = {message.to[0] for message in mail.outbox}
    assert told == {asha.email, bran.email, case.worker.email}
    SampledCase.objects.filter(pk=case.pk).update(state=CaseState.READY)
    allocate(case=SampledCase.objects.get(pk=case.pk), pair=pair, allocated_by=officer)
    submission.refresh_from_db()
    assert (submission.window_from, submission.window_to) == (date(2030, 9, 11), LATER)
    assert SubmissionGrant.objects.filter(content_object=submission).count() == 2


def test_a_sample_does_not_move_to_another_quarter(ready: AuditCycle, lead: Any) -> None:
    a_frame(ready)
    page = text_of(lead("days/", **on(IN_JUNE), reason="Too many are ill."))
    assert "The sample of 2031-Q1 belongs to 2031-Q1." in page
    assert "postpone the cycle and plan it again" in page
    assert ready.days.first().date == OLD


def test_a_cycle_without_a_sample_moves_with_its_quarter(lead: Any) -> None:
    cycle = a_cycle("2031-Q1", CycleState.TEAM_FORMING, OLD)
    lead("days/", **on(IN_JUNE), reason="Too many are ill.")
    cycle.refresh_from_db()
    assert (cycle.ref, cycle.quarter) == ("2031-Q1", "2031-Q2")


def test_workers_and_team_hear_that_the_days_are_put_off(
    ready: AuditCycle, lead: Any, sign_in: Any
) -> None:
    worker, asha = a_person("Wanda"), a_person("Asha")
    case = a_confirmed_case(ready, sign_in, worker=worker)
    a_pair(ready, asha, a_person("Bran", is_active=False))
    mail.outbox.clear()
    lead("steps/postpone/", reason="An inspection.")
    assert {message.to[0] for message in mail.outbox} == {worker.email, asha.email}
    assert all("put off" in message.subject for message in mail.outbox)
    assert all("An inspection" not in message.body for message in mail.outbox)
    lead("plan-again/", **on(LATER))
    case.refresh_from_db()
    ready = AuditCycle.objects.get(pk=ready.pk)
    assert (ready.state, case.state) == (CycleState.PLANNED, CaseState.WORKER_NOTIFIED)
    assert ready.sample.count() == 1, "in its quarter the sample stays"


def test_in_another_quarter_another_cycle_takes_its_place(lead: Any, sign_in: Any) -> None:
    """The old draw keeps its certificate, and the new cycle draws anew; also in the next January."""
    cycle = a_cycle("2031-Q1", CycleState.NOTIFIED, OLD)
    cycle.administrator = first_with(Role.AUDIT_ADMIN)
    cycle.save()
    CycleFocus.objects.create(
        cycle=cycle,
        source="research",
        source_words="A paper",
        population="Children in need",
        theme=Theme.objects.first(),
        question="Who asks the child?",
    )
    draw = a_frame(cycle).draw
    lead("steps/postpone/", reason="An inspection.")
    page = text_of(lead("plan-again/", **on(IN_JANUARY)))
    assert "2032-Q1 is planned. It takes the place of 2031-Q1." in page
    new, old = AuditCycle.objects.get(ref="2032-Q1"), AuditCycle.objects.get(pk=cycle.pk)
    assert (old.state, old.quarter) == (CycleState.CANCELLED, "2031-Q1")
    assert SelectionDraw.objects.get(cycle=old) == draw
    assert not SelectionDraw.objects.filter(cycle=new).exists()
    assert (new.programme.year, new.quarter, new.state) == (2031, "2032-Q1", CycleState.PLANNED)
    assert (new.lead, new.administrator) == (old.lead, old.administrator)
    assert new.focus.question == old.focus.question
    assert new.first_day == IN_JANUARY
    moved = {**on(date(2032, 1, 20)), "reason": "The hall is taken."}
    sign_in(Role.LEAD_QA).post("/audits/2032-Q1/days/", moved)
    assert new.days.first().date == date(2032, 1, 20), "it may stay in the year it was carried to"


def test_a_cycle_that_was_never_drawn_is_itself_planned_in_january(lead: Any) -> None:
    cycle = a_cycle("2031-Q1", CycleState.TEAM_AGREED, OLD)
    lead("steps/postpone/", reason="An inspection.")
    assert "not in 2031 or 2032" in text_of(lead("plan-again/", **on(date(2033, 1, 11))))
    lead("plan-again/", **on(IN_JANUARY))
    cycle = AuditCycle.objects.get(pk=cycle.pk)
    assert (cycle.ref, cycle.quarter, cycle.state) == ("2031-Q1", "2032-Q1", CycleState.PLANNED)


@pytest.mark.parametrize("state", [CycleState.READY, CycleState.CANCELLED, CycleState.CLOSED])
def test_only_a_postponed_cycle_is_planned_again(lead: Any, state: str) -> None:
    cycle = a_cycle("2031-Q1", state, OLD)
    a_frame(cycle)
    assert "Only a cycle that was postponed" in text_of(lead("plan-again/", **on(IN_JUNE)))
    assert AuditCycle.objects.get(pk=cycle.pk).state == state
    assert AuditCycle.objects.filter(programme__year=2031).count() == 1


def test_the_days_of_a_postponed_cycle_are_free_for_another(lead: Any) -> None:
    a_cycle("2031-Q1", CycleState.POSTPONED, OLD)
    other = a_cycle("2031-Q2", CycleState.PLANNED, date(2031, 2, 18))
    lead("days/", "2031-Q2", **on(OLD), reason="Its days are free.")
    assert other.days.first().date == OLD
    assert "Another cycle has its days then." in text_of(lead("plan-again/", **on(OLD)))


def test_a_reference_is_never_given_twice(lead: Any) -> None:
    """2031-Q1 has moved to June under its name; the next cycle in March is called otherwise."""
    a_cycle("2031-Q1", CycleState.PLANNED, OLD)
    lead("days/", **on(IN_JUNE), reason="Too many are ill.")
    someone = str(first_with(Role.LEAD_QA).pk)
    lead("2031/cycles/", "years", **on(LATER), lead=someone, reason="Two only.")
    assert AuditCycle.objects.filter(ref="2031-Q1-2", quarter="2031-Q1").exists()


def test_a_cancelled_cycle_keeps_its_days(ready: AuditCycle, lead: Any) -> None:
    a_sampled_case(ready, worker=a_person("Wanda"), state=CaseState.READY)
    lead("steps/cancel/", reason="An inspection.")
    page = text_of(lead("days/", **on(LATER), reason="Perhaps then?"))
    assert "or it is over" in page
    assert ready.days.first().date == OLD
