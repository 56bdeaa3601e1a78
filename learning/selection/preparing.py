"""From a confirmed draw to workers who are ready: told, recording up to date, a time that suits (A7–A8)."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.events.refusals import Refusal
from learning.events.services import record_event
from learning.events.steps import StepNotPossible, take_step
from learning.programme.gates import missing_for
from learning.programme.models import AuditCycle, AuditDay
from learning.programme.services import move_cycle, refuse_unless_holds, why_a_reason
from learning.programme.states import CycleState
from learning.selection import mails
from learning.selection.asking_again import forget_what_was_said
from learning.selection.models import (
    AttendanceConfirmation,
    RecordingConfirmation,
    SampledCase,
)
from learning.selection.states import TO_CONFIRM, CaseState
from learning.selection.timing import TO_PREPARE, cycle_in


class WorkersNotTold(Refusal):
    """The workers cannot be told yet; the message says why, to the person."""


@transaction.atomic
def name_worker(*, case: SampledCase, worker: Any, named_by: Any) -> SampledCase:
    """The case with its worker: a council's list names people whom the portal cannot know for sure.

    Once somebody was told, the new worker is told as well.
    """
    refuse_unless_holds(named_by, Right.ALLOCATE)
    cycle_in(case.cycle, TO_PREPARE)
    fresh = SampledCase.objects.select_for_update().get(pk=case.pk)
    if fresh.state not in (CaseState.CONFIRMED, CaseState.WORKER_NOTIFIED):
        raise StepNotPossible(
            f"The worker of {fresh} stays: the case is “{fresh.get_state_display().lower()}”."
        )
    if not worker.may_sign_in:
        raise StepNotPossible(f"{worker} does not sign in to the portal any more.")
    if fresh.worker_id != worker.pk:
        forget_what_was_said([fresh])  # what one worker confirmed, another has not
    fresh.worker = worker
    fresh.team = fresh.team or worker.team
    fresh.save()
    record_event(
        actor=named_by,
        action="sampledcase.name_worker",
        about=fresh,
        reason=f"person {worker.pk}",
    )
    if fresh.state == CaseState.WORKER_NOTIFIED:
        mails.tell_workers([fresh])
    return fresh


@transaction.atomic
def tell_workers(*, cycle: AuditCycle, told_by: Any) -> list[SampledCase]:
    """The cases whose workers are told now. When the lead tells them, the cycle goes on as well."""
    refuse_unless_holds(told_by, Right.ALLOCATE)
    cycle = cycle_in(cycle, TO_PREPARE)
    cases = list(cycle.sample.filter(state=CaseState.CONFIRMED).select_related("worker"))
    nameless = [case.ref for case in cases if case.worker is None]
    if nameless:
        raise WorkersNotTold(f"Name the workers of these cases first: {', '.join(nameless)}.")
    if not cases:
        raise WorkersNotTold("There is no confirmed case whose worker is still to be told.")
    told = [take_step(case, "tell_worker", actor=told_by) for case in cases]
    mails.tell_workers(told)
    _take_cycle_on(cycle, told_by)
    return told


def _take_cycle_on(cycle: AuditCycle, told_by: Any) -> None:
    """The lead need not say twice that the workers were told, unless something asks for a reason."""
    step = "tell_workers"
    waits = cycle.state == CycleState.SELECTION and not missing_for(cycle, step)
    if waits and not why_a_reason(cycle, step) and holds(told_by, Right.PLAN_PROGRAMME):
        move_cycle(cycle=cycle, step=step, actor=told_by)


@dataclass(frozen=True)
class Recording:
    """What a worker says about the recording of one case."""

    is_up_to_date: bool
    words: str = ""


@dataclass(frozen=True)
class Attendance:
    """Which day suits the worker of one case; none of them, and then another time or why not."""

    day: AuditDay | None
    words: str = ""


@transaction.atomic
def confirm_preparation(
    *,
    case: SampledCase,
    recording: Recording | None,
    attendance: Attendance | None,
    confirmed_by: Any,
) -> SampledCase:
    """The case with what its worker says, in place of what was said before; ready once both is said.

    Each can be said alone, and changed until the pair opens the case (domain.md A7–A8). What is not as it
    should be is an exception, and needs words.
    """
    if case.worker_id != confirmed_by.pk:
        raise PermissionDenied(Right.CONFIRM_PREPARATION.value.words)
    cycle_in(case.cycle, TO_PREPARE)
    fresh = SampledCase.objects.select_for_update().get(pk=case.pk)
    if fresh.state not in TO_CONFIRM:
        state = fresh.get_state_display().lower()
        raise StepNotPossible(f"There is nothing to confirm now: {fresh} is “{state}”.")
    if recording is not None:
        _keep_recording(fresh, recording, confirmed_by)
    if attendance is not None:
        _keep_attendance(fresh, attendance, confirmed_by)
    if fresh.state == CaseState.WORKER_NOTIFIED and fresh.recording and fresh.attendance:
        return take_step(fresh, "become_ready", actor=confirmed_by)
    return fresh


def _keep_recording(case: SampledCase, said: Recording, confirmed_by: Any) -> None:
    row, _ = RecordingConfirmation.objects.update_or_create(
        case=case,
        defaults={
            "is_exception": not said.is_up_to_date,
            "words": said.words,
            "confirmed_by": confirmed_by,
            "confirmed_at": timezone.now(),
        },
    )
    record_event(actor=confirmed_by, action="recordingconfirmation.give", about=row)


def _keep_attendance(case: SampledCase, said: Attendance, confirmed_by: Any) -> None:
    """Tells the pair, if the case has one by then: it plans its afternoon by this."""
    row, _ = AttendanceConfirmation.objects.update_or_create(
        case=case,
        defaults={
            "day": said.day,
            "is_exception": said.day is None,
            "words": said.words,
            "confirmed_by": confirmed_by,
            "confirmed_at": timezone.now(),
        },
    )
    record_event(actor=confirmed_by, action="attendanceconfirmation.give", about=row)
    mails.tell_pair_of_conversation(case)
