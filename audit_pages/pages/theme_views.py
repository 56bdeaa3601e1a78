"""The short address of a theme, by its code, wherever its page stands in the tree."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from audit_pages.pages.themes import ThemePage
from audit_pages.publishing.readers import visible_to


def show(request: HttpRequest, code: str) -> HttpResponse:
    page = get_object_or_404(
        visible_to(request.user, ThemePage.objects.all()), theme__code__iexact=code
    )
    return redirect(page.get_url() or "/")
