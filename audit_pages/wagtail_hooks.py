"""Where Wagtail asks this app; each answer stands in its room."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks

from audit_pages.media.views import refuse_unused_document

hooks.register("before_serve_document", refuse_unused_document)


@hooks.register("before_serve_page", order=-1)
def refuse_without_reading_role(page: Any, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """403 for signed-in people whose roles give no reading of published learning (domain.md E7)."""
    if request.user.is_authenticated and not request.user.may_read_learning:
        raise PermissionDenied("no reading role")
