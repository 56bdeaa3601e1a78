"""The register of auditors' preparation in the editors' desk. It is read there; the portal's own page
records, since recording is a step."""

from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from learning.access.matrix import Right
from learning.access.registers import ReadOnlyRegister, Register
from learning.programme.models import AuditorReadiness


class PreparationHelper(ReadOnlyRegister):
    right = Right.SEE_READINESS


class PreparationAdmin(Register):
    """Who is prepared to audit, since when, and who recorded it."""

    model = AuditorReadiness
    base_url_path = "preparation"
    menu_label = "Preparation to audit"
    menu_icon = "tick-inverse"
    menu_order = 295
    list_display = (
        "person",
        "modules_read_on",
        "briefing_attended_on",
        "recorded_by",
        "recorded_at",
        "on_the_portal",
    )
    list_filter = ("modules_read_on", "briefing_attended_on")
    list_select_related = ("person", "recorded_by")
    search_fields = ("person__first_name", "person__last_name")
    permission_helper_class = PreparationHelper

    def on_the_portal(self, obj: AuditorReadiness) -> str:
        url = reverse("programme:record_readiness", args=[obj.person_id])
        return format_html('<a href="{}">Record</a>', url)

    on_the_portal.short_description = "On the portal"  # type: ignore[attr-defined]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[AuditorReadiness]:
        return AuditorReadiness.objects.select_related("person", "recorded_by")
