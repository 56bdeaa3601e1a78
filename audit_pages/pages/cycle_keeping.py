"""Keeps the page of each cycle: told by `learning`, which knows of no pages."""

from collections.abc import Iterable
from typing import Any

from audit_pages.pages.cycles import CycleIndexPage, CyclePage
from audit_pages.pages.readings import Subject, reading_of
from audit_pages.publishing.receivers import announce
from learning.programme.models import AuditCycle
from learning.programme.news import cycle_changed
from learning.programme.readings import Reading, register_reading


def keep_page(cycle: AuditCycle) -> CyclePage | None:
    """The cycle's page: a draft, made now when there is none. None while no section holds such pages.

    Readers of a live page's record are told that what it shows has changed.
    """
    page = CyclePage.objects.filter(cycle=cycle).first() or _drafted(cycle)
    if page is not None and page.live:
        announce([page.pk])
    return page


def _drafted(cycle: AuditCycle) -> CyclePage | None:
    """A draft for the lead to write the briefing in. It has no owner: its text is nobody's yet."""
    section = CycleIndexPage.objects.order_by("path").first()
    if section is None:
        return None
    page = CyclePage(
        title=f"Audit days {cycle.ref}",
        slug=cycle.ref.lower(),
        summary="When the audit days are, what they look at, and the briefing for those who audit.",
        cycle=cycle,
    )
    section.add_child(instance=page)
    page.save_revision()
    return page


def live_briefings(cycles: Iterable[AuditCycle]) -> dict[int, Reading]:
    """The briefing of each cycle whose page is live."""
    pages = CyclePage.objects.live().filter(cycle__in=list(cycles))
    found = {page.cycle_id: reading_of(page, Subject.BRIEFING) for page in pages}
    return {cycle_id: reading for cycle_id, reading in found.items() if reading}


def _cycle_changed(sender: Any, cycle: AuditCycle, **kwargs: Any) -> None:
    keep_page(cycle)


def connect() -> None:
    """Called once when the app is ready."""
    cycle_changed.connect(_cycle_changed, dispatch_uid="cycle_page")
    register_reading(Subject.BRIEFING, live_briefings)
