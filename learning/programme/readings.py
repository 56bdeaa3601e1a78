"""What everybody in a cycle reads before it begins, and who says where it stands.

The pages live higher up in the house (`audit_pages`), which registers here how they are found; the
programme only knows that there is a wording, by its revision (domain.md A19–A20).
"""

from collections.abc import Callable
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


Finder = Callable[[AuditCycle], Reading | None]

_finders: dict[Subject, Finder] = {}


def register_reading(subject: Subject, finder: Finder) -> None:
    """From now on `finder` says which wording counts; None while nothing is published."""
    _finders[subject] = finder


def readings_of(cycle: AuditCycle) -> list[Reading]:
    """What is published for this cycle to be read and acknowledged, ground rules first."""
    found = [_finders[subject](cycle) for subject in Subject if subject in _finders]
    return [reading for reading in found if reading is not None]


def unpublished_readings(cycle: AuditCycle) -> list[Subject]:
    """What ought to be read in this cycle and is not published yet."""
    published = {reading.subject for reading in readings_of(cycle)}
    return [subject for subject in Subject if subject in _finders and subject not in published]


def left_to_acknowledge(person: Any, cycle: AuditCycle) -> list[Reading]:
    """What this person has not acknowledged in its present wording."""
    done = set(
        Acknowledgement.objects.filter(cycle=cycle, person=person).values_list(
            "subject", "revision_id"
        )
    )
    return [
        reading
        for reading in readings_of(cycle)
        if (reading.subject.value, reading.revision_id) not in done
    ]
