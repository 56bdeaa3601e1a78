"""What the draw asks of the QA office, for “My work”."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.work import WorkItem, WorkKind
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState
from learning.selection.models import SampledCase, SelectionDraw
from learning.selection.states import CaseState
from learning.selection.timing import TO_PREPARE


def office_work(person: Any) -> list[WorkItem]:
    """To draw, to tell the workers, to give cases to pairs: one line a cycle, whichever comes next."""
    if not holds(person, Right.DRAW):
        return []
    cycles = (
        AuditCycle.objects.filter(state__in=TO_PREPARE)
        .annotate(
            is_drawn=Exists(_confirmed_draws()),
            is_to_tell=Exists(_cases(CaseState.CONFIRMED)),
            is_to_give=Exists(_cases(CaseState.READY)),
        )
        .prefetch_related("days")
    )
    items = (_next(cycle) for cycle in cycles)
    return [item for item in items if item is not None]


def _confirmed_draws() -> Any:
    return SelectionDraw.objects.filter(cycle=OuterRef("pk"), confirmed_at__isnull=False)


def _cases(state: CaseState) -> Any:
    return SampledCase.objects.filter(cycle=OuterRef("pk"), state=state)


def _next(cycle: Any) -> WorkItem | None:
    if not cycle.is_drawn and cycle.state == CycleState.SELECTION:
        return WorkItem(
            title=f"Draw the sample of {cycle.ref}",
            url=reverse("selection:draw", args=[cycle.ref]),
            kind=WorkKind.PREPARE,
            words="Fix the seed, load the council’s list, draw.",
            due=cycle.draw_due_date,
        )
    if cycle.is_to_tell:
        return WorkItem(
            title=f"Tell the workers of {cycle.ref}",
            url=reverse("selection:cases", args=[cycle.ref]),
            kind=WorkKind.PREPARE,
            words="Some of them do not know yet that their case was drawn.",
        )
    if cycle.is_to_give:
        return WorkItem(
            title=f"Give the cases of {cycle.ref} to pairs",
            url=reverse("selection:allocate", args=[cycle.ref]),
            kind=WorkKind.PREPARE,
            words="Their workers have confirmed.",
            due=cycle.first_day,
        )
    return None
