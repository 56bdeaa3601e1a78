"""What views of the draw and its cases ask first, and the way back."""

from django.http import HttpRequest
from django.urls import reverse

from learning.access.services import reach
from learning.programme.guards import crumbs as cycle_crumbs
from learning.programme.models import AuditCycle
from learning.selection.models import SampledCase
from learning.selection.selectors import with_preparation


def case_or_404(request: HttpRequest, ref: str) -> SampledCase:
    """The case, if this person may see it; each look is logged."""
    visible = with_preparation(SampledCase.objects.visible_to(request.user))
    return reach(request.user, visible, ref=ref)


def draw_crumbs(cycle: AuditCycle) -> list[dict[str, str]]:
    """The way from home to a page below the draw."""
    return [
        *cycle_crumbs(cycle),
        {"title": "Draw", "url": reverse("selection:draw", args=[cycle.ref])},
    ]


def case_crumbs(cycle: AuditCycle, *cases: SampledCase) -> list[dict[str, str]]:
    """The way from home to a page below the list of cases, or below one of them."""
    trail = [
        *cycle_crumbs(cycle),
        {"title": "Cases", "url": reverse("selection:cases", args=[cycle.ref])},
    ]
    return trail + [
        {"title": case.ref, "url": reverse("selection:case", args=[case.ref])} for case in cases
    ]
