"""What the draw and its cases want done before a cycle goes on (domain.md E1)."""

from typing import Any

from learning.programme import gates
from learning.programme.models import AuditCycle
from learning.programme.moving import LEAVE_QUARTER
from learning.programme.news import cycle_changed, days_moved
from learning.selection.asking_again import (
    ask_workers_again,
    tell_workers_of_days,
    ties_to_quarter,
)
from learning.selection.models import SampledCase, SelectionDraw
from learning.selection.states import CaseState

STILL_PREPARING = (CaseState.CONFIRMED, CaseState.WORKER_NOTIFIED)


def draw_missing(cycle: AuditCycle) -> list[str]:
    """What the sample needs before its workers count as told. Coverage and the least number of initial
    contacts were asked by the draw, which does not come about without them."""
    draw = SelectionDraw.objects.filter(cycle=cycle).first()
    if draw is None or draw.confirmed_at is None:
        return ["Draw the sample and confirm the draw."]
    missing = [] if (draw.certificate or {}).get("frame_hash") else ["The draw has no frame hash."]
    waiting = _refs(cycle, CaseState.DRAWN, CaseState.CONFIRMED)
    if waiting:
        missing.append(f"Tell the workers of these cases: {', '.join(waiting)}.")
    return missing


def preparation_missing(cycle: AuditCycle) -> list[str]:
    """Who has not confirmed recording and attendance yet, by reference (domain.md A7–A8)."""
    waiting = _refs(cycle, *STILL_PREPARING)
    if not waiting:
        return []
    return [f"These workers have not confirmed recording and attendance: {', '.join(waiting)}."]


def allocation_missing(cycle: AuditCycle) -> list[str]:
    """Cases that no pair has yet when the first day comes."""
    waiting = _refs(cycle, CaseState.READY)
    return [f"Give these cases to pairs: {', '.join(waiting)}."] if waiting else []


def _refs(cycle: AuditCycle, *states: CaseState) -> list[str]:
    cases = SampledCase.objects.filter(cycle=cycle, state__in=states)
    return list(cases.order_by("ref").values_list("ref", flat=True))


def _days_moved(sender: Any, cycle: AuditCycle, moved_by: Any, reason: str, **kwargs: Any) -> None:
    ask_workers_again(cycle=cycle, asked_by=moved_by, reason=reason)


def _cycle_changed(sender: Any, cycle: AuditCycle, step: str, **kwargs: Any) -> None:
    if step == "postpone":
        tell_workers_of_days(cycle=cycle)


def connect() -> None:
    """Called once when the app is ready."""
    gates.hold("tell_workers", draw_missing)
    gates.hold("declare_ready", preparation_missing)
    gates.hold(LEAVE_QUARTER, ties_to_quarter)
    gates.hold("begin_days", allocation_missing)
    days_moved.connect(_days_moved, dispatch_uid="selection_days_moved")
    cycle_changed.connect(_cycle_changed, dispatch_uid="selection_cycle_changed")
