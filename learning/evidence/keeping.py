"""A page that names audits is not deleted from under it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page

from learning.evidence.models import PageEvidence

KEPT = "This page, or one below it, is kept because other records rest on it. Unpublish it instead."


def keep_pages_with_evidence(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Hook `before_delete_page`: back to the list with a sentence, or None to let it go."""
    return _kept(request, [page])


def keep_pages_with_evidence_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """Hook `before_bulk_action`, for deleting pages."""
    pages = [thing for thing in objects if isinstance(thing, Page)]
    return _kept(request, pages) if action_type == "delete" else None


def _kept(request: HttpRequest, pages: list[Page]) -> HttpResponse | None:
    for page in pages:
        below = page.get_descendants(inclusive=True)
        if request.method == "POST" and PageEvidence.objects.filter(page__in=below).exists():
            messages.error(request, KEPT)
            parent = page.get_parent()
            return redirect("wagtailadmin_explore", parent.pk)
    return None
