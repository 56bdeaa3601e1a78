"""What views of the draw and its cases ask first, the way back, and steps that may be refused."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from learning.access.services import reach
from learning.events.steps import StepNotPossible
from learning.programme.guards import crumbs as cycle_crumbs
from learning.programme.models import AuditCycle
from learning.selection.allocating import CaseNotForPair
from learning.selection.draw import DrawNotPossible
from learning.selection.loading import FrameNotLoadable
from learning.selection.models import SampledCase
from learning.selection.preparing import WorkersNotTold
from learning.selection.replacing import NoReserveLeft
from learning.selection.selectors import with_preparation
from learning.spreadsheets import UnreadableFile

REFUSALS = (
    CaseNotForPair,
    DrawNotPossible,
    FrameNotLoadable,
    NoReserveLeft,
    StepNotPossible,
    UnreadableFile,
    WorkersNotTold,
)


def tried(form: Any, step: Callable[[], Any]) -> bool:
    """Whether the step was taken; a refusal is shown at the top of the form."""
    try:
        step()
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def say_what_came(request: HttpRequest, step: Callable[[], Any], done: str) -> None:
    """Take the step, and say at the top of the next page what came of it."""
    try:
        step()
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)


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
