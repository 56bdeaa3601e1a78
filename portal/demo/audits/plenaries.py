"""What was said together on each audit day of the demo borough, and what came out of it."""

from typing import Any

from learning.plenaries.models import PlenaryNote, PlenaryVersion
from learning.programme.models import AuditCycle
from learning.recommendations.models import Recommendation
from portal.demo.audits.cast import Cast
from portal.demo.audits.cycles import LEAD
from portal.demo.audits.impact import themes_of
from portal.demo.audits.quarters import moment, pace_of
from portal.demo.audits.shelf import Shelf
from portal.demo.audits.stories import read

AT_THE_END = 16
MOST_THEMES = 3
Recommended = list[tuple[Recommendation, dict[str, Any]]]


def discuss(shelf: Shelf, cast: Cast, cycle: AuditCycle, beyond: Recommended) -> None:
    """The cycle's notes with their themes; what it recommends beyond its cases came out of the second day."""
    days = {day.number: day for day in cycle.days.all()}
    for row in read("plenaries.toml")["day"]:
        if row["quarter"] == cycle.ref:
            note = _note(shelf, cast, days[row["day"]], row, _themes(beyond, row["day"]))
            if row["day"] == max(days):
                shelf.link(note, "recommendations", [put for put, _ in beyond])


def _themes(beyond: Recommended, day: int) -> list[str]:
    """Those of what was recommended: of every second one on each day."""
    found = themes_of([row["finding"] for _, row in beyond[day - 1 :: 2]])
    return sorted({code for codes in found.values() for code in codes})[:MOST_THEMES]


def _note(shelf: Shelf, cast: Cast, day: Any, row: dict[str, Any], codes: list[str]) -> PlenaryNote:
    texts = {"strengths": row["strengths"], "to_develop": row["weaknesses"]}
    written: dict[str, Any] = {
        "written_by": cast[LEAD],
        "written_at": moment(day.date, AT_THE_END, 40),
    }
    note = shelf.add(PlenaryNote(day=day, version=1, **texts, **written))
    shelf.add(PlenaryVersion(note=note, number=1, parts=texts | {"themes": codes}, **written))
    shelf.link(note, "themes", [cast.themes[code] for code in codes])
    shelf.event(written["written_at"], cast[LEAD], "plenarynote.write", note)
    return note


def settle_discussion(cycle: AuditCycle) -> None:
    """What was said stays as it is from the end of the days on."""
    PlenaryNote.objects.of(cycle).update(settled_at=pace_of(cycle.ref).at("finish_days", 9))
