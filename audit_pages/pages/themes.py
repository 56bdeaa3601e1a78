"""Theme pages: what belongs to a theme, how often it came up, and where to read more."""

from typing import Any, ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.log_actions import log
from wagtail.models import Page

from audit_pages import panels
from audit_pages.pages.base import ListingMixin, PublishedPage
from audit_pages.pages.findings import FindingPage, ImportedFindingPage
from audit_pages.publishing import readers
from learning.vocabulary.choices import ThemeGroup
from learning.vocabulary.models import Theme


def page_ids_with_theme(theme: Theme) -> list[int]:
    """Ids of live pages that carry this theme, its own page included."""
    from audit_pages.importing.models import ThemeTag

    ids = set(PublishedPage.objects.live().filter(themes=theme).values_list("pk", flat=True))
    ids |= set(ThemePage.objects.live().filter(theme=theme).values_list("pk", flat=True))
    ids |= set(ThemeTag.objects.filter(theme=theme).values_list("page_id", flat=True))
    return sorted(ids)


def retitle_page_of(theme: Theme) -> None:
    """Call the theme's page what the theme is called now, and note it in the page's history. Its
    address stays."""
    page = ThemePage.objects.filter(theme=theme).exclude(title=theme.label).first()
    if page is None:
        return
    renamed = {"title": {"old": page.title, "new": theme.label}}
    page.save(clean=False, update_fields=["title", "draft_title"])
    log(instance=page, action="wagtail.rename", data=renamed)


class ThemeIndexPage(ListingMixin, PublishedPage):
    """All themes, in their four groups."""

    kind, kind_label, in_search = "theme_index", "Themes", False
    is_creatable = True
    shown_with = "audit_pages/pages/theme_index_page.html"
    page_size = 500
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["audit_pages.ThemePage"]

    def listed(self, user: Any) -> Any:
        pages = ThemePage.objects.child_of(self).select_related("theme")
        return readers.visible_to(user, pages).order_by("theme__code")

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        pages = list(context["listing"])
        context["groups"] = [
            (group.label, [page for page in pages if page.theme.group == group])
            for group in ThemeGroup
        ]
        return context


class ThemePage(PublishedPage):
    """One theme, with its trend and what is known about it. It is called what its theme is called."""

    kind, kind_label, in_search = "theme", "Theme", True
    is_creatable = True
    shown_with = "audit_pages/pages/theme_page.html"
    theme = models.OneToOneField(Theme, on_delete=models.PROTECT, related_name="page")
    parent_page_types: ClassVar[list[str]] = ["audit_pages.ThemeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        FieldPanel(
            "theme",
            help_text="The page is called what the theme is called: change the label there.",
        ),
        *PublishedPage.content_panels[len(Page.content_panels) :],
    ]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._take_title()
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The title is the theme's label, whatever an earlier draft was called."""
        self._take_title()
        super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> "ThemePage":
        page = super().with_content_json(content)
        page._take_title()
        return page

    def _take_title(self) -> None:
        if self.theme_id:
            self.title = self.draft_title = self.theme.label

    @property
    def theme_list(self) -> list[Theme]:
        return [self.theme]

    def record_facets(self) -> dict[str, Any]:
        return {"keywords": tuple(self.theme.also_called)}

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        user = request.user
        findings = FindingPage.objects.filter(themes=self.theme).prefetch_related("themes")
        context["findings"] = readers.visible_to(user, findings).order_by("-quarter", "path")[:12]
        context["others"] = readers.visible_to(
            user,
            PublishedPage.objects.filter(themes=self.theme).not_exact_type(
                FindingPage, ImportedFindingPage
            ),
        ).order_by("-first_published_at")[:8]
        context["trend"] = panels.trend_of(self.theme.code, user)
        return context
