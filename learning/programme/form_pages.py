"""A page with one form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from learning.programme.guards import crumbs
from learning.programme.models import AuditCycle


def form_page(
    request: HttpRequest,
    form: Any,
    *cycles: AuditCycle,
    title: str,
    button: str,
    text: str = "",
    cancel_url: str = "",
) -> HttpResponse:
    """The form under its title, with a way back to the cycle or to the list of cycles."""
    back = cycles[0].get_absolute_url() if cycles else crumbs()[-1]["url"]
    context = {
        "form": form,
        "title": title,
        "text": text,
        "button": button,
        "cancel_url": cancel_url or back,
        "breadcrumbs": crumbs(*cycles),
    }
    return render(request, "learning/programme/form.html", context)
