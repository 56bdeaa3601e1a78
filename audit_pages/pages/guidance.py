"""Pages that tell staff how the practice days work: guidance, training, rules, questions."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import models
from django.utils.text import slugify
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from audit_pages.pages.base import ListingMixin, PagePart, PublishedPage, SeriesMixin
from audit_pages.pages.blocks import BodyBlock
from audit_pages.pages.fields import AgeBandsField
from learning.vocabulary.choices import AgeBand
from learning.vocabulary.models import GlossaryTerm


class FreePage(PublishedPage):
    """A page whose body is written in blocks; each block is a part with its own heading."""

    introduction = models.TextField(blank=True, help_text="Shown above the first heading.")
    body = StreamField(BodyBlock(), blank=True)

    class Meta:
        abstract = True

    content_panels: ClassVar[list[Any]] = [
        *PublishedPage.content_panels,
        PublishedPage.theme_panel,
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]

    def parts(self) -> Iterator[PagePart]:
        taken: set[str] = set()
        for block in self.body:
            heading = str(block.value.get("heading", ""))
            anchor = _unique(slugify(heading) or block.block_type, taken)
            yield PagePart(anchor, heading, block.render({"anchor": anchor}), value=block)


def _unique(anchor: str, taken: set[str]) -> str:
    candidate, number = anchor, 2
    while candidate in taken:
        candidate, number = f"{anchor}-{number}", number + 1
    taken.add(candidate)
    return candidate


class GroupedListingMixin(ListingMixin):
    """A list of pages under the headings of those they are for."""

    shown_with = "audit_pages/pages/grouped_index_page.html"
    page_size = 200

    def listed(self, user: Any) -> Any:
        return super().listed(user).specific()

    def groups(self, pages: Any) -> list[tuple[str, list[Any]]]:
        """The pages under their group's heading, headings in the order of the tree."""
        grouped: dict[str, list[Any]] = {}
        for page in pages:
            grouped.setdefault(getattr(page, "group_label", page.kind_label), []).append(page)
        return list(grouped.items())

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["groups"] = self.groups(context["listing"])
        return context


class GuidanceIndexPage(GroupedListingMixin, PublishedPage):
    """The list of guidance, by who it is for."""

    kind, kind_label, in_search = "guidance_index", "Guidance", False
    is_creatable = True
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = [
        "audit_pages.GuidancePage",
        "audit_pages.GroundRulesPage",
        "audit_pages.FeedbackQuestionSetPage",
        "audit_pages.ExemplarPage",
        "audit_pages.GlossaryPage",
    ]


class GuidancePage(SeriesMixin, FreePage):
    """How to do one thing well."""

    class Audience(models.TextChoices):
        EVERYONE = "everyone", "For everyone"
        AUDITORS = "auditors", "For auditors"
        AUDITEES = "auditees", "When your work is audited"
        MANAGERS = "managers", "For line managers"
        LEADS = "leads", "For leads and QA officers"

    kind, kind_label, in_search = "guidance", "Guidance", True
    is_creatable = True
    audience = models.CharField(max_length=20, choices=Audience.choices, default=Audience.EVERYONE)
    parent_page_types: ClassVar[list[str]] = ["audit_pages.GuidanceIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *PublishedPage.content_panels,
        FieldPanel("audience"),
        PublishedPage.theme_panel,
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]

    @property
    def group_label(self) -> str:
        return self.get_audience_display()

    def facts(self) -> list[tuple[str, str]]:
        return [("For", self.get_audience_display().removeprefix("For ").capitalize())]


class GroundRulesPage(FreePage):
    """The ground rules of the practice days (domain.md D3)."""

    kind, kind_label, in_search = "ground_rules", "Ground rules", True
    is_creatable = True
    group_label = "For everyone"
    parent_page_types: ClassVar[list[str]] = ["audit_pages.GuidanceIndexPage"]
    subpage_types: ClassVar[list[str]] = []


class FeedbackQuestionSetPage(SeriesMixin, FreePage):
    """Core questions for families (domain.md A54, D2)."""

    kind, kind_label, in_search = "question_set", "Family feedback questions", True
    is_creatable = True
    group_label = "Family feedback questions"
    audience = models.CharField(max_length=120, help_text="Whom these questions are for.")
    age_bands = AgeBandsField()
    parent_page_types: ClassVar[list[str]] = ["audit_pages.GuidanceIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *PublishedPage.content_panels,
        FieldPanel("audience"),
        FieldPanel("age_bands"),
        PublishedPage.theme_panel,
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]

    def facts(self) -> list[tuple[str, str]]:
        labels = dict(AgeBand.choices)
        ages = ", ".join(labels.get(band, band) for band in self.age_bands)
        return [("For", self.audience), *([("Ages", ages)] if ages else [])]

    def record_facets(self) -> dict[str, Any]:
        return {"age_bands": tuple(self.age_bands)}


class ExemplarPage(SeriesMixin, FreePage):
    """What good wording looks like, with before and after."""

    kind, kind_label, in_search = "exemplar", "Exemplar", True
    is_creatable = True
    group_label = "What good looks like"
    parent_page_types: ClassVar[list[str]] = ["audit_pages.GuidanceIndexPage"]
    subpage_types: ClassVar[list[str]] = []


class GlossaryPage(PublishedPage):
    """The words that we use, explained."""

    kind, kind_label, in_search = "glossary", "Glossary", True
    group_label = "For everyone"
    is_creatable = True
    shown_with = "audit_pages/pages/glossary_page.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["audit_pages.GuidanceIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    def parts(self) -> Iterator[PagePart]:
        letters: dict[str, list[GlossaryTerm]] = {}
        for term in GlossaryTerm.objects.all():
            letters.setdefault(term.term[0].upper(), []).append(term)
        for letter, terms in letters.items():
            words = "\n".join(map(_explained, terms))
            yield PagePart(f"letter-{letter.lower()}", letter, words, value=terms)


def _explained(term: GlossaryTerm) -> str:
    """The term as search holds it: its name, what else it is called, its meaning."""
    also = f" Also called: {', '.join(term.also_called)}." if term.also_called else ""
    return f"{term}: {term.meaning}{also}"


class TrainingIndexPage(GroupedListingMixin, PublishedPage):
    """The training modules, by who they are for."""

    kind, kind_label, in_search = "training_index", "Training", False
    is_creatable = True
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["audit_pages.TrainingModulePage"]


class TrainingModulePage(SeriesMixin, FreePage):
    """One training module: text, a scenario, reflection (domain.md D4)."""

    class Audience(models.TextChoices):
        AUDITORS = "auditors", "Core modules for auditors"
        QA = "qa", "For leads and QA officers"
        LINE_MANAGERS = "line_managers", "For line managers"
        AUDITEES = "auditees", "When your work is audited"

    kind, kind_label, in_search = "training", "Training", True
    is_creatable = True
    audience = models.CharField(max_length=20, choices=Audience.choices, default=Audience.AUDITORS)
    module_number = models.PositiveSmallIntegerField(help_text="Its place in the programme.")
    minutes = models.PositiveSmallIntegerField(help_text="About how long it takes to read and do.")
    is_core = models.BooleanField(
        "core", default=True, help_text="Everyone who audits does the core modules first."
    )
    aims = models.TextField(blank=True, help_text="What the reader can do afterwards, one a line.")
    parent_page_types: ClassVar[list[str]] = ["audit_pages.TrainingIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *PublishedPage.content_panels,
        FieldPanel("audience"),
        FieldPanel("module_number"),
        FieldPanel("minutes"),
        FieldPanel("is_core"),
        FieldPanel("aims"),
        PublishedPage.theme_panel,
        FieldPanel("introduction"),
        FieldPanel("body"),
    ]

    @property
    def group_label(self) -> str:
        return self.get_audience_display()

    @property
    def aim_list(self) -> list[str]:
        return [line.strip() for line in self.aims.splitlines() if line.strip()]

    def facts(self) -> list[tuple[str, str]]:
        return [
            ("Module", str(self.module_number)),
            ("Takes about", f"{self.minutes} minutes"),
            ("For", self.get_audience_display()),
        ]
