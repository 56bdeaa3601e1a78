"""Pages for what went wrong, each with a sentence on what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 with the page that explains an out-of-date form; `reason` stays out of it."""
    return render(request, "403_csrf.html", status=403)
