"""What waits for somebody in the audit, for “My work”: asked of each room in turn."""

from collections.abc import Callable
from typing import Any

from learning.access.work import WorkItem
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


def waiting_for(person: Any) -> list[WorkItem]:
    """Everything that waits for this person, the most urgent first."""
    items = [item for source in SOURCES for item in source(person)]
    return sorted(items, key=lambda item: (item.due is None, item.due))
