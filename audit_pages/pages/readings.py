"""Which published wording auditors acknowledge before a cycle: told to `learning`, which knows no pages."""

from collections.abc import Iterable

from audit_pages.pages.base import PublishedPage
from learning.programme.models import Acknowledgement, AuditCycle
from learning.programme.readings import Reading, register_reading

Subject = Acknowledgement.Subject


def live_ground_rules(cycles: Iterable[AuditCycle]) -> dict[int, Reading]:
    """The ground rules as they stand now, the same for every cycle; empty while none are live."""
    from audit_pages.models import GroundRulesPage

    page = GroundRulesPage.objects.live().order_by("path").first()
    reading = reading_of(page, Subject.GROUND_RULES) if page else None
    return {cycle.pk: reading for cycle in cycles} if reading else {}


def reading_of(page: PublishedPage, subject: Subject) -> Reading | None:
    """The page in its live revision."""
    if page.live_revision_id is None:
        return None
    return Reading(subject, page.title, page.get_url() or "", page.live_revision_id)


def connect() -> None:
    """Called once when the app is ready."""
    register_reading(Subject.GROUND_RULES, live_ground_rules)
