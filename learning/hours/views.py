"""One's own hours of a cycle, and those of all for whoever weighs what it took."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from learning.access.doors import needs
from learning.access.matrix import Right
from learning.access.taking import form_answer, take
from learning.hours.forms import HoursForm
from learning.hours.permissions import takes_hours, user_can_see_all, user_works_for
from learning.hours.selectors import hours_of, own_hours
from learning.hours.services import log_hours
from learning.programme.guards import crumbs
from learning.programme.models import AuditCycle


def show_own(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    """What I gave to the cycle, and a form while it takes more."""
    cycle = get_object_or_404(AuditCycle, ref=cycle_ref)
    if not user_works_for(request.user, cycle):
        raise Http404
    own = own_hours(request.user, cycle)
    form = HoursForm(request.POST or None, initial=own.by_activity)
    if request.method == "POST" and take(
        form, lambda: log_hours(cycle=cycle, person=request.user, hours=form.hours())
    ):
        messages.success(request, "Your hours are kept. Thank you.")
        return redirect("hours:own", cycle.ref)
    context = {
        "cycle": cycle,
        "own": own,
        "form": form if takes_hours(cycle) or form.errors else None,
        "may_see_all": user_can_see_all(request.user),
        "breadcrumbs": crumbs(cycle),
    }
    return form_answer(request, "learning/hours/own.html", context)


@needs(Right.SEE_HOURS)
def show_cycle(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    """What everybody gave together, by activity; nobody's own."""
    cycle = get_object_or_404(AuditCycle, ref=cycle_ref)
    context = {"cycle": cycle, "hours": hours_of(cycle), "breadcrumbs": crumbs(cycle)}
    return render(request, "learning/hours/cycle.html", context)
