"""“Was this useful?” for those who write pages: registered where Wagtail asks for reports."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from audit_pages.reading.selectors import usefulness
from learning.people.roles import Role


def user_can_see_answers(user: Any) -> bool:
    """Those who write pages: editors and leads."""
    return user.is_superuser or user.has_role(Role.EDITOR, Role.LEAD_QA)


def show_usefulness(request: HttpRequest) -> HttpResponse:
    if not user_can_see_answers(request.user):
        raise PermissionDenied
    return render(request, "audit_pages/reading/usefulness.html", {"rows": usefulness()})


class UsefulnessMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_see_answers(request.user)


@hooks.register("register_reports_menu_item")
def usefulness_menu_item() -> MenuItem:
    return UsefulnessMenuItem("Was it useful?", reverse("usefulness"), icon_name="pick", order=60)


@hooks.register("register_admin_urls")
def usefulness_urls() -> list[Any]:
    return [path("reports/usefulness/", show_usefulness, name="usefulness")]
