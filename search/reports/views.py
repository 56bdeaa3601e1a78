"""The report of searches that found nothing."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from search.reports.models import FruitlessSearch
from search.reports.recording import report


class FruitlessReportView(ReportView):
    """Terms that two people or more searched for, and that no page answers whole."""

    page_title = "Searches without results"
    header_icon = "search"
    index_url_name = "search_fruitless_report"
    index_results_url_name = "search_fruitless_report_results"
    columns = [
        Column("term", label="Searched for"),
        Column("people", label="People"),
        Column("last_searched", label="Last searched on"),
    ]
    list_export = ["term", "people", "last_searched"]
    export_headings = {"term": "Searched for", "people": "People", "last_searched": "Last on"}
    is_searchable = False

    @staticmethod
    def is_open_to(user: Any) -> bool:
        """Whoever may change synonyms is whom this helps."""
        return user.has_perm("search.change_synonymentry")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_open_to(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[FruitlessSearch, dict[str, Any]]:
        return report()

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        return object_list
