"""Planning the year, and taking a cycle from step to step (domain.md A1–A5, E1)."""

from collections.abc import Collection, Sequence
from datetime import date
from itertools import count
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.events.refusals import Refusal
from learning.events.services import record_event
from learning.events.steps import take_step
from learning.programme import countdown
from learning.programme.gates import CycleNotReady, ReasonNeeded, cautions_for, missing_for
from learning.programme.mails import tell_team_of_days
from learning.programme.models import (
    USUAL_CYCLES,
    AuditCycle,
    AuditDay,
    AuditProgramme,
)
from learning.programme.news import cycle_changed
from learning.programme.states import NEEDS_A_REASON, CycleState

Days = tuple[date, date]


class CycleNotPlannable(Refusal):
    """The year or the cycle cannot be planned like this; the message says why, to the person."""


def refuse_unless_holds(person: Any, right: Right) -> None:
    """`PermissionDenied` for anybody whose roles do not give this right."""
    if not holds(person, right):
        raise PermissionDenied(right.value.words)


# --- Planning ----------------------------------------------------------------------------------------


@transaction.atomic
def plan_programme(
    *,
    year: int,
    cycles: Sequence[Days],
    planned_by: Any,
    lead: Any | None = None,
    reason: str = "",
) -> AuditProgramme:
    """The year with its cycles, each planned with its two days. Another number than four needs a reason."""
    refuse_unless_holds(planned_by, Right.PLAN_PROGRAMME)
    if AuditProgramme.objects.filter(year=year).exists():
        raise CycleNotPlannable(f"There is a programme for {year} already.")
    _check_number(len(cycles), reason)
    programme = AuditProgramme.objects.create(year=year, reason_for_number=reason)
    record_event(actor=planned_by, action="auditprogramme.plan", about=programme, reason=reason)
    for days in cycles:
        plan_cycle(programme=programme, days=days, lead=lead or planned_by, planned_by=planned_by)
    return programme


def _check_number(number: int, reason: str) -> None:
    if number == 0:
        raise CycleNotPlannable("Give at least one cycle its two days.")
    if number != USUAL_CYCLES and not reason:
        raise CycleNotPlannable("A year has four cycles. Say why this one has not.")


@transaction.atomic
def add_cycle(
    *, programme: AuditProgramme, days: Days, lead: Any, planned_by: Any, reason: str = ""
) -> AuditCycle:
    """One more cycle in a year that is planned already.

    Why there are fewer than four may have been said before; why there are more has to be said each time.
    """
    refuse_unless_holds(planned_by, Right.PLAN_PROGRAMME)
    locked = AuditProgramme.objects.select_for_update().get(pk=programme.pk)
    kept = locked.cycles.exclude(state=CycleState.CANCELLED).count()
    said_before = locked.reason_for_number if kept < USUAL_CYCLES else ""
    _check_number(kept + 1, reason or said_before)
    locked.reason_for_number = "" if kept + 1 == USUAL_CYCLES else reason or said_before
    locked.save()
    return plan_cycle(programme=locked, days=days, lead=lead, planned_by=planned_by)


@transaction.atomic
def plan_cycle(
    *,
    programme: AuditProgramme,
    days: Days,
    lead: Any,
    planned_by: Any,
    deputy: Any | None = None,
    administrator: Any | None = None,
    it_contact: Any | None = None,
    years: Collection[int] = (),
) -> AuditCycle:
    """A planned cycle with its two days, its countdown and the usual timetable. `years`: see `check_days`."""
    refuse_unless_holds(planned_by, Right.PLAN_PROGRAMME)
    check_leads(lead, deputy)
    check_days(programme, days, years=years)
    quarter = quarter_of(days)
    cycle = AuditCycle.objects.create(
        programme=programme,
        ref=_free_reference(quarter),
        quarter=quarter,
        lead=lead,
        deputy=deputy,
        administrator=administrator,
        it_contact=it_contact,
    )
    set_days(cycle, days)
    record_event(actor=planned_by, action="auditcycle.plan", about=cycle)
    cycle_changed.send(sender=AuditCycle, cycle=cycle, step="")
    return cycle


def check_days(
    programme: AuditProgramme,
    days: Days,
    *,
    years: Collection[int] = (),
    but: AuditCycle | None = None,
) -> None:
    """`CycleNotPlannable` for days that cannot be: outside the programme's year, or these `years`, or while
    another cycle than `but` has its days."""
    first, second = days
    if second <= first:
        raise CycleNotPlannable("The second day comes after the first.")
    wanted = sorted(years) or [programme.year]
    if first.year not in wanted:
        said = " or ".join(str(year) for year in wanted)
        raise CycleNotPlannable(f"The first day lies in {first.year}, not in {said}.")
    others = AuditCycle.objects.exclude(state__in=(CycleState.CANCELLED, CycleState.POSTPONED))
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.filter(days__date__range=days).exists():
        raise CycleNotPlannable("Another cycle has its days then.")


def quarter_of(days: Days) -> str:
    """The quarter that a cycle with these days is counted in: `2026-Q4`."""
    return f"{days[0].year}-Q{(days[0].month + 2) // 3}"


def check_leads(lead: Any, deputy: Any | None) -> None:
    """Exactly one leads, and somebody else stands in (domain.md A18)."""
    if deputy is not None and deputy == lead:
        raise CycleNotPlannable("Lead and deputy are two people.")
    for person in (lead, deputy):
        if person is not None and not holds(person, Right.PLAN_PROGRAMME):
            raise CycleNotPlannable(f"{person} is not one of the lead managers QA.")


def _free_reference(quarter: str) -> str:
    """`2026-Q4`; `2026-Q4-2` for a second cycle in one quarter. A cycle that moved away keeps its reference."""
    taken = set(AuditCycle.objects.filter(ref__startswith=quarter).values_list("ref", flat=True))
    names = (f"{quarter}-{number}" if number > 1 else quarter for number in count(1))
    return next(name for name in names if name not in taken)


def set_days(cycle: AuditCycle, days: Days) -> None:
    """Give the cycle these days, and lay out its countdown and timetable for them."""
    known = {day.number: day for day in cycle.days.all()}
    numbered = list(enumerate(days, start=1))
    if known and days[0] > known[1].date:
        numbered.reverse()  # so that the first day is never put on the second's old date
    for number, day in numbered:
        audit_day, _ = AuditDay.objects.update_or_create(
            cycle=cycle, number=number, defaults={"date": day}
        )
        countdown.write_usual_timetable(audit_day)
    countdown.lay_out(cycle)


# --- Moving on ---------------------------------------------------------------------------------------


@transaction.atomic
def move_cycle(*, cycle: AuditCycle, step: str, actor: Any, reason: str = "") -> AuditCycle:
    """The cycle after the step. Raises `CycleNotReady` with what is missing, `ReasonNeeded` where the
    step needs one, `StepNotPossible` where it does not fit."""
    refuse_unless_holds(actor, Right.PLAN_PROGRAMME)
    fresh = AuditCycle.objects.select_for_update().get(pk=cycle.pk)
    if missing := missing_for(fresh, step):
        raise CycleNotReady(missing)
    if not reason and (open_questions := why_a_reason(fresh, step)):
        raise ReasonNeeded(open_questions)
    moved = take_step(fresh, step, actor=actor, reason=reason)
    countdown.tick(moved, step, by=actor)
    cycle_changed.send(sender=AuditCycle, cycle=moved, step=step)
    if step == "postpone":
        tell_team_of_days(moved)
    return moved


def why_a_reason(cycle: AuditCycle, step: str) -> list[str]:
    """Why this step needs a reason, a sentence each; empty when it needs none."""
    asked = [NEEDS_A_REASON[step]] if step in NEEDS_A_REASON else []
    return asked + cautions_for(cycle, step)
