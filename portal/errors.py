"""Pages for what went wrong, each with a sentence on what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 with the page that explains an out-of-date form; `reason` stays out of it."""
    return render(request, "403_csrf.html", status=403)


def null_character(request: HttpRequest) -> HttpResponse:
    """400 with a page that says which character cannot be read, and that nothing was changed."""
    return render(request, "400.html", {"holds_null_character": True}, status=400)
