"""What the pages of the programme show."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Min, Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django_fsm import can_proceed

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.work import WorkItem, WorkKind
from learning.programme.gates import missing_for
from learning.programme.models import (
    AuditCycle,
    AuditProgramme,
    AuditTeamMember,
    CountdownTask,
)
from learning.programme.readings import acknowledged_by, readings_of_all
from learning.programme.services import why_a_reason
from learning.programme.states import (
    BEFORE_THE_DAYS,
    NEXT_STEP,
    STEP_WORDS,
    TEAM_CHANGES,
    CycleState,
)

SOON = timedelta(days=14)
SETTLED = (CycleState.CLOSED, CycleState.CANCELLED, CycleState.POSTPONED)


def programmes_with_cycles() -> QuerySet[AuditProgramme]:
    """Every year with its cycles, the newest first, ready to be listed."""
    cycles = AuditCycle.objects.select_related("lead", "focus__theme").prefetch_related("days")
    return AuditProgramme.objects.prefetch_related(Prefetch("cycles", queryset=cycles))


def cycles_to_show() -> QuerySet[AuditCycle]:
    """Cycles with the people named for them, their focus and their days."""
    return AuditCycle.objects.select_related(
        "programme", "lead", "deputy", "administrator", "it_contact", "focus__theme"
    ).prefetch_related("days__timetable")


# --- Where a cycle stands ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stage:
    """One state on a cycle's way, as the page shows it."""

    label: str
    is_done: bool
    is_current: bool


def way_of(cycle: AuditCycle) -> list[Stage]:
    """The states from planned to closed, with where the cycle is."""
    way = [*NEXT_STEP, CycleState.CLOSED]
    here = way.index(CycleState(cycle.state)) if cycle.state in way else -1
    return [Stage(state.label, place < here, place == here) for place, state in enumerate(way)]


@dataclass(frozen=True)
class Step:
    """One step that a cycle can take: what stands in its way, and why it needs a reason."""

    name: str
    words: str
    missing: list[str] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)

    @property
    def is_possible(self) -> bool:
        return not self.missing


def step_of(cycle: AuditCycle, name: str) -> Step:
    """The step with all that stands in its way; one that does not fit now says so and nothing else."""
    if not can_proceed(getattr(cycle, name)):
        state = cycle.get_state_display().lower()
        return Step(name, STEP_WORDS[name], [f"This does not fit now: {cycle} is “{state}”."])
    return Step(name, STEP_WORDS[name], missing_for(cycle, name), why_a_reason(cycle, name))


def next_step(cycle: AuditCycle) -> Step | None:
    """The step that takes the cycle on; None when it is closed, cancelled or postponed."""
    name = NEXT_STEP.get(CycleState(cycle.state))
    return step_of(cycle, name) if name else None


def other_steps(cycle: AuditCycle) -> list[Step]:
    """Steps aside or back that fit where the cycle stands."""
    names = []
    if cycle.state in BEFORE_THE_DAYS:
        names = ["postpone", "cancel"]
    elif cycle.state == CycleState.POSTPONED:
        names = ["cancel"]
    elif cycle.state == CycleState.CLOSED:
        names = ["reopen"]
    return [Step(name, STEP_WORDS[name]) for name in names]


# --- What waits for somebody -------------------------------------------------------------------------


def waiting_for(person: Any) -> list[WorkItem]:
    """What the programme asks of this person."""
    return [*_own_tasks(person), *_own_part(person), *_open_calls(person)]


def _own_tasks(person: Any) -> list[WorkItem]:
    """What is left of countdowns for this person, from two weeks before it is due: one line a cycle."""
    tasks = CountdownTask.objects.filter(
        owner=person, done_at=None, due_date__lte=timezone.localdate() + SOON
    ).exclude(cycle__state__in=SETTLED)
    by_cycle: dict[int, list[CountdownTask]] = {}
    for task in tasks.select_related("cycle"):
        by_cycle.setdefault(task.cycle_id, []).append(task)
    return [_task_item(first, len(others)) for first, *others in by_cycle.values()]


def _task_item(task: CountdownTask, more: int) -> WorkItem:
    """The task that is due first, with how many more there are."""
    return WorkItem(
        title=f"{task.cycle}: {task.words}",
        url=f"{task.cycle.get_absolute_url()}#countdown",
        kind=WorkKind.PREPARE,
        words=f"And {more} more in its countdown." if more else "Countdown to the audit days.",
        due=task.due_date,
    )


def _own_part(person: Any) -> list[WorkItem]:
    """What this person has still to do as an auditor, for each cycle."""
    members = (
        AuditTeamMember.objects.filter(person=person, cycle__state__in=TEAM_CHANGES)
        .select_related("cycle")
        .annotate(first_day=Min("cycle__days__date"))
    )
    cycles = [member.cycle for member in members]
    if not cycles:
        return []
    readings, done = readings_of_all(cycles), acknowledged_by(person, cycles)
    return [item for member in members for item in _part_items(member, readings, done)]


def _part_items(member: Any, readings: Any, done: Any) -> list[WorkItem]:
    cycle = member.cycle
    url = reverse("programme:my_part", args=[cycle.ref])
    items = []
    if member.links_declared_at is None:
        items.append(
            WorkItem(
                f"{cycle}: declare your links",
                f"{url}#links",
                WorkKind.PREPARE,
                words="Whose work you must not audit, or that there is nobody.",
                due=member.first_day,
            )
        )
    left = [r.title for r in readings[cycle.pk] if (cycle.pk, r.revision_id) not in done]
    if left:
        title = f"{cycle}: read and acknowledge"
        item = WorkItem(
            title,
            f"{url}#reading",
            WorkKind.PREPARE,
            words=", ".join(left),
            due=member.first_day,
        )
        items.append(item)
    return items


def _open_calls(person: Any) -> list[WorkItem]:
    """Cycles that look for auditors and have not heard from this person."""
    if not holds(person, Right.VOLUNTEER):
        return []
    cycles = (
        AuditCycle.objects.filter(state=CycleState.TEAM_FORMING)
        .exclude(expressions__person=person)
        .exclude(team__person=person)
    )
    return [
        WorkItem(
            title=f"Would you like to audit in {cycle}?",
            url=reverse("programme:my_part", args=[cycle.ref]),
            kind=WorkKind.OFFER,
            words="Everybody may: you need not have done it before.",
        )
        for cycle in cycles
    ]
