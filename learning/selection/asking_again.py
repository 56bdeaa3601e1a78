"""When the days of a cycle move: what its workers confirmed was for the old ones (domain.md A7–A8)."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from learning.events.steps import take_step
from learning.programme.models import AuditCycle
from learning.selection import mails
from learning.selection.announcing import case_given_back
from learning.selection.models import (
    AttendanceConfirmation,
    RecordingConfirmation,
    SampledCase,
    SelectionDraw,
)
from learning.selection.states import TO_CONFIRM, CaseState

CONFIRMED_BY_WORKER = (CaseState.READY, CaseState.ALLOCATED)


@transaction.atomic
def ask_workers_again(*, cycle: AuditCycle, asked_by: Any, reason: str) -> None:
    """Have workers say anew that all is prepared; every worker who was told gets a mail.

    When they said yes before, and that they were asked again, stands in the events.
    """
    forget_what_was_said(cycle.sample.filter(state__in=TO_CONFIRM))
    for case in cycle.sample.filter(state__in=CONFIRMED_BY_WORKER):
        asked = take_step(case, "ask_again", actor=asked_by, reason=reason)
        case_given_back.send(sender=SampledCase, case=asked, given_back_by=asked_by)
    tell_workers_of_days(cycle=cycle)


def forget_what_was_said(cases: Iterable[SampledCase]) -> None:
    """Takes away what the workers of these cases confirmed; that they did stands in the events."""
    RecordingConfirmation.objects.filter(case__in=cases).delete()
    AttendanceConfirmation.objects.filter(case__in=cases).delete()


def tell_workers_of_days(*, cycle: AuditCycle) -> None:
    """Mails each worker who knows of a case that the days have changed."""
    told = cycle.sample.filter(state__in=TO_CONFIRM)
    mails.tell_of_days(cycle, list(told.select_related("worker")))


def ties_to_quarter(cycle: AuditCycle) -> list[str]:
    """Why the cycle stays in its quarter, a sentence; empty while no draw has begun.

    The list is that of a day, the sample was drawn from the work of its quarter, and its references say so.
    """
    if not SelectionDraw.objects.filter(cycle=cycle).exists():
        return []
    return [f"The sample of {cycle} belongs to {cycle.quarter}."]
