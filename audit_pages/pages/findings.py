"""Pages that carry learning: findings, letters, briefings, the quarter's learning, inspectors' findings."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from audit_pages.pages.around import Neighbour, beside
from audit_pages.pages.base import ListingMixin, PagePart, PublishedPage, quarter_start
from audit_pages.pages.fields import PracticeMixin, quarter_field, rich
from audit_pages.pages.resting import RestsOnAudits
from audit_pages.publishing.workflows import TWO_STEPS
from learning.suppression.counts import n_of_n
from learning.vocabulary.choices import LearningLevel, StatementKind
from learning.vocabulary.labels import practice_standard_title
from learning.vocabulary.models import AreaOfWork, PracticeStandard, Theme


def page_ids_with_area(area: AreaOfWork) -> list[int]:
    """Ids of live pages about this area of work."""
    ids: list[int] = []
    for model in (FindingPage, LetterPage, SevenMinuteBriefingPage):
        ids += model.objects.live().filter(areas_of_work=area).values_list("pk", flat=True)
    return ids


def _practice_panels() -> list[Any]:
    from django import forms

    tick = forms.CheckboxSelectMultiple
    return [
        PublishedPage.theme_panel,
        FieldPanel("areas_of_work", widget=tick),
        FieldPanel("age_bands"),
    ]


class FindingIndexPage(ListingMixin, PublishedPage):
    """All findings, the newest quarter first."""

    kind, kind_label, in_search = "finding_index", "Findings", False
    workflow_name = TWO_STEPS
    is_creatable = True
    shown_with = "audit_pages/pages/finding_index_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["audit_pages.FindingPage"]

    def listed(self, user: Any) -> Any:
        from audit_pages.publishing.readers import visible_to

        findings = FindingPage.objects.child_of(self).prefetch_related("themes")
        return visible_to(user, findings).order_by("-quarter", "path")


class FindingPage(RestsOnAudits, PracticeMixin, PublishedPage):
    """What several audits showed together (domain.md D6). It names no worker, team or child."""

    kind, kind_label, in_search = "finding", "Finding", True
    workflow_name = TWO_STEPS
    is_creatable = True
    rich_parts = (
        ("context", "Why we looked"),
        ("what_we_saw", "What we saw"),
        ("strengths", "Strengths"),
        ("what_needs_to_develop", "What needs to develop"),
        ("why_it_matters", "Why it matters to children"),
        ("children_and_parents_said", "What children and parents told us"),
        ("what_changes", "What changes"),
        ("how_we_will_test", "How we will test it"),
        ("limits", "Limits of this finding"),
    )

    quarter = quarter_field(db_index=True)
    statement_kind = models.CharField(
        max_length=20,
        choices=StatementKind.choices,
        help_text="The kind of this statement. It says nothing about a case or a person.",
    )
    level = models.CharField("how far it reaches", max_length=20, choices=LearningLevel.choices)
    practice_standard = models.ForeignKey(
        PracticeStandard, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seen_in = models.PositiveSmallIntegerField(
        "seen in how many audits",
        null=True,
        blank=True,
        help_text="Small numbers are shown as “fewer than five”, here and everywhere.",
    )
    sample_size = models.PositiveSmallIntegerField("out of how many audits", null=True, blank=True)
    context = rich("What made us look, and at whom.")
    what_we_saw = rich("What several audits showed, with how we know.")
    strengths = rich("What helped children.")
    what_needs_to_develop = rich("What would help them more.")
    why_it_matters = rich("From the child's side.")
    children_and_parents_said = rich("In words that nobody could be known by.")
    what_changes = rich("Actions, and the role that owns each.")
    how_we_will_test = rich("When and how a later audit looks again.")
    limits = rich("A small sample describes; it does not measure the service.")

    parent_page_types: ClassVar[list[str]] = ["audit_pages.FindingIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *PublishedPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("quarter"), FieldPanel("statement_kind")]),
                FieldRowPanel([FieldPanel("level"), FieldPanel("practice_standard")]),
                FieldRowPanel([FieldPanel("seen_in"), FieldPanel("sample_size")]),
            ],
            heading="What kind of finding",
        ),
        *_practice_panels(),
        *[FieldPanel(name, heading=heading) for name, heading in rich_parts],
    ]

    def clean(self) -> None:
        super().clean()
        if (self.seen_in is None) != (self.sample_size is None):
            raise ValidationError(
                {"sample_size": "Give both numbers, or neither: seen in how many, out of how many."}
            )
        if self.seen_in is not None and self.seen_in > (self.sample_size or 0):
            raise ValidationError({"seen_in": "This is more than the number of audits looked at."})

    @property
    def seen_in_words(self) -> str:
        """`9 of 24 audits`, small numbers suppressed; empty when no numbers were given."""
        if self.seen_in is None or self.sample_size is None:
            return ""
        return n_of_n(self.seen_in, self.sample_size)

    @property
    def practice_standard_title(self) -> str:
        standard_id = self.practice_standard_id
        return practice_standard_title(standard_id) if standard_id else ""

    def facts(self) -> list[tuple[str, str]]:
        facts = [
            ("Quarter", self.quarter),
            ("Kind", self.get_statement_kind_display()),
            ("Reaches", self.get_level_display()),
            ("Seen in", self.seen_in_words),
            ("Areas of work", ", ".join(area.label for area in self.area_list)),
            ("Ages", ", ".join(self.age_band_labels())),
            ("Practice standard", self.practice_standard_title),
        ]
        return [(label, value) for label, value in facts if value]

    def record_facets(self) -> dict[str, Any]:
        return {
            **self.practice_facets(),
            "statement_kind": self.statement_kind,
            "level": self.level,
            "quarter": self.quarter,
            "dated_on": quarter_start(self.quarter),
        }


class LetterIndexPage(ListingMixin, PublishedPage):
    """Letters that recognise good work, anonymised."""

    kind, kind_label, in_search = "letter_index", "Letters", False
    workflow_name = TWO_STEPS
    is_creatable = True
    newest_first = True
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["audit_pages.LetterPage"]


class LetterPage(RestsOnAudits, PracticeMixin, PublishedPage):
    """An anonymised letter of thanks, published with its receiver's consent (domain.md D5)."""

    kind, kind_label, in_search = "letter", "Letter", True
    needs_consent = True
    workflow_name = TWO_STEPS
    is_creatable = True
    shown_with = "audit_pages/pages/letter_page.html"
    rich_parts = (
        ("what_you_did", "What you did"),
        ("what_the_child_experienced", "What the child and family experienced"),
        ("what_others_can_learn", "What others can learn"),
        ("thanks", "Thank you"),
    )
    quarter = quarter_field()
    what_you_did = rich("Specific, without anything that a colleague could know the family by.")
    what_the_child_experienced = rich("What was different for the child.")
    what_others_can_learn = rich("What a colleague could do tomorrow.")
    thanks = rich("In your own words.")
    parent_page_types: ClassVar[list[str]] = ["audit_pages.LetterIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *PublishedPage.content_panels,
        FieldPanel("quarter"),
        *_practice_panels(),
        *[FieldPanel(name, heading=heading) for name, heading in rich_parts],
    ]

    @property
    def work_began(self) -> date | None:
        """First day of the quarter of the work: a letter is out some months after that quarter's end."""
        return quarter_start(self.quarter)

    def facts(self) -> list[tuple[str, str]]:
        return [("Work of the quarter", self.quarter)]

    def record_facets(self) -> dict[str, Any]:
        return {
            **self.practice_facets(),
            "statement_kind": StatementKind.STRENGTH.value,
            "quarter": self.quarter,
            "dated_on": self.work_began,
        }


class QuarterlyIndexPage(ListingMixin, PublishedPage):
    """Each quarter's learning and the seven-minute briefings."""

    kind, kind_label, in_search = "quarterly_index", "Quarterly learning", False
    workflow_name = TWO_STEPS
    is_creatable = True
    shown_with = "audit_pages/pages/quarterly_index_page.html"
    page_size = 200
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = [
        "audit_pages.QuarterlyLearningPage",
        "audit_pages.SevenMinuteBriefingPage",
    ]

    def listed(self, user: Any) -> Any:
        return super().listed(user).specific()

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        newest = sorted(context["listing"], key=lambda page: page.quarter, reverse=True)
        context["quarters"] = [p for p in newest if isinstance(p, QuarterlyLearningPage)]
        context["briefings"] = [p for p in newest if isinstance(p, SevenMinuteBriefingPage)]
        return context


class QuarterlyLearningPage(PublishedPage):
    """What one quarter's practice days taught us, with its findings."""

    kind, kind_label, in_search = "quarterly", "Quarterly learning", True
    workflow_name = TWO_STEPS
    is_creatable = True
    shown_with = "audit_pages/pages/quarterly_learning_page.html"
    rich_parts = (
        ("introduction", "What we looked at"),
        ("what_went_well", "What went well for children"),
        ("what_needs_to_develop", "What needs to develop"),
        ("what_families_told_us", "What families told us"),
        ("what_changes", "What changes"),
        ("what_we_ask_of_you", "What we ask of you"),
    )
    quarter = quarter_field()
    focus = models.CharField(max_length=200, blank=True, help_text="The themed supplement, if any.")
    introduction = rich("The days, the sample, the focus.")
    what_went_well = rich("Strengths across the sample.")
    what_needs_to_develop = rich("Development across the sample.")
    what_families_told_us = rich("Their words, without anything that they could be known by.")
    what_changes = rich("What the organisation does.")
    what_we_ask_of_you = rich("What each team can do.")
    findings = ParentalManyToManyField("audit_pages.FindingPage", blank=True, related_name="+")
    parent_page_types: ClassVar[list[str]] = ["audit_pages.QuarterlyIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *PublishedPage.content_panels,
        FieldPanel("quarter"),
        FieldPanel("focus"),
        PublishedPage.theme_panel,
        *[FieldPanel(name, heading=heading) for name, heading in rich_parts],
        FieldPanel("findings"),
    ]

    def facts(self) -> list[tuple[str, str]]:
        return [("Quarter", self.quarter), *([("Focus", self.focus)] if self.focus else [])]

    def neighbours(self, user: Any) -> tuple[Neighbour, Neighbour]:
        from audit_pages.publishing.readers import visible_to

        quarters = visible_to(user, QuarterlyLearningPage.objects.all())
        return beside(quarters.order_by("quarter", "path"), self.pk)

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from audit_pages.publishing.readers import visible_to

        context = super().get_context(request, *args, **kwargs)
        chosen = [finding.pk for finding in self.findings.all()]
        context["findings"] = visible_to(
            request.user, FindingPage.objects.filter(pk__in=chosen)
        ).prefetch_related("themes")
        return context

    def record_facets(self) -> dict[str, Any]:
        return {
            "quarter": self.quarter,
            "focus": self.focus,
            "dated_on": quarter_start(self.quarter),
        }


class SevenMinuteBriefingPage(PracticeMixin, PublishedPage):
    """Seven short parts for a team meeting (domain.md D6)."""

    kind, kind_label, in_search = "briefing", "Seven-minute briefing", True
    workflow_name = TWO_STEPS
    is_creatable = True
    shown_with = "audit_pages/pages/briefing_page.html"
    rich_parts = (
        ("background", "Background"),
        ("why_it_matters", "Why it matters"),
        ("what_we_saw", "What we saw"),
        ("what_good_looks_like", "What good looks like"),
        ("what_to_do", "What to do"),
        ("questions_for_your_team", "Questions for your team"),
        ("record_your_response", "Record your team's response"),
    )
    quarter = quarter_field()
    background = rich("Minute one.")
    why_it_matters = rich("Minute two.")
    what_we_saw = rich("Minute three.")
    what_good_looks_like = rich("Minute four.")
    what_to_do = rich("Minute five.")
    questions_for_your_team = rich("Minute six.")
    record_your_response = rich("Minute seven: what the team will do, and who keeps the note.")
    parent_page_types: ClassVar[list[str]] = ["audit_pages.QuarterlyIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *PublishedPage.content_panels,
        FieldPanel("quarter"),
        *_practice_panels(),
        *[FieldPanel(name, heading=heading) for name, heading in rich_parts],
    ]

    def facts(self) -> list[tuple[str, str]]:
        return [("Quarter", self.quarter), ("Takes", "Seven minutes")]

    def record_facets(self) -> dict[str, Any]:
        return {
            **self.practice_facets(),
            "quarter": self.quarter,
            "dated_on": quarter_start(self.quarter),
        }


class ImportedIndexPage(ListingMixin, PublishedPage):
    """Findings of others, by source."""

    kind, kind_label, in_search = "imported_index", "Findings from elsewhere", False
    is_creatable = True
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["audit_pages.ImportedSourcePage"]


class ImportedSourcePage(ListingMixin, PublishedPage):
    """One outside source: who wrote it, and under what licence it may be shown."""

    kind, kind_label, in_search = "imported_source", "Source", False
    is_creatable = True
    attribution = models.CharField(
        max_length=300, help_text="Shown on every finding of this source."
    )
    licence = models.CharField(max_length=200)
    licence_url = models.URLField(blank=True)
    parent_page_types: ClassVar[list[str]] = ["audit_pages.ImportedIndexPage"]
    subpage_types: ClassVar[list[str]] = ["audit_pages.ImportedYearPage"]
    content_panels: ClassVar[list[Any]] = [
        *PublishedPage.content_panels,
        FieldPanel("attribution"),
        FieldPanel("licence"),
        FieldPanel("licence_url"),
    ]

    def listed(self, user: Any) -> Any:
        return super().listed(user).order_by("-title")


class ImportedYearPage(ListingMixin, PublishedPage):
    """One year of a source."""

    kind, kind_label, in_search = "imported_year", "Year", False
    is_creatable = False
    parent_page_types: ClassVar[list[str]] = ["audit_pages.ImportedSourcePage"]
    subpage_types: ClassVar[list[str]] = ["audit_pages.ImportedFindingPage"]


class ImportedFindingPage(PublishedPage):
    """A finding of somebody else's, word for word, with its source. It has a year and no quarter."""

    kind, kind_label, in_search = "imported_finding", "Finding from elsewhere", True
    is_creatable = False
    shown_with = "audit_pages/pages/imported_finding_page.html"
    rich_parts = (("text", "Finding"),)

    reference = models.CharField(
        max_length=80, db_index=True, help_text="Its number at the source."
    )
    source_label = models.CharField(max_length=120, db_index=True)
    attribution = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    authority = models.CharField(max_length=120, blank=True, help_text="Whose service it is about.")
    section = models.CharField(max_length=200, blank=True, help_text="The heading it stood under.")
    dated_on = models.DateField("published by the source", null=True, blank=True)
    statement_kind = models.CharField(max_length=20, choices=StatementKind.choices, blank=True)
    text = RichTextField()
    parent_page_types: ClassVar[list[str]] = ["audit_pages.ImportedYearPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *PublishedPage.content_panels,
        FieldRowPanel([FieldPanel("authority"), FieldPanel("section")]),
        FieldRowPanel([FieldPanel("dated_on"), FieldPanel("statement_kind")]),
        FieldPanel("text"),
    ]

    @classmethod
    def read_together(cls, pages: list[Any]) -> None:
        models.prefetch_related_objects(pages, "theme_tags__theme")

    @cached_property
    def theme_list(self) -> list[Theme]:
        """Themes that an editor has confirmed."""
        return [tag.theme for tag in self._theme_tags if tag.is_confirmed]

    @property
    def suggested_theme_list(self) -> list[Theme]:
        return [tag.theme for tag in self._theme_tags if not tag.is_confirmed]

    @cached_property
    def _theme_tags(self) -> list[Any]:
        read = getattr(self, "_prefetched_objects_cache", {})
        if "theme_tags" in read:
            return list(self.theme_tags.all())
        return list(self.theme_tags.select_related("theme"))

    def facts(self) -> list[tuple[str, str]]:
        facts = [
            ("Source", self.source_label),
            ("About", self.authority),
            ("Section", self.section),
            ("Published", f"{self.dated_on:%-d %B %Y}" if self.dated_on else ""),
        ]
        return [(label, value) for label, value in facts if value]

    def record_facets(self) -> dict[str, Any]:
        return {
            "statement_kind": self.statement_kind,
            "source": self.source_label,
            "dated_on": self.dated_on,
            "themes": tuple(theme.code for theme in self.theme_list),
            "suggested_themes": tuple(theme.code for theme in self.suggested_theme_list),
            "keywords": (self.authority,) if self.authority else (),
        }

    def parts(self) -> Iterator[PagePart]:
        for part in super().parts():
            yield PagePart(part.anchor, self.section or part.heading, part.html)
