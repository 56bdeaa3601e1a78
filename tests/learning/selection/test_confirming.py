"""A worker confirms recording and attendance, each alone, and may say otherwise later (domain.md A7–A8)."""

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from learning.events.models import Event
from learning.events.steps import StepNotPossible
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState
from learning.selection.asking_again import ask_workers_again
from learning.selection.models import SampledCase
from learning.selection.preparing import name_worker
from learning.selection.states import CaseState
from tests.learning.audit import a_cycle, a_pair, a_person, a_sampled_case

pytestmark = pytest.mark.django_db

RECORDED = "recordingconfirmation.give"
COMING = "attendanceconfirmation.give"


@pytest.fixture
def cycle(db: None) -> AuditCycle:
    return a_cycle(state=CycleState.NOTIFIED)


@pytest.fixture
def case(cycle: AuditCycle) -> SampledCase:
    return a_sampled_case(cycle, worker=a_person("Wanda"), state=CaseState.WORKER_NOTIFIED)


@pytest.fixture
def own(case: SampledCase, sign_in: Any) -> Any:
    """The worker's browser."""
    return sign_in(case.worker)


def days(case: SampledCase) -> list[str]:
    return [str(day.pk) for day in case.cycle.days.all()]


def send(client: Any, case: SampledCase, **said: str) -> Any:
    return client.post(reverse("selection:prepare", args=[case.ref]), said)


def now(case: SampledCase) -> SampledCase:
    return SampledCase.objects.get(pk=case.pk)


def given(action: str) -> int:
    return Event.objects.filter(action=action).count()


def test_either_is_answered_alone_and_both_make_it_ready(case: SampledCase, own: Any) -> None:
    assert send(own, case, day=days(case)[0]).status_code == 302
    assert now(case).state == CaseState.WORKER_NOTIFIED
    assert now(case).recording is None
    assert (given(RECORDED), given(COMING)) == (0, 1)
    assert "Prepare for the audit" in own.get("/my/my-work/").text

    assert send(own, case, recording="yes", day=days(case)[0]).status_code == 302
    assert now(case).state == CaseState.READY
    assert (given(RECORDED), given(COMING)) == (1, 1)
    assert "Prepare for the audit" not in own.get("/my/my-work/").text


def test_an_empty_form_confirms_nothing(case: SampledCase, own: Any) -> None:
    answer = send(own, case)
    assert answer.status_code == 422
    assert "Answer this, or say when you can talk." in answer.text
    assert now(case).state == CaseState.WORKER_NOTIFIED


def test_a_confirmation_changes_until_the_pair_opens_the_case(case: SampledCase, own: Any) -> None:
    first, second = days(case)
    send(own, case, recording="yes", day=first)
    assert (
        "Change what you have confirmed" in own.get(reverse("selection:case", args=[case.ref])).text
    )
    shown = own.get(reverse("selection:prepare", args=[case.ref])).context["form"]
    assert (shown["recording"].value(), shown["day"].value()) == ("yes", first)

    send(own, case, recording="yes", day=second)
    assert str(now(case).attendance.day_id) == second
    assert (given(RECORDED), given(COMING)) == (1, 2)
    assert now(case).state == CaseState.READY

    send(own, case, recording="no", recording_words="One visit.", day=second)
    assert now(case).recording.is_exception
    send(own, case, recording="yes", recording_words="One visit.", day=second)
    assert (now(case).recording.is_exception, now(case).recording.words) == (False, "")

    SampledCase.objects.filter(pk=case.pk).update(state=CaseState.AUDITING)
    answer = send(own, case, recording="no", recording_words="Later.", day=first)
    assert "There is nothing to confirm now" in answer.text
    assert str(now(case).attendance.day_id) == second


def test_the_pair_hears_that_the_worker_comes_at_another_time(
    case: SampledCase, own: Any, django_capture_on_commit_callbacks: Any
) -> None:
    send(own, case, recording="yes", day=days(case)[0])
    pair = a_pair(case.cycle, a_person("First"), a_person("Second"))
    SampledCase.objects.filter(pk=case.pk).update(state=CaseState.ALLOCATED, pair=pair)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        send(own, case, recording="yes", day="neither", attendance_words="On leave; by phone.")
    assert now(case).state == CaseState.ALLOCATED
    assert now(case).attendance.is_exception
    assert {letter.to[0] for letter in mail.outbox} == {one.email for one in pair.people}
    for letter in mail.outbox:
        assert reverse("selection:case", args=[case.ref]) in letter.body
        assert "phone" not in letter.body


@pytest.mark.parametrize("state", [CycleState.CANCELLED, CycleState.POSTPONED])
def test_nobody_confirms_for_a_cycle_that_was_stopped(
    case: SampledCase, own: Any, state: str
) -> None:
    AuditCycle.objects.filter(pk=case.cycle_id).update(state=state)
    answer = send(own, case, recording="yes", day=days(case)[0])
    assert "There is nothing to confirm now" in answer.text
    assert now(case).recording is None


# --- Another worker, other days ------------------------------------------------------------------------


def test_another_worker_is_told_and_confirms_anew(
    case: SampledCase,
    own: Any,
    officer: StaffMember,
    sign_in: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    send(own, case, recording="yes")
    other = a_person("Olga")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        name_worker(case=case, worker=other, named_by=officer)
    (letter,) = mail.outbox
    assert letter.to == [other.email]
    assert reverse("selection:prepare", args=[case.ref]) in letter.body
    assert now(case).recording is None
    assert send(own, case, recording="yes").status_code == 404
    send(sign_in(other), case, day=days(case)[0])
    assert now(case).state == CaseState.WORKER_NOTIFIED


@pytest.mark.parametrize("state", [CaseState.READY, CaseState.ALLOCATED, CaseState.AUDITING])
def test_the_worker_stays_once_the_case_is_prepared(
    case: SampledCase, officer: StaffMember, sign_in: Any, state: str
) -> None:
    SampledCase.objects.filter(pk=case.pk).update(state=state)
    mail.outbox.clear()
    with pytest.raises(StepNotPossible, match="stays"):
        name_worker(case=case, worker=a_person("Olga"), named_by=officer)
    page = sign_in(Role.QA_OFFICER).get(reverse("selection:case", args=[case.ref])).text
    assert reverse("selection:name_worker", args=[case.ref]) not in page
    assert mail.outbox == []


def test_half_an_answer_is_asked_again_too_when_the_days_move(
    case: SampledCase, own: Any, officer: StaffMember
) -> None:
    send(own, case, day=days(case)[0])
    ask_workers_again(cycle=case.cycle, asked_by=officer, reason="The hall is taken.")
    assert now(case).attendance is None
    send(own, case, recording="yes")
    assert now(case).state == CaseState.WORKER_NOTIFIED
