"""The register of letters in the editors' desk: a list for the QA office, and nothing to change.

Each line leads to the letter on the portal: there its words are shown, and each look is logged.
"""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.letters.models import GoodPracticeLetter


class LetterPermissionHelper(PermissionHelper):
    """Reading for the QA office; nobody writes here, superusers included."""

    def user_has_any_permissions(self, user: Any) -> bool:
        return holds(user, Right.LETTER_REGISTER)

    def user_can_list(self, user: Any) -> bool:
        return self.user_has_any_permissions(user)

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: GoodPracticeLetter) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: GoodPracticeLetter) -> bool:
        return False

    def user_can_inspect_obj(self, user: Any, obj: GoodPracticeLetter) -> bool:
        return False


class LetterAdmin(ModelAdmin):
    """Reference, state and dates; no name, no word of a letter, no export."""

    model = GoodPracticeLetter
    base_url_path = "letters"
    menu_label = "Private letters"
    menu_icon = "mail"
    menu_order = 285
    list_display = ("page_link", "state", "nominated_at", "sent_at")
    list_filter = ("state",)
    list_export = ()
    search_fields = ("ref",)
    ordering = ("-ref",)
    inspect_view_enabled = False
    history_view_enabled = False
    permission_helper_class = LetterPermissionHelper

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[GoodPracticeLetter]:
        return GoodPracticeLetter.objects.visible_to(request.user).order_by(*self.ordering)

    def page_link(self, letter: GoodPracticeLetter) -> str:
        return format_html('<a href="{}">{}</a>', letter.get_absolute_url(), letter.ref)

    page_link.short_description = "Reference"  # type: ignore[attr-defined]
