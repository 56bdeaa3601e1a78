"""Planning the year, arranging a cycle, and taking it from step to step (domain.md A1–A5, E1)."""

from collections.abc import Sequence
from datetime import date
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
from learning.programme.models import (
    USUAL_CYCLES,
    AuditCycle,
    AuditDay,
    AuditProgramme,
    CountdownTask,
    CycleFocus,
    TimetableEntry,
)
from learning.programme.news import cycle_changed
from learning.programme.states import NEEDS_A_REASON, CycleState
from learning.vocabulary.models import Theme

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


def _check_number(count: int, reason: str) -> None:
    if count == 0:
        raise CycleNotPlannable("Give at least one cycle its two days.")
    if count != USUAL_CYCLES and not reason:
        raise CycleNotPlannable("A year has four cycles. Say why this one has not.")


@transaction.atomic
def add_cycle(
    *, programme: AuditProgramme, days: Days, lead: Any, planned_by: Any, reason: str = ""
) -> AuditCycle:
    """One more cycle in a year that is planned already; a fifth needs a reason."""
    refuse_unless_holds(planned_by, Right.PLAN_PROGRAMME)
    locked = AuditProgramme.objects.select_for_update().get(pk=programme.pk)
    kept = locked.cycles.exclude(state=CycleState.CANCELLED).count()
    _check_number(kept + 1, reason or locked.reason_for_number)
    if reason:
        locked.reason_for_number = reason
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
) -> AuditCycle:
    """A planned cycle with its two days, its countdown and the usual timetable."""
    refuse_unless_holds(planned_by, Right.PLAN_PROGRAMME)
    _check_leads(lead, deputy)
    _check_days(programme, days)
    quarter = f"{days[0].year}-Q{(days[0].month + 2) // 3}"
    cycle = AuditCycle.objects.create(
        programme=programme,
        ref=_free_reference(quarter),
        quarter=quarter,
        lead=lead,
        deputy=deputy,
        administrator=administrator,
        it_contact=it_contact,
    )
    _set_days(cycle, days)
    record_event(actor=planned_by, action="auditcycle.plan", about=cycle)
    cycle_changed.send(sender=AuditCycle, cycle=cycle, step="")
    return cycle


def _check_days(programme: AuditProgramme, days: Days, *, but: AuditCycle | None = None) -> None:
    first, second = days
    if second <= first:
        raise CycleNotPlannable("The second day comes after the first.")
    if first.year != programme.year:
        raise CycleNotPlannable(f"The first day lies in {first.year}, not in {programme.year}.")
    others = AuditCycle.objects.exclude(state=CycleState.CANCELLED)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.filter(days__date__range=days).exists():
        raise CycleNotPlannable("Another cycle has its days then.")


def _check_leads(lead: Any, deputy: Any | None) -> None:
    """Exactly one leads, and somebody else stands in (domain.md A18)."""
    if deputy is not None and deputy == lead:
        raise CycleNotPlannable("Lead and deputy are two people.")
    for person in (lead, deputy):
        if person is not None and not holds(person, Right.PLAN_PROGRAMME):
            raise CycleNotPlannable(f"{person} is not one of the lead managers QA.")


def _free_reference(quarter: str) -> str:
    """`2026-Q4`; `2026-Q4-2` for a second cycle in one quarter."""
    count = AuditCycle.objects.filter(quarter=quarter).count()
    return quarter if count == 0 else f"{quarter}-{count + 1}"


def _set_days(cycle: AuditCycle, days: Days) -> None:
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


# --- Arranging ---------------------------------------------------------------------------------------


@transaction.atomic
def move_days(*, cycle: AuditCycle, days: Days, moved_by: Any, reason: str) -> AuditCycle:
    """The cycle on its new days, its countdown moved with them; only before the days begin."""
    refuse_unless_holds(moved_by, Right.ARRANGE_CYCLE)
    fresh = AuditCycle.objects.select_for_update().get(pk=cycle.pk)
    if not fresh.is_before_the_days:
        raise CycleNotPlannable("The days of this cycle have begun, or it is over.")
    if not reason:
        raise CycleNotPlannable("Say why the days move: people have planned for the old ones.")
    _check_days(fresh.programme, days, but=fresh)
    _set_days(fresh, days)
    record_event(actor=moved_by, action="auditcycle.move_days", about=fresh, reason=reason)
    cycle_changed.send(sender=AuditCycle, cycle=fresh, step="")
    return fresh


@transaction.atomic
def name_people(
    *,
    cycle: AuditCycle,
    lead: Any,
    deputy: Any | None,
    administrator: Any | None,
    it_contact: Any | None,
    named_by: Any,
) -> AuditCycle:
    """The cycle with these people; what is left of the countdown falls to them."""
    refuse_unless_holds(named_by, Right.ARRANGE_CYCLE)
    fresh = AuditCycle.objects.select_for_update().get(pk=cycle.pk)
    if (lead, deputy) != (fresh.lead, fresh.deputy):
        refuse_unless_holds(named_by, Right.PLAN_PROGRAMME)
    _check_leads(lead, deputy)
    fresh.lead, fresh.deputy = lead, deputy
    fresh.administrator, fresh.it_contact = administrator, it_contact
    fresh.save()
    if administrator and it_contact:
        countdown.tick(fresh, "name_people", by=named_by)
    countdown.lay_out(fresh)
    record_event(actor=named_by, action="auditcycle.name_people", about=fresh)
    return fresh


@transaction.atomic
def set_focus(
    *,
    cycle: AuditCycle,
    source: str,
    source_words: str,
    population: str,
    theme: Theme,
    question: str,
    set_by: Any,
) -> CycleFocus:
    """What the cycle looks at in particular, and where that comes from (domain.md A11–A13)."""
    refuse_unless_holds(set_by, Right.ARRANGE_CYCLE)
    focus, _ = CycleFocus.objects.update_or_create(
        cycle=cycle,
        defaults={
            "source": source,
            "source_words": source_words,
            "population": population,
            "theme": theme,
            "question": question,
        },
    )
    countdown.tick(cycle, "focus", by=set_by)
    record_event(actor=set_by, action="auditcycle.set_focus", about=cycle)
    cycle_changed.send(sender=AuditCycle, cycle=cycle, step="")
    return focus


@transaction.atomic
def write_timetable(
    *, day: AuditDay, entries: Sequence[tuple[Any, Any, str]], written_by: Any
) -> AuditDay:
    """The day with this timetable in place of the old one: (from, to, what) each."""
    refuse_unless_holds(written_by, Right.ARRANGE_CYCLE)
    day.timetable.all().delete()
    TimetableEntry.objects.bulk_create(
        TimetableEntry(day=day, starts_at=starts_at, ends_at=ends_at, words=words)
        for starts_at, ends_at, words in entries
    )
    record_event(actor=written_by, action="auditday.write_timetable", about=day)
    cycle_changed.send(sender=AuditCycle, cycle=day.cycle, step="")
    return day


@transaction.atomic
def finish_task(*, task: CountdownTask, done_by: Any) -> CountdownTask:
    """The task, ticked; by whom it falls to, or somebody who arranges the cycle. One that is a step of the
    cycle is done by taking the step."""
    if task.is_a_step:
        raise CycleNotPlannable("This is done by taking the cycle’s next step.")
    if task.owner_id != done_by.pk:
        refuse_unless_holds(done_by, Right.ARRANGE_CYCLE)
    countdown.tick(task.cycle, task.key, by=done_by)
    record_event(actor=done_by, action="countdowntask.finish", about=task)
    task.refresh_from_db()
    return task


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
    return moved


def why_a_reason(cycle: AuditCycle, step: str) -> list[str]:
    """Why this step needs a reason, a sentence each; empty when it needs none."""
    asked = [NEEDS_A_REASON[step]] if step in NEEDS_A_REASON else []
    return asked + cautions_for(cycle, step)


@transaction.atomic
def resume_cycle(*, cycle: AuditCycle, days: Days, actor: Any) -> AuditCycle:
    """A postponed cycle, planned again on new days."""
    resumed = move_cycle(cycle=cycle, step="resume", actor=actor)
    reason = "planned again after it was postponed"
    return move_days(cycle=resumed, days=days, moved_by=actor, reason=reason)
