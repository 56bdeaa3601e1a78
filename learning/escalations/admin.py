"""The register of escalations in the editors' desk: a list for the QA office, and nothing to change.

Each line leads to the escalation on the portal: there its words are shown, and each look is logged.
"""

from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html

from learning.access.matrix import Right
from learning.access.registers import ReadOnlyRegister, Register
from learning.escalations.models import Escalation


class EscalationHelper(ReadOnlyRegister):
    right = Right.ESCALATION_REGISTER


class EscalationAdmin(Register):
    """Reference, state and moments; no name, no word of the concern, no export."""

    model = Escalation
    base_url_path = "escalations"
    menu_label = "Escalations"
    menu_icon = "warning"
    menu_order = 283
    list_display = ("page_link", "state", "raised_at", "conveyed_at", "deadline", "verified_at")
    list_filter = ("state",)
    search_fields = ("ref",)
    ordering = ("-raised_at",)
    permission_helper_class = EscalationHelper

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Escalation]:
        return Escalation.objects.visible_to(request.user).order_by(*self.ordering)

    def page_link(self, escalation: Escalation) -> str:
        return format_html('<a href="{}">{}</a>', escalation.get_absolute_url(), escalation.ref)

    page_link.short_description = "Reference"  # type: ignore[attr-defined]
