"""Theme pages: what belongs to a theme, how often it came up, and where to read more."""

from typing import Any, ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel

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
    """One theme, with its trend and what is known about it."""

    kind, kind_label, in_search = "theme", "Theme", True
    is_creatable = True
    shown_with = "audit_pages/pages/theme_page.html"
    theme = models.OneToOneField(Theme, on_delete=models.PROTECT, related_name="page")
    parent_page_types: ClassVar[list[str]] = ["audit_pages.ThemeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [*PublishedPage.content_panels, FieldPanel("theme")]

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
