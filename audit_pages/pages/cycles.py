"""The public face of a cycle: its dates and focus, and the briefing that every auditor acknowledges.

The dates and the focus are never written into the page: they are read from the cycle when the page is
shown or indexed, so that they cannot go stale. Only the briefing is text, and goes the usual way to the
public.
"""

from typing import Any, ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from audit_pages.pages.base import ListingMixin, PublishedPage, quarter_start
from audit_pages.pages.fields import rich
from audit_pages.publishing.records import Section
from learning.programme.models import AuditCycle


class CycleIndexPage(ListingMixin, PublishedPage):
    """The pages of all cycles, the newest first."""

    kind, kind_label, in_search = "cycle_index", "Audit days", False
    is_creatable = True
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["audit_pages.CyclePage"]

    def listed(self, user: Any) -> Any:
        return super().listed(user).order_by("-cyclepage__cycle__ref")


class CyclePage(PublishedPage):
    """One cycle, for everybody who reads here (domain.md A19). It names no case, worker or child."""

    kind, kind_label, in_search = "cycle", "Audit days", True
    rich_parts = (
        ("context", "Where we stand"),
        ("what_we_look_at", "What we look at this time"),
        ("how_the_days_run", "How the days run"),
        ("what_stays_here", "What stays between us"),
    )
    cycle = models.OneToOneField(
        AuditCycle, on_delete=models.PROTECT, related_name="+", editable=False
    )
    context = rich("What happened since the last audit days, and why we look again now.")
    what_we_look_at = rich("The sample, and the focus with the question behind it.")
    how_the_days_run = rich(
        "Reading, conversations, the end of each day; where to go, whom to ask."
    )
    what_stays_here = rich("What is confidential, and what to do when a child may be unsafe.")

    parent_page_types: ClassVar[list[str]] = ["audit_pages.CycleIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    is_creatable = False
    content_panels: ClassVar[list[Any]] = [
        *PublishedPage.content_panels,
        PublishedPage.theme_panel,
        *[FieldPanel(name, heading=heading) for name, heading in rich_parts],
    ]

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """The keeper makes the page of each cycle; nobody makes a second one by hand."""
        return False

    @classmethod
    def read_together(cls, pages: list[Any]) -> None:
        """Themes, cycles, days and focus of many pages at once."""
        models.prefetch_related_objects(pages, "themes", "cycle__days", "cycle__focus__theme")

    def facts(self) -> list[tuple[str, str]]:
        """Days, lead, focus and where the cycle stands, as they are now."""
        facts = [
            ("Days", self.cycle.days_in_words),
            ("Led by", str(self.cycle.lead)),
            ("Focus", self.focus_words),
            ("Where it stands", self.cycle.get_state_display()),
        ]
        return [(label, value) for label, value in facts if value]

    @property
    def focus_words(self) -> str:
        focus = getattr(self.cycle, "focus", None)
        return str(focus) if focus else ""

    def record_sections(self) -> tuple[Section, ...]:
        """The briefing, and the days in words: people search for when the next ones are."""
        days = ", ".join(f"{day.date:%-d %B %Y}" for day in self.cycle.days.all())
        return (*super().record_sections(), Section("days", "Days", days))

    def record_facets(self) -> dict[str, Any]:
        return {
            "quarter": self.cycle.quarter,
            "focus": self.focus_words,
            "dated_on": self.cycle.first_day or quarter_start(self.cycle.quarter),
        }
