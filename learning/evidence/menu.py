"""The way from the editors' desk to what pages rest on, for the QA office."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.menu import MenuItem

from learning.access.doors import holds
from learning.access.matrix import Right


class EvidenceMenuItem(MenuItem):
    """Shown to those who may name audits."""

    def is_shown(self, request: HttpRequest) -> bool:
        return holds(request.user, Right.EVIDENCE)


def evidence_menu_item() -> Any:
    """Hook `register_admin_menu_item`."""
    return EvidenceMenuItem("Evidence", reverse("evidence:list"), icon_name="lock", order=290)
