"""The countdown and the usual timetable that a cycle starts with, read from `countdown.toml`."""

import tomllib
from collections.abc import Collection
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from learning.programme.models import AuditCycle, AuditDay, CountdownTask, TimetableEntry

NAMED = ("lead", "administrator", "it_contact")
"""Whom a task may fall to: fields of the cycle."""

BOUND_TO_DAYS = ("rooms", "timetable", "chase", "declare_ready")
"""What has to be done again when the days are others."""


@cache
def _plan() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((Path(__file__).parent / "countdown.toml").read_text("utf-8"))


def lay_out(cycle: AuditCycle) -> None:
    """Make the cycle's countdown, or move what is not done yet to its present days and people."""
    first = cycle.days.get(number=1).date
    done = set(cycle.countdown.exclude(done_at=None).values_list("key", flat=True))
    for task in _plan()["task"]:
        if task["key"] not in done:
            CountdownTask.objects.update_or_create(
                cycle=cycle, key=task["key"], defaults=_task(task, cycle, first)
            )


def _task(task: dict[str, Any], cycle: AuditCycle, first: date) -> dict[str, Any]:
    return {
        "words": task["words"],
        "due_date": first + timedelta(days=task["days"]),
        "owner_id": getattr(cycle, f"{task['for']}_id") or cycle.lead_id,
    }


def tick(cycle: AuditCycle, key: str, *, by: Any) -> None:
    """Mark the task of this key as done, if the countdown has one that is not."""
    cycle.countdown.filter(key=key, done_at=None).update(done_at=timezone.now(), done_by=by)


def take_back(cycle: AuditCycle, keys: Collection[str]) -> None:
    """Mark the tasks of these keys as not done: they are to be done again."""
    cycle.countdown.filter(key__in=keys).update(done_at=None, done_by=None)


def write_usual_timetable(day: AuditDay) -> None:
    """Give a day without a timetable the usual one."""
    if day.timetable.exists():
        return
    entries = next(plan["entries"] for plan in _plan()["day"] if plan["number"] == day.number)
    TimetableEntry.objects.bulk_create(
        TimetableEntry(
            day=day,
            starts_at=time.fromisoformat(starts_at),
            ends_at=time.fromisoformat(ends_at),
            words=words,
        )
        for starts_at, ends_at, words in entries
    )
