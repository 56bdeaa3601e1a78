"""Pages of the drawn cases: the list, one case, its worker's preparation, its way out, its key."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from learning.access.doors import holds, needs
from learning.access.matrix import Right
from learning.access.taking import posted, take, tried
from learning.events.refusals import Refusal
from learning.programme.guards import crumbs, cycle_or_404
from learning.programme.states import TEAM_CHANGES
from learning.selection import preparing, replacing, selectors
from learning.selection.case_forms import (
    KeyForm,
    OutOfSampleForm,
    PreparationForm,
    WorkerForm,
)
from learning.selection.guards import case_crumbs, case_or_404
from learning.selection.keys import KeyReason, look_up_key, refuse_key
from learning.selection.models import SampledCase
from learning.selection.states import BEFORE_AUDIT, TO_CONFIRM, WITH_A_PAIR, CaseState
from learning.selection.timing import TO_AUDIT, TO_PREPARE

CASES_A_PAGE = 50


def show_cases(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    """The drawn cases that this person may see; `?show=chase` those whose worker has not confirmed."""
    cycle = cycle_or_404(cycle_ref)
    cases = selectors.cases_for(request.user, cycle)
    sees_all = holds(request.user, Right.SEE_CASES)
    if not sees_all and not cases.exists():
        raise PermissionDenied(Right.SEE_CASES.value.words)
    chase = request.GET.get("show") == "chase"
    chosen = selectors.to_chase(cases) if chase else cases
    context = {
        "cycle": cycle,
        "sees_all": sees_all,
        "chase": chase,
        "page": Paginator(chosen, CASES_A_PAGE).get_page(request.GET.get("page")),
        "tabs": selectors.tabs_of(cases, cycle, chase),
        "may_allocate": holds(request.user, Right.ALLOCATE),
        "states": selectors.counts_by_state(cycle) if sees_all else {},
        "breadcrumbs": crumbs(cycle),
    }
    return render(request, "learning/selection/cases.html", context)


def show_case(request: HttpRequest, case_ref: str) -> HttpResponse:
    """One case: where it stands and what comes next, for everybody whose case it is in some way."""
    case = case_or_404(request, case_ref)
    is_own = case.worker_id == request.user.pk
    may_allocate = holds(request.user, Right.ALLOCATE) and case.state in WITH_A_PAIR
    context = {
        "case": case,
        "is_own": is_own,
        "may_confirm": is_own and case.state in TO_CONFIRM and case.cycle.state in TO_PREPARE,
        "sees_all": holds(request.user, Right.SEE_CASES),
        "may_reallocate": may_allocate and case.cycle.state in TO_AUDIT,
        "may_exchange": may_allocate and case.cycle.state in TEAM_CHANGES,
        "may_look_up": holds(request.user, Right.CASE_KEY),
        "may_replace": holds(request.user, Right.DRAW) and case.state in BEFORE_AUDIT,
        "may_name_worker": holds(request.user, Right.ALLOCATE)
        and case.state in (CaseState.CONFIRMED, CaseState.WORKER_NOTIFIED)
        and case.cycle.state in TO_PREPARE,
        "what_happens_now": selectors.what_happens_now(case, is_own=is_own),
        "replaced_by": selectors.replacement_of(case),
        "breadcrumbs": case_crumbs(case.cycle),
    }
    return render(request, "learning/selection/case.html", context)


# --- The worker --------------------------------------------------------------------------------------


def prepare(request: HttpRequest, case_ref: str) -> HttpResponse:
    """The worker says that the recording is up to date and which day suits, and may change it later."""
    case = case_or_404(request, case_ref)
    if case.worker_id != request.user.pk:
        raise PermissionDenied(Right.CONFIRM_PREPARATION.value.words)
    form = PreparationForm(posted(request), case=case)
    is_open = case.state in TO_CONFIRM and case.cycle.state in TO_PREPARE
    if is_open and take(form, lambda: _prepare(case, form, request.user)):
        messages.success(request, "Thank you. It is kept, and you can change it until the days.")
        return redirect("selection:case", case_ref=case.ref)
    context = {
        "case": case,
        "form": form,
        "is_open": is_open,
        "what_happens_now": selectors.what_happens_now(case, is_own=True),
        "breadcrumbs": case_crumbs(case.cycle, case),
    }
    status = 422 if is_open and form.errors else 200
    return render(request, "learning/selection/prepare.html", context, status=status)


def _prepare(case: SampledCase, form: PreparationForm, confirmed_by: Any) -> None:
    preparing.confirm_preparation(
        case=case,
        recording=form.recording_said(),
        attendance=form.attendance_said(),
        confirmed_by=confirmed_by,
    )


@needs(Right.ALLOCATE)
def name_worker(request: HttpRequest, case_ref: str) -> HttpResponse:
    case = case_or_404(request, case_ref)
    form = WorkerForm(request.POST or None)
    if form.is_valid() and tried(form, lambda: _name_worker(case, form, request.user)):
        messages.success(request, f"{form.cleaned_data['worker']} is the worker of {case.ref}.")
        return redirect("selection:cases", cycle_ref=case.cycle.ref)
    return _form_page(
        request,
        case,
        form,
        title="Who is the worker?",
        text="The council’s list names workers as the case system does. Say who it is in the portal.",
        button="Save",
    )


def _name_worker(case: SampledCase, form: WorkerForm, named_by: Any) -> None:
    preparing.name_worker(case=case, worker=form.cleaned_data["worker"], named_by=named_by)


@require_POST
@needs(Right.ALLOCATE)
def tell_workers(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    try:
        told = preparing.tell_workers(cycle=cycle, told_by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        cases = selectors.cases_in_words(len(told))
        messages.success(request, f"{cases}: the worker of each has an e-mail with a link.")
    return redirect("selection:cases", cycle_ref=cycle.ref)


# --- Out of the sample -----------------------------------------------------------------------------


@needs(Right.DRAW)
def replace_case(request: HttpRequest, case_ref: str) -> HttpResponse:
    case = case_or_404(request, case_ref)
    form = OutOfSampleForm(request.POST or None)
    if form.is_valid() and tried(form, lambda: _replace(case, form, request.user)):
        messages.success(request, f"{case.ref} is out; the next reserve has stepped in.")
        return redirect("selection:cases", cycle_ref=case.cycle.ref)
    return _form_page(
        request,
        case,
        form,
        title=f"Replace {case.ref}",
        text="The next reserve of the same area and team steps in, in the order of the draw. "
        "Nobody chooses which.",
        button="Replace it",
    )


def _replace(case: SampledCase, form: OutOfSampleForm, replaced_by: Any) -> None:
    replacing.replace_case(case=case, replaced_by=replaced_by, **form.cleaned_data)


@needs(Right.DRAW)
def withdraw_case(request: HttpRequest, case_ref: str) -> HttpResponse:
    case = case_or_404(request, case_ref)
    form = OutOfSampleForm(request.POST or None)
    if form.is_valid() and tried(form, lambda: _withdraw(case, form, request.user)):
        messages.success(request, f"{case.ref} is withdrawn.")
        return redirect("selection:cases", cycle_ref=case.cycle.ref)
    return _form_page(
        request,
        case,
        form,
        title=f"Withdraw {case.ref}",
        text="The sample is one case smaller. Replace the case instead where a reserve is left.",
        button="Withdraw it",
    )


def _withdraw(case: SampledCase, form: OutOfSampleForm, withdrawn_by: Any) -> None:
    replacing.withdraw_case(case=case, withdrawn_by=withdrawn_by, **form.cleaned_data)


def _form_page(
    request: HttpRequest, case: SampledCase, form: Any, *, title: str, text: str, button: str
) -> HttpResponse:
    trail = case_crumbs(case.cycle, case)
    context = {
        "title": title,
        "text": text,
        "button": button,
        "form": form,
        "cancel_url": trail[-1]["url"],
        "breadcrumbs": trail,
    }
    status = 422 if form.errors else 200
    return render(request, "learning/form.html", context, status=status)


# --- The key -----------------------------------------------------------------------------------------


@never_cache
def look_up(request: HttpRequest, case_ref: str) -> HttpResponse:
    """The council's number of one case, shown once, for a reason; each look is logged."""
    case = case_or_404(request, case_ref)
    refuse_key(case=case, user=request.user)
    form = KeyForm(request.POST or None)
    number = ""
    if form.is_valid():
        reason = KeyReason(form.cleaned_data["reason"])
        number = look_up_key(case=case, looked_up_by=request.user, reason=reason)
    context = {
        "case": case,
        "form": form,
        "number": number,
        "breadcrumbs": case_crumbs(case.cycle, case),
    }
    status = 422 if form.errors else 200
    return render(request, "learning/selection/key.html", context, status=status)
