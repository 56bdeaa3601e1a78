"""Reports for editors: what is due for review, and what has no theme."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import PageReportView

from audit_pages.pages.base import PublishedPage, searched_page_types


class NeedsAttentionFilterSet(WagtailFilterSet):
    """Which of the two lacks to show."""

    lack = django_filters.ChoiceFilter(
        label="What is missing",
        choices=[("review", "Review is overdue"), ("theme", "No theme")],
        method="with_lack",
        empty_label="Either",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = PublishedPage
        fields: list[str] = []

    def with_lack(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(_overdue() if value == "review" else _without_theme())


def _overdue() -> Q:
    return Q(review_due_on__lt=timezone.localdate())


def _without_theme() -> Q:
    from audit_pages.pages.findings import ImportedFindingPage
    from audit_pages.pages.guidance import GlossaryPage
    from audit_pages.pages.themes import ThemePage

    exempt = (ThemePage, ImportedFindingPage, GlossaryPage)
    searched = [model for model in searched_page_types() if model not in exempt]
    types = PublishedPage.objects.exact_type(*searched)
    return Q(themes=None, pk__in=types.values("pk"))


class NeedsAttentionView(PageReportView):
    """Live pages whose review is overdue, or that nobody can find by a theme."""

    page_title = "Pages that need attention"
    header_icon = "warning"
    filterset_class = NeedsAttentionFilterSet
    index_url_name = "needs_attention"
    index_results_url_name = "needs_attention_results"
    any_permission_required = ["add", "change", "publish"]
    list_export = ["title", "review_due_on", "content_owner", "status_string"]
    export_headings = {
        "title": "Title",
        "review_due_on": "Review due",
        "content_owner": "Owner",
        "status_string": "Status",
    }

    def get_queryset(self) -> QuerySet[Any]:
        pages = PublishedPage.objects.live().filter(_overdue() | _without_theme())
        return pages.select_related("content_owner").order_by("review_due_on", "title").distinct()
