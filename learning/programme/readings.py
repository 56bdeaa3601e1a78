"""What everybody in a cycle reads before it begins, and who says where it stands.

The pages live higher up in the house (`audit_pages`), which registers here how they are found; the
programme only knows that there is a wording, by its revision (domain.md A19–A20).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from learning.programme.models import Acknowledgement, AuditCycle

Subject = Acknowledgement.Subject


@dataclass(frozen=True)
class Reading:
    """One text in its present wording: what it is about, where it is read, and which revision it is."""

    subject: Subject
    title: str
    url: str
    revision_id: int


Finder = Callable[[Iterable[AuditCycle]], dict[int, Reading]]

_finders: dict[Subject, Finder] = {}


def register_reading(subject: Subject, finder: Finder) -> None:
    """From now on `finder` says which wording counts for each cycle, by the cycle's id; a cycle for which
    nothing is published is left out."""
    _finders[subject] = finder


def readings_of_all(cycles: Iterable[AuditCycle]) -> dict[int, list[Reading]]:
    """What is published to be read and acknowledged, by the cycle's id, ground rules first."""
    wanted = list(cycles)
    found = [_finders[subject](wanted) for subject in Subject if subject in _finders]
    return {c.pk: [texts[c.pk] for texts in found if c.pk in texts] for c in wanted}


def readings_of(cycle: AuditCycle) -> list[Reading]:
    """What is published for this cycle to be read and acknowledged, ground rules first."""
    return readings_of_all([cycle])[cycle.pk]


def unpublished_readings(cycle: AuditCycle) -> list[Subject]:
    """What ought to be read in this cycle and is not published yet."""
    published = {reading.subject for reading in readings_of(cycle)}
    return [subject for subject in Subject if subject in _finders and subject not in published]


def left_to_acknowledge(person: Any, cycle: AuditCycle) -> list[Reading]:
    """What this person has not acknowledged in its present wording."""
    done = acknowledged_by(person, [cycle])
    return [
        reading for reading in readings_of(cycle) if (cycle.pk, reading.revision_id) not in done
    ]


def acknowledged_by(person: Any, cycles: Iterable[AuditCycle]) -> set[tuple[int, int | None]]:
    """(cycle id, revision id) of what this person has acknowledged in these cycles."""
    rows = Acknowledgement.objects.filter(cycle__in=list(cycles), person=person)
    return set(rows.values_list("cycle_id", "revision_id"))
