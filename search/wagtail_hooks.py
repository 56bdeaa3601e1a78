"""What editors have of search in the Wagtail admin: their words, and what people did not find."""

from typing import Any

from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from search.reports.views import FruitlessReportView
from search.trying.views import WordsBulkDelete, see_first
from search.words.admin import SearchWordsGroup

register_snippet(SearchWordsGroup)
hooks.register("construct_snippet_action_menu", see_first)
hooks.register("register_bulk_action", WordsBulkDelete, order=1)  # after Wagtail's own


@hooks.register("register_admin_urls")
def report_addresses() -> list[URLPattern]:
    return [
        path("reports/searches/", FruitlessReportView.as_view(), name="search_fruitless_report"),
        path(
            "reports/searches/results/",
            FruitlessReportView.as_view(results_only=True),
            name="search_fruitless_report_results",
        ),
    ]


class FruitlessMenuItem(MenuItem):
    """Shown to those who may change the words."""

    def is_shown(self, request: Any) -> bool:
        return FruitlessReportView.is_open_to(request.user)


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    return FruitlessMenuItem(
        "Searches without results",
        reverse("search_fruitless_report"),
        icon_name="search",
        order=900,
    )
