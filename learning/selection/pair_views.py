"""Pages of who audits what: a proposal for all cases, another pair for one of them, somebody else in a pair."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from learning.access.doors import needs
from learning.access.matrix import Right
from learning.access.taking import form_answer, posted, take
from learning.programme.guards import cycle_or_404
from learning.programme.requirements import pairs_with_people
from learning.selection import allocating
from learning.selection.case_forms import AllocationForm, AnotherPairForm, ExchangeForm
from learning.selection.exchanging import exchange_auditor, newcomers_for
from learning.selection.guards import case_crumbs, case_or_404
from learning.selection.models import SampledCase
from learning.selection.states import WITH_A_PAIR


@needs(Right.ALLOCATE)
def allocate(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    """A proposal of who audits what, to change and to confirm."""
    cycle = cycle_or_404(cycle_ref)
    proposals = allocating.propose_allocation(cycle)
    pairs = pairs_with_people(cycle)
    form = AllocationForm(posted(request), proposals=proposals, pairs=pairs)
    if take(form, lambda: _allocate(form, request.user)):
        messages.success(request, "The cases are with their pairs.")
        return redirect("selection:cases", cycle_ref=cycle.ref)
    context = {
        "cycle": cycle,
        "form": form,
        "proposals": proposals,
        "pairs": pairs,
        "breadcrumbs": case_crumbs(cycle),
    }
    return form_answer(request, "learning/selection/allocate.html", context)


def _allocate(form: AllocationForm, allocated_by: Any) -> None:
    allocating.allocate_many(chosen=form.chosen(), allocated_by=allocated_by)


@needs(Right.ALLOCATE)
def reallocate(request: HttpRequest, case_ref: str) -> HttpResponse:
    """Another pair for a case that a pair has: only those that may audit it are offered."""
    case = case_or_404(request, case_ref)
    free, reasons = allocating.pairs_for(case)
    form = AnotherPairForm(posted(request), pairs=free)
    if take(form, lambda: _reallocate(case, form, request.user)):
        messages.success(request, f"{case.ref} is with {form.chosen()} now. Both pairs are told.")
        return redirect("selection:case", case_ref=case.ref)
    context = {"form": form, "free": free, "reasons": reasons}
    return _choose(request, "learning/selection/reallocate.html", case, context)


@needs(Right.ALLOCATE)
def exchange(request: HttpRequest, case_ref: str) -> HttpResponse:
    """Somebody else for one auditor of the pair that has this case: only those who may audit are offered."""
    case = case_or_404(request, case_ref)
    pair = case.pair
    if pair is None or case.state not in WITH_A_PAIR:
        raise Http404
    newcomers = newcomers_for(pair)
    form = ExchangeForm(posted(request), pair=pair, free=newcomers.free)
    if take(
        form,
        lambda: exchange_auditor(pair=pair, exchanged_by=request.user, **form.cleaned_data),
    ):
        joined = form.cleaned_data["newcomer"]
        messages.success(request, f"{joined} audits with the pair now. All of them are told.")
        return redirect("selection:case", case_ref=case.ref)
    context = {"form": form, "free": newcomers.free, "reasons": newcomers.reasons}
    return _choose(request, "learning/selection/exchange.html", case, context)


def _reallocate(case: SampledCase, form: AnotherPairForm, reallocated_by: Any) -> None:
    allocating.reallocate(
        case=case,
        pair=form.chosen(),
        reason=form.cleaned_data["reason"],
        reallocated_by=reallocated_by,
    )


def _choose(
    request: HttpRequest, template: str, case: SampledCase, context: dict[str, Any]
) -> HttpResponse:
    """The page on which somebody is chosen for a case, with the way back to it."""
    trail = case_crumbs(case.cycle, case)
    context |= {"case": case, "cancel_url": trail[-1]["url"], "breadcrumbs": trail}
    return form_answer(request, template, context)
