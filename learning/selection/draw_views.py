"""Pages of the draw: seed, list, sample, certificate."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from learning.access.doors import holds, needs
from learning.access.matrix import Right
from learning.access.models import AccessEvent
from learning.access.services import record_access
from learning.access.taking import say_what_came, tried
from learning.programme.guards import crumbs, cycle_or_404
from learning.programme.models import AuditCycle
from learning.selection import draw_selectors, drawing, loading
from learning.selection.certificate import file_of
from learning.selection.forms import TargetsForm
from learning.selection.guards import draw_crumbs
from learning.selection.lateness import lateness_of
from learning.selection.selectors import counts_by_state


@needs(Right.SEE_DRAW)
def show_draw(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    """Where the draw stands, step by step, with the next one to take."""
    cycle = cycle_or_404(cycle_ref)
    draw = draw_selectors.draw_of(cycle)
    context = {
        "cycle": cycle,
        "draw": draw,
        "frame": draw_selectors.frame_of(draw),
        "may_draw": holds(request.user, Right.DRAW),
        "lateness": lateness_of(cycle, draw),
        "states": counts_by_state(cycle),
        "breadcrumbs": crumbs(cycle),
    }
    return render(request, "learning/selection/draw.html", context)


@require_POST
@needs(Right.DRAW)
def promise_seed(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    say_what_came(
        request,
        lambda: loading.promise_seed(cycle=cycle, promised_by=request.user),
        "The seed is fixed. Its hash is shown below; the seed itself is shown after the draw.",
    )
    return redirect("selection:draw", cycle_ref=cycle.ref)


# --- The draw --------------------------------------------------------------------------------------


@needs(Right.DRAW)
def draw_sample(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    """How many from where; then the draw, once."""
    cycle = cycle_or_404(cycle_ref)
    draw = draw_selectors.draw_of(cycle)
    frame = draw_selectors.frame_of(draw)
    if draw is None or frame is None or frame.checked_at is None or draw.drawn_at:
        messages.info(request, "There is no checked list that waits to be drawn from.")
        return redirect("selection:draw", cycle_ref=cycle.ref)
    candidates = drawing.drawable(frame, siblings_together="siblings_together" in request.POST)
    proposed = drawing.proposal_for(candidates)
    form = TargetsForm(request.POST or None, proposed=proposed, candidates=candidates)
    if form.is_valid() and tried(form, lambda: _draw(cycle, form, request.user)):
        messages.success(request, "The sample is drawn. Look at it, then confirm the draw.")
        return redirect("selection:draw", cycle_ref=cycle.ref)
    context = {
        "cycle": cycle,
        "form": form,
        "rows": draw_selectors.strata_rows(form, proposed),
        "total": sum(proposed.values()),
        "breadcrumbs": draw_crumbs(cycle),
    }
    status = 422 if form.errors else 200
    return render(request, "learning/selection/sample.html", context, status=status)


def _draw(cycle: AuditCycle, form: TargetsForm, drawn_by: Any) -> None:
    drawing.draw_sample(cycle=cycle, plan=form.plan(), drawn_by=drawn_by)


@require_POST
@needs(Right.DRAW)
def confirm_draw(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    say_what_came(
        request,
        lambda: drawing.confirm_draw(cycle=cycle, confirmed_by=request.user),
        "The draw is confirmed. See that each case has its worker, then tell the workers.",
    )
    return redirect("selection:cases", cycle_ref=cycle.ref)


@needs(Right.SEE_DRAW)
def show_certificate(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    draw = draw_selectors.draw_of(cycle)
    context = {
        "cycle": cycle,
        "draw": draw,
        "certificate": draw.certificate if draw else None,
        "lateness": lateness_of(cycle, draw),
        "strata": draw_selectors.strata_of(draw),
        "excluded": draw_selectors.excluded_counts(draw),
        "set_apart": draw_selectors.set_apart(draw),
        "not_covered": draw_selectors.not_covered(draw),
        "breadcrumbs": draw_crumbs(cycle),
    }
    return render(request, "learning/selection/certificate.html", context)


@needs(Right.SEE_DRAW)
def download_certificate(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    """The certificate as `manage.py verify_draw` reads it; taking it away is logged."""
    cycle = cycle_or_404(cycle_ref)
    draw = draw_selectors.draw_of(cycle)
    if draw is None or not draw.certificate:
        return redirect("selection:certificate", cycle_ref=cycle.ref)
    record_access(user=request.user, action=AccessEvent.Action.EXPORTED, about=draw)
    response = HttpResponse(file_of(draw.certificate), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="draw-{cycle.ref}.json"'
    return response
