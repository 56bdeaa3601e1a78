"""The pages of a plenary: both days, one day's note, what comes out of it, and the sheet for the wall."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from learning.access.taking import form_answer, only_if, take
from learning.plenaries import services
from learning.plenaries.forms import AddendumForm, NothingForm, PlenaryForm
from learning.plenaries.guards import (
    crumbs,
    day_of,
    discussed_cycle,
    form_page,
    held_cycle,
    note_of,
)
from learning.plenaries.models import NothingToRecommend, PlenaryNote
from learning.plenaries.permissions import NOT_HELD, user_can_add, user_can_state_none
from learning.plenaries.refusals import NoteHasChanged, PlenaryNotPossible
from learning.plenaries.selectors import days_of_plenary, said_on
from learning.programme.models import AuditCycle, AuditDay
from learning.programme.states import CycleState
from learning.recommendations.forms import DraftForm
from learning.recommendations.permissions import user_can_draft_for
from learning.recommendations.refusals import DraftNotPossible

LEAD_ONLY = "Only a lead does this."


def show_plenary(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = discussed_cycle(request, cycle_ref)
    days = days_of_plenary(cycle)
    may_draft = not cycle.is_over and user_can_draft_for(request.user, cycle)
    context = {
        "cycle": cycle,
        "is_held": cycle.state not in NOT_HELD,
        "days": days,
        "is_under_way": cycle.state == CycleState.IN_PROGRESS,
        "recommended": services.recommended_in(cycle).select_related("owner"),
        "nothing": NothingToRecommend.objects.filter(cycle=cycle)
        .select_related("stated_by")
        .first(),
        "may_draft": may_draft and any(item.note for item in days),
        "may_state_none": user_can_state_none(request.user),
        "may_add": user_can_add(request.user, cycle),
        "breadcrumbs": crumbs(cycle, with_plenary=False),
    }
    return render(request, "learning/plenaries/plenary.html", context)


def show_for_wall(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    """Both days on a sheet, without who wrote what."""
    cycle = held_cycle(request, cycle_ref)
    context = {"cycle": cycle, "days": days_of_plenary(cycle), "breadcrumbs": crumbs(cycle)}
    return render(request, "learning/plenaries/wall.html", context)


# --- One day's note --------------------------------------------------------------------------------------


def write(request: HttpRequest, cycle_ref: str, day_number: int) -> HttpResponse:
    """The note of one day beside what its audits said; when two wrote in one box, both texts are shown."""
    cycle = held_cycle(request, cycle_ref)
    day = day_of(cycle, day_number)
    if cycle.state != CycleState.IN_PROGRESS:
        messages.warning(request, "The days are over, and what was said stays as it is.")
        return redirect("plenaries:cycle", cycle.ref)
    note = PlenaryNote.objects.filter(day=day).select_related("written_by").first()
    form = PlenaryForm(request.POST or None, initial=services.parts_of(note) if note else None)
    try:
        if take(form, lambda: _save(request, day, form)):
            messages.success(request, f"The plenary of the {_name(day)} is written down.")
            return redirect("plenaries:cycle", cycle.ref)
    except NoteHasChanged as conflict:
        return _both_texts(request, day, conflict)
    version = request.POST.get("version", note.version if note else 0)
    return _page(request, day, form, version=version)


def _save(request: HttpRequest, day: AuditDay, form: PlenaryForm) -> PlenaryNote:
    return services.write_note(
        day=day,
        base_version=_base_version(request),
        written_by=request.user,
        **form.cleaned_data,
    )


def _base_version(request: HttpRequest) -> int:
    """The version that the page was shown with; nonsense counts as the beginning."""
    version = request.POST.get("version", "")
    is_number = version.isascii() and version.isdecimal() and len(version) < 9
    return int(version) if is_number else 0


def _both_texts(request: HttpRequest, day: AuditDay, conflict: NoteHasChanged) -> HttpResponse:
    """The form with my words where both wrote, and the colleague's beside them."""
    form = PlenaryForm(conflict.mine)
    form.add_error(None, str(conflict))
    theirs = [
        (PlenaryForm.base_fields[name].label, getattr(conflict.note, name))
        for name in conflict.clashing
    ]
    return _page(request, day, form, version=conflict.note.version, theirs=theirs)


def _page(request: HttpRequest, day: AuditDay, form: PlenaryForm, **context: Any) -> HttpResponse:
    return form_page(
        request,
        form,
        day.cycle,
        template="learning/plenaries/write.html",
        day=day,
        title=f"Plenary of the {_name(day)}",
        text="Two or three sentences each are enough: what everybody in the room would sign.",
        button="Save",
        said=said_on(day, request.user),
        **context,
    )


def _name(day: AuditDay) -> str:
    return str(day.get_number_display().lower())


def add(request: HttpRequest, cycle_ref: str, day_number: int) -> HttpResponse:
    cycle = held_cycle(request, cycle_ref)
    note = note_of(cycle, day_number, request.user)
    only_if(user_can_state_none(request.user), LEAD_ONLY)
    if not user_can_add(request.user, cycle):
        messages.warning(request, "Something is added between the days and the cycle’s close.")
        return redirect("plenaries:cycle", cycle.ref)
    form = AddendumForm(request.POST or None)
    if take(
        form,
        lambda: services.add_to_note(note=note, added_by=request.user, **form.cleaned_data),
    ):
        messages.success(request, "It is added, with your name and the day.")
        return redirect("plenaries:cycle", cycle.ref)
    return form_page(
        request,
        form,
        cycle,
        title=f"Add to the plenary of the {_name(note.day)}",
        text="What was written down stays as it is; what you add stands below it.",
        button="Add it",
    )


# --- What comes out of it --------------------------------------------------------------------------------


def recommend(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    """A recommendation about more than one case, out of the plenary."""
    cycle = held_cycle(request, cycle_ref)
    form = DraftForm(request.POST or None, of_one_case=False)
    try:
        services.source_of(cycle, request.user)
        if form.is_valid():
            drafted = services.recommend(cycle=cycle, drafted_by=request.user, **form.cleaned_data)
            messages.success(request, f"{drafted.ref} is drafted. The lead reads and issues it.")
            return redirect("plenaries:cycle", cycle.ref)
    except (DraftNotPossible, PlenaryNotPossible) as refusal:
        messages.warning(request, str(refusal))
        return redirect("plenaries:cycle", cycle.ref)
    return _draft_page(request, cycle, form)


def _draft_page(request: HttpRequest, cycle: AuditCycle, form: DraftForm) -> HttpResponse:
    context = {
        "form": form,
        "title": "Draft a recommendation",
        "summary": f"Out of the plenary of {cycle}: to a team, a service, the whole organisation or partners. "
        "It can change until the lead issues it.",
        "button": "Save the draft",
        "back_url": crumbs(cycle)[-1]["url"],
        "breadcrumbs": crumbs(cycle),
    }
    return form_answer(request, "learning/recommendations/step.html", context)


def state_nothing(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = held_cycle(request, cycle_ref)
    only_if(user_can_state_none(request.user), LEAD_ONLY)
    form = NothingForm(request.POST or None)
    if take(
        form,
        lambda: services.state_nothing_to_recommend(
            cycle=cycle, stated_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(request, "It is kept with the cycle. A later draft takes it back.")
        return redirect("plenaries:cycle", cycle.ref)
    return form_page(
        request,
        form,
        cycle,
        title="Nothing to recommend to the organisation",
        text="Recommendations about one child stand in their audits. This is about systems, policies and "
        "services: that nothing there needs to change is worth a reason.",
        button="Keep this",
    )
