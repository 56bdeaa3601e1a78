"""The page of figures, and the same as CSV."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from learning.access.doors import needs
from learning.access.matrix import Right
from learning.access.models import AccessEvent
from learning.access.services import record_access
from learning.figures.audiences import figures_for
from learning.figures.scope import scope_up_to
from learning.figures.showing import shown, write_csv


@needs(Right.SEE_FIGURES)
def show_figures(request: HttpRequest) -> HttpResponse:
    """Today's figures. No other day can be asked for: two days compared could give a case away."""
    scope = scope_up_to(None, timezone.localdate())
    figures = [figure for figure in figures_for(request.user, scope) if not figure.is_empty]
    context = {
        "scope": scope,
        "figures": shown(figures),
        "contents": [{"title": figure.title, "anchor": figure.key} for figure in figures],
        "breadcrumbs": [
            {"title": "Home", "url": "/"},
            {"title": "Audits", "url": reverse("programme:list")},
        ],
    }
    return render(request, "learning/figures/list.html", context)


@needs(Right.SEE_FIGURES)
def download_figures(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="figures-{today:%Y-%m-%d}.csv"'
    response["Cache-Control"] = "no-store"
    response.write("\ufeff")
    figures = figures_for(request.user, scope_up_to(None, today))
    write_csv(response, figures, request.user, "Figures of the audits")  # type: ignore[arg-type]
    record_access(user=request.user, action=AccessEvent.Action.EXPORTED)
    return response
