"""When the days of a cycle change: moved, put off, planned again (domain.md A1–A2, E1)."""

from typing import Any

from django.db import transaction

from learning.access.matrix import Right
from learning.events.services import record_event
from learning.events.steps import take_step
from learning.programme import countdown, mails
from learning.programme.gates import missing_for
from learning.programme.models import AuditCycle, CycleFocus
from learning.programme.news import cycle_changed, days_moved
from learning.programme.services import (
    CycleNotPlannable,
    Days,
    check_days,
    move_cycle,
    plan_cycle,
    quarter_of,
    refuse_unless_holds,
    set_days,
)
from learning.programme.states import STEP_WORDS, CycleState

LEAVE_QUARTER = "leave_quarter"
"""What a room holds by a gate that ties a cycle to its quarter, such as a sample."""


@transaction.atomic
def move_days(*, cycle: AuditCycle, days: Days, moved_by: Any, reason: str) -> AuditCycle:
    """The cycle on its new days, its countdown moved with them; only before the days begin.

    Whoever has prepared for the old days is asked again. A cycle with a sample stays in its quarter.
    """
    refuse_unless_holds(moved_by, Right.ARRANGE_CYCLE)
    fresh = AuditCycle.objects.select_for_update().get(pk=cycle.pk)
    if not fresh.is_before_the_days:
        raise CycleNotPlannable("The days of this cycle have begun, or it is over.")
    if not reason:
        raise CycleNotPlannable("Say why the days move: people have planned for the old ones.")
    if _leaves_quarter(fresh, days) and (held := missing_for(fresh, LEAVE_QUARTER)):
        raise CycleNotPlannable(
            f"{' '.join(held)} For days in another quarter postpone the cycle and plan it again."
        )
    check_days(fresh.programme, days, years=_years_for(fresh), but=fresh)
    return _put_on(fresh, days, by=moved_by, reason=reason)


def _leaves_quarter(cycle: AuditCycle, days: Days) -> bool:
    return quarter_of(days) != cycle.quarter


def _put_on(cycle: AuditCycle, days: Days, *, by: Any, reason: str) -> AuditCycle:
    """The cycle on these days. A cycle that was ready is not so any more: nobody has confirmed for them."""
    if cycle.state == CycleState.READY:
        cycle = take_step(cycle, "prepare_again", actor=by, reason=reason)
    cycle.quarter = quarter_of(days)
    cycle.save()
    countdown.take_back(cycle, countdown.BOUND_TO_DAYS)
    set_days(cycle, days)
    record_event(actor=by, action="auditcycle.move_days", about=cycle, reason=reason)
    moved = AuditCycle.objects.get(pk=cycle.pk)
    cycle_changed.send(sender=AuditCycle, cycle=moved, step="")
    days_moved.send(sender=AuditCycle, cycle=moved, moved_by=by, reason=reason)
    mails.tell_team_of_days(moved)
    return moved


@transaction.atomic
def resume_cycle(*, cycle: AuditCycle, days: Days, actor: Any) -> AuditCycle:
    """A postponed cycle, planned again on new days, which may lie in the next year.

    In another quarter than its sample it does not go on itself: another cycle takes its place, and is
    returned. The old one ends with its draw and certificate as they were.
    """
    refuse_unless_holds(actor, Right.PLAN_PROGRAMME)
    fresh = AuditCycle.objects.select_for_update().get(pk=cycle.pk)
    if fresh.state != CycleState.POSTPONED:
        raise CycleNotPlannable("Only a cycle that was postponed is planned again.")
    check_days(fresh.programme, days, years=_years_for(fresh), but=fresh)
    if _leaves_quarter(fresh, days) and missing_for(fresh, LEAVE_QUARTER):
        return _in_its_place(fresh, days, actor)
    resumed = move_cycle(cycle=fresh, step="resume", actor=actor)
    countdown.take_back(resumed, STEP_WORDS)
    return _put_on(resumed, days, by=actor, reason="planned again after it was postponed")


def _years_for(cycle: AuditCycle) -> set[int]:
    """The programme's year; for one that was carried into the next, or is put off, that one too."""
    year = cycle.programme.year
    runs_on = cycle.state == CycleState.POSTPONED or (
        cycle.first_day is not None and cycle.first_day.year == year + 1
    )
    return {year, year + 1} if runs_on else {year}


def _in_its_place(old: AuditCycle, days: Days, actor: Any) -> AuditCycle:
    """A new cycle of the same year with the people and the focus of the old one, which is cancelled."""
    new = plan_cycle(
        programme=old.programme,
        days=days,
        lead=old.lead,
        deputy=old.deputy,
        administrator=old.administrator,
        it_contact=old.it_contact,
        planned_by=actor,
        years=_years_for(old),
    )
    focus = CycleFocus.objects.filter(cycle=old).first()
    if focus is not None:
        focus.pk, focus.cycle = None, new
        focus.save()
    move_cycle(cycle=old, step="cancel", actor=actor, reason=f"{new} takes its place")
    return new
