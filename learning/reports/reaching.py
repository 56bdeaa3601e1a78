"""How the pages of this room find what they are about, and show a step's form."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from learning.access.services import reach
from learning.access.taking import form_answer
from learning.reports.board_models import BoardConsideration
from learning.reports.models import CycleReport

RELATED = ("cycle__focus", "cycle__lead", "signed_by", "figures_taken_by")


def report_for(user: Any, cycle_ref: str) -> CycleReport:
    """The report of that cycle, if this person may read it; 404 for missing and forbidden alike, logged."""
    visible = CycleReport.objects.visible_to(user).select_related(*RELATED)
    return reach(user, visible, cycle__ref=cycle_ref)


def summarised_report_for(user: Any, cycle_ref: str) -> CycleReport:
    """The report of that cycle, if its summary may be read by now."""
    visible = CycleReport.objects.with_summary().select_related(*RELATED)
    return reach(user, visible, cycle__ref=cycle_ref)


def consideration_for(user: Any, consideration_id: int) -> BoardConsideration:
    """What one board makes of a report that this person may read."""
    reports = CycleReport.objects.visible_to(user)
    visible = BoardConsideration.objects.filter(report__in=reports)
    return reach(user, visible.select_related("board", "report__cycle"), pk=consideration_id)


def crumbs(*reports: CycleReport) -> list[dict[str, str]]:
    """The way from home to a page about these."""
    trail = [
        {"title": "Home", "url": "/"},
        {"title": "Audits", "url": reverse("programme:list")},
        {"title": "Reports", "url": reverse("reports:list")},
    ]
    return trail + [{"title": str(row.cycle), "url": row.get_absolute_url()} for row in reports]


def form_page(
    request: HttpRequest,
    form: Any,
    *reports: CycleReport,
    template: str = "learning/form.html",
    **words: Any,
) -> HttpResponse:
    """The page with the form of one step; 422 when something stands in the way."""
    trail = crumbs(*reports)
    context = {"form": form, "breadcrumbs": trail, "cancel_url": trail[-1]["url"], **words}
    return form_answer(request, template, context)
