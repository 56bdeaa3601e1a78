"""What the pages about the draw show: its list, its strata, its certificate."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from learning.programme.models import AuditCycle
from learning.selection.models import CaseFrame, FrameCase, SelectionDraw
from learning.selection.states import ExclusionReason, SelectionRoute
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
    apart: list["Apart"]


@dataclass(frozen=True)
class Apart:
    """A stratum of its own: what for, how many cases, and why these."""

    route: SelectionRoute
    count: int
    reasons: list[str]


def _apart(rows: Iterable[tuple[str, str]]) -> list[Apart]:
    """The strata of their own among (route, why) of each case, the largest first."""
    rows = [row for row in rows if row[0] != SelectionRoute.RANDOM]
    return [
        Apart(SelectionRoute(code), count, sorted({why for route, why in rows if route == code}))
        for code, count in Counter(route for route, _why in rows).most_common()
    ]


def understood(frame: CaseFrame) -> Understood:
    """The list in figures, in one query."""
    rows = list(
        frame.cases.values_list(
            "area__label", "team_in_file", "worker_id", "family", "excluded", "route", "apart_words"
        )
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
        apart=_apart(row[5:7] for row in rows),
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


def set_apart(draw: SelectionDraw | None) -> list[tuple[str, int]]:
    """Why cases were given a stratum of their own, each reason with how many they were."""
    reasons = Counter((draw.certificate or {}).get("set_apart", {}).values()) if draw else Counter()
    return reasons.most_common()


def not_covered(draw: SelectionDraw | None) -> list[tuple[str, str]]:
    """Areas of work without a case, each with the reason that was given."""
    reasons = (draw.certificate or {}).get("areas_not_covered", {}) if draw else {}
    labels = dict(AreaOfWork.objects.values_list("code", "label"))
    return [(labels.get(code, code), words) for code, words in reasons.items()]
