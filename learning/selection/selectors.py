"""What the pages about the draw and its cases show."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from learning.access.work import WorkItem
from learning.programme.models import AuditCycle
from learning.selection.models import (
    AttendanceConfirmation,
    CaseFrame,
    FrameCase,
    SampledCase,
    SelectionDraw,
)
from learning.selection.states import CaseState, ExclusionReason


def draw_of(cycle: AuditCycle) -> SelectionDraw | None:
    """The cycle's draw with its list and the people who took its steps; None before the seed is fixed."""
    draws = SelectionDraw.objects.select_related(
        "frame__loaded_by", "frame__checked_by", "committed_by", "drawn_by", "confirmed_by"
    )
    return draws.filter(cycle=cycle).first()


def frame_of(draw: SelectionDraw | None) -> CaseFrame | None:
    """The list that was loaded for the draw, if one was."""
    return getattr(draw, "frame", None)


# --- The list --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Understood:
    """What was understood of a file: cases by area and team, and what cannot be drawn and why."""

    cases: int
    drawable: int
    by_area: list[tuple[str, int]]
    without_team: int
    families: int
    known_workers: int
    excluded: list[tuple[str, int]]


def understood(frame: CaseFrame) -> Understood:
    """The list in figures, in one query."""
    rows = list(
        frame.cases.values_list("area__label", "team_in_file", "worker_id", "family", "excluded")
    )
    families = Counter(row[3] for row in rows if row[3])
    excluded = Counter(row[4] for row in rows if row[4])
    areas = Counter(row[0] or "No area of work" for row in rows)
    return Understood(
        cases=len(rows),
        drawable=sum(1 for row in rows if not row[4]),
        by_area=sorted(areas.items()),
        without_team=sum(1 for row in rows if not row[1]),
        families=sum(1 for count in families.values() if count > 1),
        known_workers=sum(1 for row in rows if row[2]),
        excluded=[(ExclusionReason(code).label, count) for code, count in excluded.most_common()],
    )


def left_out_by_hand(frame: CaseFrame) -> QuerySet[FrameCase]:
    """Cases that a person left out before the draw, with the reason."""
    by_hand = frame.cases.exclude(excluded="").filter(excluded_by__isnull=False)
    return by_hand.select_related("area", "excluded_by")


# --- The certificate ---------------------------------------------------------------------------------


def differs_from_ours(content: bytes) -> list[str]:
    """Where a certificate's file differs from the one that the portal holds, by the names of its parts.

    Empty when it is the same, and when the portal knows no such cycle."""
    try:
        theirs = json.loads(content)
        draw = SelectionDraw.objects.filter(cycle__ref=str(theirs["cycle"])).first()
    except (ValueError, TypeError, KeyError):
        return []
    if draw is None or not draw.certificate:
        return []
    ours = draw.certificate
    parts = [
        part for part in sorted(ours.keys() | theirs.keys()) if ours.get(part) != theirs.get(part)
    ]
    return [f"This part is not as the portal holds it: {part}." for part in parts]


# --- Cases -------------------------------------------------------------------------------------------


def cases_for(user: Any, cycle: AuditCycle) -> QuerySet[SampledCase]:
    """The sampled cases of a cycle that this person may see, with all that a list shows; no reserves."""
    return with_preparation(
        SampledCase.objects.visible_to(user).filter(cycle=cycle).exclude(state=CaseState.RESERVE)
    )


def with_preparation(cases: QuerySet[SampledCase]) -> QuerySet[SampledCase]:
    """The cases with area, worker, pair and confirmations, in a constant number of queries."""
    attendances = AttendanceConfirmation.objects.select_related("day")
    return cases.select_related("cycle", "area", "team", "worker", "pair").prefetch_related(
        "recording_confirmations", Prefetch("attendance_confirmations", attendances)
    )


STILL_PREPARING = (CaseState.CONFIRMED, CaseState.WORKER_NOTIFIED)


def to_chase(cases: QuerySet[SampledCase]) -> QuerySet[SampledCase]:
    """Of these cases, those whose worker has not confirmed yet (domain.md A7)."""
    return cases.filter(state__in=STILL_PREPARING)


def counts_by_state(cycle: AuditCycle) -> Counter[str]:
    """How many cases of the cycle are in which state."""
    return Counter(cycle.sample.values_list("state", flat=True))


def may_see_cases(user: Any, cycle: AuditCycle) -> bool:
    """Whether there is anything in the list of cases for this person."""
    return SampledCase.objects.visible_to(user).filter(cycle=cycle).exists()


def waiting_for(person: Any) -> list[WorkItem]:
    """What the preparation of cases asks of this person: to confirm, or to see that others do."""
    waiting = (
        SampledCase.objects.filter(
            Q(worker=person) | Q(worker__line_manager=person), state=CaseState.WORKER_NOTIFIED
        )
        .select_related("cycle")
        .prefetch_related("cycle__days")
    )
    own = [case for case in waiting if case.worker_id == person.pk]
    managed = [case for case in waiting if case.worker_id != person.pk]
    items = [
        WorkItem(
            title=f"Prepare for the audit of {case.ref}",
            url=reverse("selection:prepare", args=[case.ref]),
            words="Bring the recording up to date, and say which day suits you.",
            due=case.cycle.confirm_due_date,
        )
        for case in own
    ]
    cycles = {case.cycle_id: case.cycle for case in managed}
    for cycle_id, cycle in cycles.items():
        count = sum(1 for case in managed if case.cycle_id == cycle_id)
        items.append(
            WorkItem(
                title=f"{count} of your team’s cases in {cycle.ref} still to be prepared",
                url=reverse("selection:cases", args=[cycle.ref]) + "?show=chase",
                words="See who has not confirmed recording and attendance yet.",
                due=cycle.confirm_due_date,
            )
        )
    return items
