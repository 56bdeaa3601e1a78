"""Small things that a reader does on a page."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST
from wagtail.models import Page

from audit_pages.publishing.readers import visible_to
from audit_pages.reading.services import answer_useful, toggle_bookmark


def _page_for(request: HttpRequest, page_id: int) -> Page:
    return get_object_or_404(visible_to(request.user, Page.objects.all()), pk=page_id)


@require_POST
def bookmark(request: HttpRequest, page_id: int) -> HttpResponse:
    page = _page_for(request, page_id)
    is_kept = toggle_bookmark(person=request.user, page=page)
    messages.success(
        request, "Kept in your bookmarks." if is_kept else "Taken out of your bookmarks."
    )
    return redirect(_back_to(page))


@require_POST
def useful(request: HttpRequest, page_id: int) -> HttpResponse:
    page = _page_for(request, page_id)
    answer: Any = request.POST.get("useful")
    if answer not in ("yes", "no"):
        raise Http404
    answer_useful(person=request.user, page=page, was_useful=answer == "yes")
    return redirect(f"{_back_to(page)}#useful")


def _back_to(page: Page) -> str:
    return page.specific_deferred.get_url() or "/"
