"""What waits for somebody in the audit, for “My work”: asked of each room in turn."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from learning.access.work import WorkItem, WorkKind
from learning.escalations.selectors import waiting_for as escalations
from learning.feedback.selectors import waiting_for as feedback
from learning.impact.selectors import waiting_for as impact
from learning.letters.selectors import waiting_for as letters
from learning.openings.selectors import waiting_for as openings
from learning.plenaries.selectors import waiting_for as plenaries
from learning.process_review.selectors import waiting_for as process_review
from learning.programme.selectors import waiting_for as programme
from learning.recommendations.selectors import waiting_for as recommendations
from learning.reflections.selectors import waiting_for as reflections
from learning.reports.selectors import waiting_for as reports
from learning.retention.selectors import waiting_for as retention
from learning.selection.selectors import waiting_for as selection
from learning.spot_checks.selectors import waiting_for as spot_checks
from learning.submissions.selectors import waiting_for as submissions

SOURCES: tuple[Callable[[Any], list[WorkItem]], ...] = (
    escalations,
    programme,
    selection,
    recommendations,
    reports,
    impact,
    submissions,
    feedback,
    letters,
    openings,
    process_review,
    retention,
    plenaries,
    reflections,
    spot_checks,
)
"""Each room's answer; a room that has something for people to do puts its own here."""


OVERDUE = "Overdue"
KINDS = list(WorkKind)


@dataclass(frozen=True)
class WorkGroup:
    """One heading of “My work”: what is to be done, and how many there are on all pages of it."""

    heading: str
    count: int
    entries: list[WorkItem]


def waiting_for(person: Any) -> list[WorkItem]:
    """Everything that waits for this person: what is late first, then kind by kind, each as it is due."""
    items = [item for source in SOURCES for item in source(person)]
    return sorted(items, key=_urgency)


def _urgency(item: WorkItem) -> tuple[Any, ...]:
    kind = -1 if item.is_overdue else KINDS.index(item.kind)
    return kind, item.due or date.max, item.since or date.max, item.title


def in_groups(shown: list[WorkItem], every: list[WorkItem]) -> list[WorkGroup]:
    """The items of one page under their headings, counted over all pages; both as `waiting_for` sorts."""
    counts = Counter(map(_heading, every))
    return [
        WorkGroup(heading, counts[heading], list(items))
        for heading, items in groupby(shown, _heading)
    ]


def _heading(item: WorkItem) -> str:
    return OVERDUE if item.is_overdue else str(item.kind.label)
