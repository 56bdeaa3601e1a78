"""What the draw and its cases want done before a cycle goes on (domain.md E1)."""

from collections import Counter
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
from learning.selection.draw import INITIAL_CONTACT, RANDOM
from learning.selection.models import SampledCase, SelectionDraw
from learning.selection.states import CaseState, SelectionRoute
from learning.vocabulary.models import AreaOfWork

COUNTS_AS_RANDOM = (SelectionRoute.RANDOM, SelectionRoute.REPLACEMENT)
"""A reserve came out of the same draw as the case that it replaces."""

STILL_PREPARING = (CaseState.CONFIRMED, CaseState.WORKER_NOTIFIED)


def draw_missing(cycle: AuditCycle) -> list[str]:
    """What the sample needs before its workers count as told."""
    draws = SelectionDraw.objects.filter(cycle=cycle, confirmed_at__isnull=False)
    draw = draws.values_list("certificate__frame_hash").first()
    if draw is None:
        return ["Draw the sample and confirm the draw."]
    missing = [] if draw[0] else ["The draw has no frame hash."]
    waiting = _refs(cycle, CaseState.DRAWN, CaseState.CONFIRMED)
    if waiting:
        missing.append(f"Tell the workers of these cases: {', '.join(waiting)}.")
    return missing


def coverage_lost(cycle: AuditCycle) -> list[str]:
    """What the draw covered and the sample covers no more: cases were withdrawn since (domain.md A9–A10).

    The draw is made once, so that nothing can put it right; somebody has to say why it goes on.
    """
    draws = SelectionDraw.objects.filter(cycle=cycle, certificate__isnull=False)
    parts = draws.values_list("certificate__strata", "certificate__minimum_initial_contacts")
    strata, least = parts.first() or (None, None)
    cases = cycle.sample.in_sample().filter(route__in=COUNTS_AS_RANDOM)
    left = Counter(cases.values_list("area__code", flat=True))
    lost = _areas_drawn(strata or []) - left.keys()
    found = []
    if left[INITIAL_CONTACT] < (least or 0):
        lost.discard(INITIAL_CONTACT)
        found.append(
            f"A sample has at least {least} initial contacts; in this one are {left[INITIAL_CONTACT]}."
        )
    areas = AreaOfWork.objects.filter(code__in=lost)
    return [*(f"No case is left of this area of work: {area}." for area in areas), *found]


def _areas_drawn(strata: list[dict[str, Any]]) -> set[str]:
    """The areas of work that the draw took random cases from."""
    return {one["area"] for one in strata if one["route"] == RANDOM and one["drawn"]}


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
    gates.caution("tell_workers", coverage_lost)
    gates.hold("declare_ready", preparation_missing)
    gates.hold(LEAVE_QUARTER, ties_to_quarter)
    gates.hold("begin_days", allocation_missing)
    days_moved.connect(_days_moved, dispatch_uid="selection_days_moved")
    cycle_changed.connect(_cycle_changed, dispatch_uid="selection_cycle_changed")
