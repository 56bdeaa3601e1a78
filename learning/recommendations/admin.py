"""The register of recommendations in the editors' desk: a list for the QA office, and nothing to change.

Each line leads to the recommendation's page on the portal: there its words are shown, each look is logged, and
each step asks whose it is. Changing a row here would go round all of that.
"""

from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html

from learning.access.matrix import Right
from learning.access.registers import ReadOnlyRegister, Register
from learning.recommendations.models import Recommendation
from learning.recommendations.states import DerivedStatus
from learning.recommendations.status_days import status_days


class RecommendationHelper(ReadOnlyRegister):
    right = Right.FOLLOW_UP


class EscalatedFilter(SimpleListFilter):
    """Those of which a senior manager was told that they are late."""

    title = "escalated to senior manager"
    parameter_name = "escalated"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Yes"), ("no", "No")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        asked = {"yes": True, "no": False}.get(str(self.value()))
        return queryset if asked is None else queryset.filter(is_escalated=asked)


class RecommendationAdmin(Register):
    """Reference, status, owner and dates; no word about a case, no export, no search in text."""

    model = Recommendation
    base_url_path = "recommendations"
    menu_label = "Recommendations"
    menu_icon = "tasks"
    menu_order = 280
    list_display = (
        "page",
        "status",
        "escalated",
        "level",
        "owner",
        "original_due_date",
        "due_date",
    )
    list_filter = ("level", EscalatedFilter)
    list_select_related = ("owner",)
    search_fields = ("ref",)
    ordering = ("due_date", "ref")
    permission_helper_class = RecommendationHelper

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Recommendation]:
        visible = Recommendation.objects.visible_to(request.user)
        return visible.telling_status(status_days()).order_by(*self.ordering)

    def page(self, recommendation: Recommendation) -> str:
        url = recommendation.get_absolute_url()
        return format_html('<a href="{}">{}</a>', url, recommendation.ref)

    page.short_description = "Reference"  # type: ignore[attr-defined]

    def status(self, recommendation: Any) -> str:
        return DerivedStatus(recommendation.derived).label

    status.short_description = "Status"  # type: ignore[attr-defined]

    def escalated(self, recommendation: Any) -> str:
        return "To senior manager" if recommendation.is_escalated else ""

    escalated.short_description = "Escalated"  # type: ignore[attr-defined]
