"""From a confirmed draw to workers who are ready: told, recording up to date, a time that suits (A7–A8)."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

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
from learning.selection.models import (
    AttendanceConfirmation,
    RecordingConfirmation,
    SampledCase,
)
from learning.selection.states import CaseState
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
    cycle_in(cycle, TO_PREPARE)
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
class Preparation:
    """What a worker says about one case: recording, and which day suits."""

    is_recorded: bool
    day: AuditDay | None
    recording_words: str = ""
    attendance_words: str = ""


@transaction.atomic
def confirm_preparation(*, case: SampledCase, said: Preparation, confirmed_by: Any) -> SampledCase:
    """The case, ready for its pair. What is not as it should be is an exception, and needs words."""
    if case.worker_id != confirmed_by.pk:
        raise PermissionDenied(Right.CONFIRM_PREPARATION.value.words)
    ready = take_step(case, "become_ready", actor=confirmed_by)
    RecordingConfirmation.objects.create(
        case=ready,
        is_exception=not said.is_recorded,
        words=said.recording_words,
        confirmed_by=confirmed_by,
    )
    AttendanceConfirmation.objects.create(
        case=ready,
        day=said.day,
        is_exception=said.day is None,
        words=said.attendance_words,
        confirmed_by=confirmed_by,
    )
    return ready
