"""What is arranged in a cycle until it is over: its people, its focus, its timetable, its countdown
(domain.md A3, A11–A13, A16, A18)."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from learning.access.matrix import Right
from learning.events.services import record_event
from learning.programme import countdown
from learning.programme.earlier import names_recommendation
from learning.programme.models import (
    AuditCycle,
    AuditDay,
    CountdownTask,
    CycleFocus,
    TimetableEntry,
)
from learning.programme.news import cycle_changed
from learning.programme.services import CycleNotPlannable, check_leads, refuse_unless_holds
from learning.programme.states import FocusSource
from learning.vocabulary.models import Theme


def cycle_to_arrange(cycle: AuditCycle) -> AuditCycle:
    """The cycle, read anew and locked; `CycleNotPlannable` once it is over (domain.md E1)."""
    fresh = AuditCycle.objects.select_for_update().get(pk=cycle.pk)
    if fresh.is_over:
        raise CycleNotPlannable(
            f"{fresh} is {fresh.get_state_display().lower()}: nothing in it changes any more. A lead may "
            "open a closed cycle again, with a reason."
        )
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
    fresh = cycle_to_arrange(cycle)
    if (lead, deputy) != (fresh.lead, fresh.deputy):
        refuse_unless_holds(named_by, Right.PLAN_PROGRAMME)
    check_leads(lead, deputy)
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
    cycle_to_arrange(cycle)
    if source == FocusSource.PREVIOUS_RECOMMENDATION and not names_recommendation(source_words):
        raise CycleNotPlannable(
            "Say which recommendation it was by its reference, such as 2026-Q3-R-04. It has to be an "
            "issued one."
        )
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
    cycle_to_arrange(day.cycle)
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
        raise CycleNotPlannable(
            "This is ticked when it is done: by the cycle’s next step, or the draw."
        )
    if task.owner_id != done_by.pk:
        refuse_unless_holds(done_by, Right.ARRANGE_CYCLE)
    cycle_to_arrange(task.cycle)
    countdown.tick(task.cycle, task.key, by=done_by)
    record_event(actor=done_by, action="countdowntask.finish", about=task)
    task.refresh_from_db()
    return task
