"""A year's cycles with their days, people, countdown and events."""

from datetime import date, timedelta
from typing import Any

from django.db.models import F

from learning.programme import countdown
from learning.programme.models import AuditCycle, AuditDay, AuditProgramme, CountdownTask
from learning.programme.states import NEXT_STEP, CycleState
from portal.demo.audits.cast import Cast
from portal.demo.audits.quarters import (
    FIRST_DAYS,
    UNDER_WAY,
    WHY_ONE_CYCLE,
    Pace,
    moment,
    pace_of,
)
from portal.demo.audits.shelf import Shelf

LEAD, DEPUTY = "marguerite.okonjo-lane", "julian.obuya"
ADMINISTRATOR, IT_CONTACT = "lorraine.pettifer", "kofi.asante-brooks"

STEP_DAYS = {
    "open_call": "open_call",
    "agree_team": "agree_team",
    "open_selection": "open_selection",
    "tell_workers": "tell",
    "declare_ready": "declare_ready",
    "begin_days": "begin_days",
    "finish_days": "finish_days",
    "finish_quality_assurance": "finish_quality_assurance",
    "finish_family_feedback": "finish_family_feedback",
    "send_to_boards": "send_to_boards",
    "publish_learning": "publish_learning",
    "close": "close",
}
"""The day in `quarters` on which each step of a cycle was taken."""


def make_cycle(ref: str, cast: Cast) -> AuditCycle:
    """The cycle with its two days, its countdown and timetable; its programme too, if it is the first."""
    pace = pace_of(ref)
    is_over = ref != UNDER_WAY
    cycle = AuditCycle.objects.create(
        programme=_programme(pace.first.year),
        ref=ref,
        quarter=ref,
        lead=cast[LEAD],
        deputy=cast[DEPUTY],
        administrator=cast[ADMINISTRATOR],
        it_contact=cast[IT_CONTACT],
        state=CycleState.CLOSED if is_over else CycleState.IN_PROGRESS,
        closed_at=pace.at("close") if is_over else None,
    )
    for number in (1, 2):
        day = AuditDay.objects.create(cycle=cycle, number=number, date=_day(pace, number))
        countdown.write_usual_timetable(day)
    countdown.lay_out(cycle)
    _tick(cycle, None if is_over else FIRST_DAYS[UNDER_WAY])
    return cycle


def _programme(year: int) -> AuditProgramme:
    of_year = [ref for ref in FIRST_DAYS if ref.startswith(str(year))]
    reason = WHY_ONE_CYCLE if len(of_year) == 1 else ""
    return AuditProgramme.objects.get_or_create(year=year, defaults={"reason_for_number": reason})[
        0
    ]


def _day(pace: Pace, number: int) -> date:
    return pace.first + timedelta(days=number - 1)


def _tick(cycle: AuditCycle, until: date | None) -> None:
    """The countdown's tasks up to that day, or all of them, were done on their day by their owner."""
    tasks = cycle.countdown.filter(due_date__lte=until) if until else cycle.countdown.all()
    rows = list(tasks)
    for task in rows:
        task.done_at = moment(task.due_date, 16)
    CountdownTask.objects.bulk_update(rows, ["done_at"])
    tasks.update(done_by=F("owner"))


def tell_steps(shelf: Shelf, cycle: AuditCycle, cast: Cast) -> None:
    """The events of the cycle's way up to the state that it is in."""
    lead: Any = cast[LEAD]
    pace = pace_of(cycle.ref)
    shelf.event(moment(pace.first - timedelta(days=90)), lead, "auditcycle.plan", cycle)
    for state, step in NEXT_STEP.items():
        if state == cycle.state:
            break
        shelf.event(pace.at(STEP_DAYS[step], 9), lead, f"auditcycle.{step}", cycle)
