"""Where Wagtail asks this app; each answer stands in its room."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from audit_pages.importing import admin as importing_admin  # noqa: F401 (registers its hooks)
from audit_pages.media.views import refuse_unused_document
from audit_pages.publishing import (
    disclosure_admin,  # noqa: F401 (registers its hooks)
    purge_admin,  # noqa: F401 (registers its hooks)
)
from audit_pages.publishing.readers import is_closed_to
from audit_pages.publishing.reports import NeedsAttentionView
from audit_pages.publishing.submitting import back_to_my_work
from audit_pages.reading import admin as reading_admin  # noqa: F401 (registers its hooks)

hooks.register("before_serve_document", refuse_unused_document)
hooks.register("after_edit_page", back_to_my_work, order=1)


@hooks.register("before_serve_page", order=-1)
def refuse_readers_without_right(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """403 for people whose roles give no reading (domain.md E7); 404 where privacy keeps them out.

    A closed page and a missing one look the same.
    """
    if not request.user.is_authenticated:
        return
    if not request.user.may_read_learning:
        raise PermissionDenied("no reading role")
    if is_closed_to(request.user, page):
        raise Http404
    page.restrictions_were_asked = True


@hooks.register("register_reports_menu_item")
def needs_attention_menu_item() -> MenuItem:
    return MenuItem(
        "Pages that need attention", reverse("needs_attention"), icon_name="warning", order=50
    )


@hooks.register("register_admin_urls")
def needs_attention_urls() -> list[Any]:
    return [
        path("reports/needs-attention/", NeedsAttentionView.as_view(), name="needs_attention"),
        path(
            "reports/needs-attention/results/",
            NeedsAttentionView.as_view(results_only=True),
            name="needs_attention_results",
        ),
    ]
