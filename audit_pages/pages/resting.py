"""A page that rests on audits: how many, for everybody; which, for those who may open them."""

from typing import Any

from django.http import HttpRequest

from audit_pages.pages.base import PageMixin
from learning.evidence.selectors import rests_on


class RestsOnAudits(PageMixin):
    """Asked anew for each reader, and no part of the page's fields, revisions or records."""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        if request.user.is_authenticated and not context["is_preview"]:
            context["evidence"] = rests_on(self.pk, request.user)
        return context
