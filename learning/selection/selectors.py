"""What the pages about the draw and its cases show."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from learning.access.work import WorkItem
from learning.programme.models import AuditCycle
from learning.programme.settings import AuditSettings
from learning.selection.models import (
    AttendanceConfirmation,
    CaseFrame,
    FrameCase,
    SampledCase,
    SelectionDraw,
)
from learning.selection.office import office_work
from learning.selection.states import CaseState, ExclusionReason, SelectionRoute
from learning.vocabulary.models import AreaOfWork


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
    apart: list[tuple[str, int]]


def understood(frame: CaseFrame) -> Understood:
    """The list in figures, in one query."""
    rows = list(
        frame.cases.values_list(
            "area__label", "team_in_file", "worker_id", "family", "excluded", "route"
        )
    )
    apart = Counter(row[5] for row in rows if row[5] != SelectionRoute.RANDOM)
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
        apart=[(SelectionRoute(code).label, count) for code, count in apart.most_common()],
    )


def left_out_by_hand(frame: CaseFrame) -> QuerySet[FrameCase]:
    """Cases that a person left out before the draw, with the reason."""
    by_hand = frame.cases.exclude(excluded="").filter(excluded_by__isnull=False)
    return by_hand.select_related("area", "excluded_by")


def stratum_names() -> Callable[[str], str]:
    """What people call a stratum: “Child in need, Locality 4 Unit 2”."""
    labels = dict(AreaOfWork.objects.values_list("code", "label"))
    routes = dict(SelectionRoute.choices)

    def named(stratum: str) -> str:
        first, second = stratum.split(" | ", 1)
        if first in routes:
            return f"{routes[first]}: {labels.get(second, second)}"
        return f"{labels.get(first, first)}, {second or 'no team given'}"

    return named


def strata_rows(form: Any, proposed: Mapping[str, int]) -> list[dict[str, Any]]:
    """Each stratum as the page of the draw shows it: its name, how many there are, how many to draw."""
    named = stratum_names()
    rows = []
    for place, stratum in enumerate(form.names):
        field = form[f"target_{place}"]
        field.field.widget.attrs["aria-label"] = f"How many from {named(stratum)}"
        rows.append(
            {
                "name": named(stratum),
                "size": form.sizes[stratum],
                "proposed": proposed[stratum],
                "field": field,
            }
        )
    return rows


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


def strata_of(draw: SelectionDraw | None) -> list[dict[str, Any]]:
    """The strata of the certificate by the names that people use, with how many cases each gave."""
    named = stratum_names()
    strata = (draw.certificate or {}).get("strata", []) if draw else []
    return [
        {
            "name": named(one["stratum"]),
            "cases": one["cases"],
            "drawn": len(one["drawn"]),
            "reserves": len(one["reserves"]),
        }
        for one in strata
    ]


def excluded_counts(draw: SelectionDraw | None) -> list[tuple[str, int]]:
    """How many cases could not be drawn, by reason."""
    reasons = Counter((draw.certificate or {}).get("excluded", {}).values()) if draw else Counter()
    return [(ExclusionReason(code).label, count) for code, count in reasons.most_common()]


def not_covered(draw: SelectionDraw | None) -> list[tuple[str, str]]:
    """Areas of work without a case, each with the reason that was given."""
    reasons = (draw.certificate or {}).get("areas_not_covered", {}) if draw else {}
    labels = dict(AreaOfWork.objects.values_list("code", "label"))
    return [(labels.get(code, code), words) for code, words in reasons.items()]


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
    waiting = list(
        SampledCase.objects.filter(
            Q(worker=person) | Q(worker__line_manager=person), state=CaseState.WORKER_NOTIFIED
        )
        .select_related("cycle")
        .prefetch_related("cycle__days")
    )
    if not waiting:
        return office_work(person)
    notice = timedelta(days=AuditSettings.load().confirm_days_before)
    own = [case for case in waiting if case.worker_id == person.pk]
    managed = [case for case in waiting if case.worker_id != person.pk]
    prepare = [_to_prepare(case, notice) for case in own]
    return [*office_work(person), *prepare, *_to_chase_up(managed, notice)]


def _to_prepare(case: SampledCase, notice: timedelta) -> WorkItem:
    return WorkItem(
        title=f"Prepare for the audit of {case.ref}",
        url=reverse("selection:prepare", args=[case.ref]),
        words="Bring the recording up to date, and say which day suits you.",
        due=_due(case.cycle, notice),
    )


def _to_chase_up(managed: list[SampledCase], notice: timedelta) -> list[WorkItem]:
    """One item for each cycle in which somebody whom the person manages has not confirmed."""
    cycles = {case.cycle_id: case.cycle for case in managed}
    counts = Counter(case.cycle_id for case in managed)
    return [
        WorkItem(
            title=f"Your team in {cycle.ref}: preparation of {_cases(counts[pk])} not confirmed",
            url=reverse("selection:cases", args=[cycle.ref]) + "?show=chase",
            words="See whose recording and attendance are still open.",
            due=_due(cycle, notice),
        )
        for pk, cycle in cycles.items()
    ]


def _cases(count: int) -> str:
    return "1 case" if count == 1 else f"{count} cases"


def _due(cycle: AuditCycle, notice: timedelta) -> date | None:
    """T−5 of the cycle."""
    return cycle.first_day - notice if cycle.first_day else None


def tabs_of(cases: QuerySet[SampledCase], cycle: AuditCycle, chase: bool) -> list[dict[str, Any]]:
    """The two views of the list with their counts, in one query."""
    states = list(cases.values_list("state", flat=True))
    url = reverse("selection:cases", args=[cycle.ref])
    waiting = sum(1 for state in states if state in STILL_PREPARING)
    return [
        {"title": "All cases", "url": url, "count": len(states), "current": not chase},
        {
            "title": "Still to prepare",
            "url": f"{url}?show=chase",
            "count": waiting,
            "current": chase,
        },
    ]


def replacement_of(case: SampledCase) -> SampledCase | None:
    """The reserve that stepped in for this case, if one did."""
    return SampledCase.objects.filter(replaces=case).first()


NOW = {
    CaseState.DRAWN: "It was drawn. The QA officer confirms the draw next.",
    CaseState.CONFIRMED: "The draw is confirmed. The worker is told next.",
    CaseState.WORKER_NOTIFIED: "The worker brings the recording up to date and says which day suits.",
    CaseState.READY: "Recording and attendance are confirmed. The case is given to a pair next.",
    CaseState.ALLOCATED: "It is with a pair, who open it on the first day.",
    CaseState.AUDITING: "The pair reads the record and talks with the worker.",
    CaseState.AUDITED: "The submission is through quality assurance. The family is asked next.",
    CaseState.FEEDBACK_DONE: "The family’s views are in. The lead completes the case.",
    CaseState.COMPLETE: "Nothing more is asked of anybody.",
    CaseState.EXCLUDED: "It was taken out of the sample. It is not audited in this cycle.",
    CaseState.WITHDRAWN: "It was withdrawn. It is not audited in this cycle.",
    CaseState.RESERVE: "It stands by, and steps in if a case of its area and team falls out.",
}


def what_happens_now(case: SampledCase, *, is_own: bool) -> str:
    """What comes next for this case, in a sentence."""
    if is_own and case.state == CaseState.WORKER_NOTIFIED:
        return (
            "Bring the recording up to date, and say which day suits you to talk with the auditors."
        )
    return NOW[CaseState(case.state)]
