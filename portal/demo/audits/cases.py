"""What was done with a drawn case, up to the state that it is in: told, prepared, given, read, finished."""

from datetime import timedelta
from typing import Any

from learning.programme.models import AuditCycle, AuditDay
from learning.selection.models import (
    AttendanceConfirmation,
    RecordingConfirmation,
    SampledCase,
)
from learning.selection.states import CaseState
from portal.demo.audits.cast import Cast
from portal.demo.audits.cycles import LEAD
from portal.demo.audits.quarters import moment, pace_of
from portal.demo.audits.recommendations import OFFICER
from portal.demo.audits.shelf import Shelf

WAY = [
    (CaseState.CONFIRMED, "confirm", "draw", 12),
    (CaseState.WORKER_NOTIFIED, "tell_worker", "tell", 10),
    (CaseState.READY, "become_ready", "attendance", 16),
    (CaseState.ALLOCATED, "allocate", "allocate", 11),
    (CaseState.AUDITING, "open", "begin_days", 9),
    (CaseState.AUDITED, "finish_audit", "sign_off", 11),
    (CaseState.FEEDBACK_DONE, "finish_feedback", "complete", 15),
    (CaseState.COMPLETE, "complete", "complete", 16),
]
"""Each state, the step that leads to it, and when that was: a day of `quarters`, and an hour."""

IN_ORDER = [state for state, *_ in WAY]
EVERY_NTH_LATE, EVERY_NTH_AWAY = 11, 17
NOT_YET_WRITTEN = "One visit is still to be written up; it will be by the first day."
ANOTHER_TIME = "In court on both afternoons; my manager comes, and I can be rung at noon."


def prepare_case(
    shelf: Shelf, cast: Cast, cycle: AuditCycle, case: SampledCase, number: int
) -> None:
    """The confirmations of its worker and the events of its way."""
    reached = IN_ORDER.index(CaseState(case.state)) if case.state in IN_ORDER else 0
    if reached >= IN_ORDER.index(CaseState.READY):
        _confirm(shelf, cycle, case, number)
    pace = pace_of(cycle.ref)
    for state, step, day, hour in WAY[: reached + 1]:
        by = _who(cast, case, state)
        shelf.event(pace.at(day, hour), by, f"sampledcase.{step}", case)


def _who(cast: Cast, case: SampledCase, state: CaseState) -> Any:
    if state == CaseState.READY:
        return case.worker
    return cast[OFFICER if state in IN_ORDER[:4] else LEAD]


def _confirm(shelf: Shelf, cycle: AuditCycle, case: SampledCase, number: int) -> None:
    """Most confirm in time; now and then recording is behind, or neither day suits."""
    pace = pace_of(cycle.ref)
    is_late, is_away = number % EVERY_NTH_LATE == 0, number % EVERY_NTH_AWAY == 0
    shelf.add(
        RecordingConfirmation(
            case=case,
            is_exception=is_late,
            words=NOT_YET_WRITTEN if is_late else "",
            confirmed_by=case.worker,
            confirmed_at=pace.at("recording", 14) + timedelta(hours=number % 3),
        )
    )
    shelf.add(
        AttendanceConfirmation(
            case=case,
            day=None if is_away else _day_of(cycle, number),
            is_exception=is_away,
            words=ANOTHER_TIME if is_away else "",
            confirmed_by=case.worker,
            confirmed_at=moment(pace.day("attendance"), 14),
        )
    )


def _day_of(cycle: AuditCycle, number: int) -> AuditDay:
    days = sorted(cycle.days.all(), key=lambda day: day.number)
    return days[number % 2]
