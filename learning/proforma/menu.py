"""The way from the editors' desk to the forms, for leads."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.menu import MenuItem

from learning.access.doors import holds
from learning.access.matrix import Right


class FormsMenuItem(MenuItem):
    """Shown to those who build forms."""

    def is_shown(self, request: HttpRequest) -> bool:
        return holds(request.user, Right.KEEP_FORMS)


def forms_menu_item() -> Any:
    """Hook `register_admin_menu_item`."""
    return FormsMenuItem("Audit forms", reverse("proforma:list"), icon_name="form", order=292)
