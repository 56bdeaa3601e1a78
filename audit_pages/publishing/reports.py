"""Reports for editors: what is due for review or was never given a date, and what has no theme."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import PageReportView

from audit_pages.pages.base import PublishedPage, searched_page_types

SOON = timedelta(days=30)


def _overdue() -> Q:
    return Q(review_due_on__lt=timezone.localdate())


def _due_soon() -> Q:
    today = timezone.localdate()
    return Q(review_due_on__range=(today, today + SOON))


def _without_review_date() -> Q:
    """Pages of ours that are read as they were written: lists, themes and cycles are put together when
    they are shown, and the findings of others stay as they came."""
    from audit_pages.pages.cycles import CyclePage
    from audit_pages.pages.findings import ImportedFindingPage
    from audit_pages.pages.themes import ThemePage

    return Q(review_due_on=None) & _searched_but(CyclePage, ImportedFindingPage, ThemePage)


def _without_theme() -> Q:
    from audit_pages.pages.findings import ImportedFindingPage
    from audit_pages.pages.guidance import GlossaryPage
    from audit_pages.pages.themes import ThemePage

    return Q(themes=None) & _searched_but(GlossaryPage, ImportedFindingPage, ThemePage)


def _searched_but(*exempt: type[PublishedPage]) -> Q:
    types = [model for model in searched_page_types() if model not in exempt]
    return Q(pk__in=PublishedPage.objects.exact_type(*types).values("pk"))


LACKS = {
    "review": ("Review is overdue", _overdue),
    "soon": (f"Review is due within {SOON.days} days", _due_soon),
    "no_date": ("No review date", _without_review_date),
    "theme": ("No theme", _without_theme),
}


class NeedsAttentionFilterSet(WagtailFilterSet):
    """Which of the lacks to show."""

    lack = django_filters.ChoiceFilter(
        label="What it needs",
        choices=[(key, label) for key, (label, _) in LACKS.items()],
        method="with_lack",
        empty_label="Any of these",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = PublishedPage
        fields: list[str] = []

    def with_lack(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(LACKS[value][1]())


class NeedsAttentionView(PageReportView):
    """Live pages whose review is overdue, due soon or without a date, or that no theme leads to."""

    page_title = "Pages that need attention"
    header_icon = "warning"
    results_template_name = "audit_pages/publishing/needs_attention_results.html"
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
        any_lack = Q()
        for _, lacking in LACKS.values():
            any_lack |= lacking()
        pages = PublishedPage.objects.live().filter(any_lack).select_related("content_owner")
        return pages.order_by(F("review_due_on").asc(nulls_last=True), "title").distinct()
