"""Pages of the year and its cycles."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from learning.access.doors import holds, needs
from learning.access.matrix import Right
from learning.access.taking import take, tried
from learning.events.steps import StepNotPossible
from learning.programme import arranging, moving, selectors, services, team_selectors
from learning.programme.asking_again import asked_again_in
from learning.programme.fields import as_lines
from learning.programme.form_pages import form_page
from learning.programme.forms import (
    AddCycleForm,
    DaysForm,
    FocusForm,
    MoveDaysForm,
    PeopleForm,
    PlanYearForm,
    StepForm,
    TimetableForm,
)
from learning.programme.gates import CycleNotReady
from learning.programme.guards import crumbs, cycle_or_404, own_membership, seen_cycle
from learning.programme.models import AuditCycle, AuditProgramme, CountdownTask, CycleFocus
from learning.programme.services import CycleNotPlannable
from learning.programme.states import STEP_WORDS, WHAT_HAPPENS_NOW, CycleState
from learning.programme.ways_on import ways_on, ways_on_from_list

# --- Years ---------------------------------------------------------------------------------------


@needs(Right.SEE_PROGRAMME)
def show_programme(request: HttpRequest) -> HttpResponse:
    context = {
        "programmes": selectors.programmes_with_cycles(),
        "waiting": selectors.waiting_for(request.user),
        "may_plan": holds(request.user, Right.PLAN_PROGRAMME),
        "may_keep_forms": holds(request.user, Right.KEEP_FORMS),
        "may_see_readiness": holds(request.user, Right.SEE_READINESS),
        "ways_on": ways_on_from_list(request.user),
        "breadcrumbs": crumbs()[:1],
    }
    return render(request, "learning/programme/list.html", context)


@needs(Right.PLAN_PROGRAMME)
def plan_year(request: HttpRequest) -> HttpResponse:
    initial = {"year": timezone.localdate().year + 1, "lead": request.user.pk}
    form = PlanYearForm(request.POST or None, initial=initial)
    if form.is_valid() and tried(form, lambda: _plan(request, form)):
        messages.success(request, f"The year {form.cleaned_data['year']} is planned.")
        return redirect("programme:list")
    return form_page(
        request,
        form,
        title="Plan a year",
        text="Each cycle has two days; the second is the working day after the first. "
        "You can change every day later.",
        button="Plan this year",
    )


def _plan(request: HttpRequest, form: PlanYearForm) -> AuditProgramme:
    return services.plan_programme(
        year=form.cleaned_data["year"],
        cycles=form.cycles(),
        lead=form.cleaned_data["lead"],
        reason=form.cleaned_data["reason"],
        planned_by=request.user,
    )


@needs(Right.PLAN_PROGRAMME)
def add_cycle(request: HttpRequest, year: int) -> HttpResponse:
    programme = get_object_or_404(AuditProgramme, year=year)
    form = AddCycleForm(request.POST or None, initial={"lead": request.user.pk})
    if form.is_valid() and tried(form, lambda: _add(request, form, programme)):
        messages.success(request, "The cycle is planned.")
        return redirect("programme:list")
    return form_page(request, form, title=f"Add a cycle to {programme}", button="Plan this cycle")


def _add(request: HttpRequest, form: AddCycleForm, programme: AuditProgramme) -> AuditCycle:
    return services.add_cycle(
        programme=programme,
        days=form.days(),
        lead=form.cleaned_data["lead"],
        reason=form.cleaned_data["reason"],
        planned_by=request.user,
    )


# --- One cycle -----------------------------------------------------------------------------------


def show_cycle(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = seen_cycle(request, cycle_ref)
    may_plan = holds(request.user, Right.PLAN_PROGRAMME)
    membership = own_membership(request, cycle)
    is_asked = membership is not None or holds(request.user, Right.ASSESS_IMPACT)
    team = list(cycle.team.select_related("person"))
    context = {
        "cycle": cycle,
        "way": selectors.way_of(cycle),
        "what_happens_now": WHAT_HAPPENS_NOW[CycleState(cycle.state)],
        "countdown": cycle.countdown.select_related("owner", "done_by"),
        "team": team,
        "pairs": team_selectors.pairs_of(cycle),
        "taking_part": team_selectors.taking_part(team),
        "membership": membership,
        "asked_again": asked_again_in(cycle) if is_asked else [],
        "ways_on": ways_on(cycle, request.user),
        "is_open_to_me": team_selectors.is_open_to(request.user, cycle),
        "may_arrange": holds(request.user, Right.ARRANGE_CYCLE),
        "may_plan": may_plan,
        "next_step": selectors.next_step(cycle) if may_plan else None,
        "other_steps": selectors.other_steps(cycle) if may_plan else [],
        "breadcrumbs": crumbs(),
    }
    return render(request, "learning/programme/cycle.html", context)


@needs(Right.PLAN_PROGRAMME)
def take_step(request: HttpRequest, cycle_ref: str, step: str) -> HttpResponse:
    """What stands in the way, a reason where one is needed, and the button."""
    cycle = cycle_or_404(cycle_ref)
    if step not in STEP_WORDS or step == "resume":
        raise Http404
    shown = selectors.step_of(cycle, step)
    form = StepForm(request.POST or None, step=shown)
    is_sent = request.method == "POST" and (form.is_valid() or not form.fields)
    if is_sent and _moved(request, cycle, step, form):
        return redirect(cycle)
    context = {"cycle": cycle, "step": shown, "form": form, "breadcrumbs": crumbs(cycle)}
    return render(request, "learning/programme/step.html", context)


def _moved(request: HttpRequest, cycle: AuditCycle, step: str, form: StepForm) -> bool:
    """Whether the step was taken; otherwise the person is told why not."""
    reason = form.cleaned_data.get("reason", "") if form.is_bound and form.is_valid() else ""
    try:
        moved = services.move_cycle(cycle=cycle, step=step, actor=request.user, reason=reason)
    except (CycleNotReady, StepNotPossible) as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, f"{moved} now: {moved.get_state_display().lower()}.")
    return True


@needs(Right.PLAN_PROGRAMME)
def resume(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    form = DaysForm(request.POST or None)
    if take(form, lambda: _resume(request, form, cycle)):
        return redirect("programme:list")
    return form_page(
        request,
        form,
        cycle,
        title=f"Plan {cycle} again",
        text="The days may lie in the next year. If a sample was drawn and the days lie in another "
        "quarter, another cycle takes the place of this one: with its people and its focus, a team and "
        "a draw of its own.",
        button="Plan on these days",
    )


def _resume(request: HttpRequest, form: DaysForm, cycle: AuditCycle) -> None:
    planned = moving.resume_cycle(cycle=cycle, days=form.days(), actor=request.user)
    instead = "" if planned == cycle else f" It takes the place of {cycle}."
    messages.success(request, f"{planned} is planned.{instead}")


@needs(Right.ARRANGE_CYCLE)
def edit_people(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    by_lead = holds(request.user, Right.PLAN_PROGRAMME)
    form = PeopleForm(request.POST or None, instance=cycle, by_lead=by_lead)
    if form.is_valid() and tried(
        form, lambda: arranging.name_people(cycle=cycle, named_by=request.user, **form.named())
    ):
        messages.success(request, "Saved. What is left of the countdown falls to them.")
        return redirect("programme:cycle", cycle_ref)
    return form_page(request, form, cycle, title=f"Who does what in {cycle_ref}", button="Save")


@needs(Right.ARRANGE_CYCLE)
def move_days(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    days = [day.date for day in cycle.days.all()]
    initial = dict(zip(("first_day", "second_day"), days, strict=False))
    form = MoveDaysForm(request.POST or None, initial=initial)
    if form.is_valid() and tried(form, lambda: _move_days(request, form, cycle)):
        messages.success(request, "The days are moved, and the countdown with them.")
        return redirect(cycle)
    return form_page(
        request, form, cycle, title=f"Move the days of {cycle_ref}", button="Move the days"
    )


def _move_days(request: HttpRequest, form: MoveDaysForm, cycle: AuditCycle) -> AuditCycle:
    reason = form.cleaned_data["reason"]
    return moving.move_days(cycle=cycle, days=form.days(), moved_by=request.user, reason=reason)


@needs(Right.ARRANGE_CYCLE)
def edit_focus(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    form = FocusForm(request.POST or None, instance=CycleFocus.objects.filter(cycle=cycle).first())
    if take(
        form,
        lambda: arranging.set_focus(cycle=cycle, set_by=request.user, **form.cleaned_data),
    ):
        messages.success(request, "The focus is set.")
        return redirect(cycle)
    return form_page(
        request,
        form,
        cycle,
        title=f"What {cycle_ref} looks at in particular",
        text="A focus is a group of children and a question about them. A cycle may do without one; "
        "cases for it are drawn on their own and never mixed with the others in one figure.",
        button="Save the focus",
    )


@needs(Right.ARRANGE_CYCLE)
def edit_timetable(request: HttpRequest, cycle_ref: str, day_number: int) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    day = get_object_or_404(cycle.days, number=day_number)
    initial = {"entries": as_lines(day.timetable.all())}
    form = TimetableForm(request.POST or None, initial=initial)
    if take(
        form,
        lambda: arranging.write_timetable(day=day, written_by=request.user, **form.cleaned_data),
    ):
        messages.success(request, "The timetable is saved.")
        return redirect(f"{cycle.get_absolute_url()}#days")
    return form_page(request, form, cycle, title=f"Timetable of {day}", button="Save")


@require_POST
def finish_task(request: HttpRequest, cycle_ref: str, countdown_task_id: int) -> HttpResponse:
    task = get_object_or_404(
        CountdownTask.objects.select_related("cycle"), pk=countdown_task_id, cycle__ref=cycle_ref
    )
    try:
        arranging.finish_task(task=task, done_by=request.user)
        messages.success(request, f"Done: {task.words}.")
    except CycleNotPlannable as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{task.cycle.get_absolute_url()}#countdown")
