"""Pages of the team, its pairs, and auditors' preparation."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from learning.access.doors import holds, needs
from learning.access.matrix import Right
from learning.access.models import AccessEvent
from learning.access.services import record_access
from learning.access.taking import take, tried
from learning.people.models import StaffMember
from learning.programme import team_selectors
from learning.programme import team_services as services
from learning.programme.form_pages import form_page
from learning.programme.guards import crumbs, cycle_or_404
from learning.programme.models import AuditCycle, AuditorReadiness, AuditProgramme
from learning.programme.requirements import lopsided
from learning.programme.team_forms import (
    AddMemberForm,
    ExplainPairForm,
    PairForm,
    PreparationReviewForm,
    ReadinessForm,
    RemoveMemberForm,
)
from learning.programme.team_services import TeamNotOpen

# --- The team --------------------------------------------------------------------------------------


@needs(Right.ARRANGE_CYCLE)
def show_team(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    """Offers, members and pairs, with what each still lacks."""
    cycle = cycle_or_404(cycle_ref)
    return _team_page(request, cycle, AddMemberForm(), _pair_form(cycle))


def _pair_form(cycle: AuditCycle, data: Any = None) -> PairForm:
    alone = cycle.team.filter(pairs=None).select_related("person")
    return PairForm(data, members=alone, prefix="pair")


def _team_page(
    request: HttpRequest, cycle: AuditCycle, add_form: AddMemberForm, pair_form: PairForm
) -> HttpResponse:
    members = team_selectors.members_with_lacks(cycle)
    context = {
        "cycle": cycle,
        "offers": team_selectors.waiting_offers(cycle),
        "members": members,
        "lopsided": lopsided([row.member for row in members]),
        "pairs": team_selectors.pairs_with_lacks(cycle),
        "add_form": add_form,
        "pair_form": pair_form,
        "may_record": holds(request.user, Right.RECORD_READINESS),
        "may_read_links": holds(request.user, Right.ALLOCATE),
        "breadcrumbs": crumbs(cycle),
    }
    return render(request, "learning/programme/team.html", context)


@require_POST
@needs(Right.ARRANGE_CYCLE)
def add_member(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    form = AddMemberForm(request.POST)
    if form.is_valid() and tried(form, lambda: _add(request, cycle, form)):
        messages.success(
            request, f"{form.cleaned_data['person']} is in the team and has been told."
        )
        return _to_team(cycle_ref)
    return _team_page(request, cycle, form, _pair_form(cycle))


def _add(request: HttpRequest, cycle: AuditCycle, form: AddMemberForm) -> Any:
    person = form.cleaned_data["person"]
    return services.add_member(cycle=cycle, person=person, added_by=request.user)


@needs(Right.ARRANGE_CYCLE)
def remove_member(request: HttpRequest, cycle_ref: str, team_member_id: int) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    member = get_object_or_404(cycle.team.select_related("person", "cycle"), pk=team_member_id)
    form = RemoveMemberForm(request.POST or None)
    if form.is_valid() and tried(
        form,
        lambda: services.remove_member(
            member=member, removed_by=request.user, reason=form.cleaned_data["reason"]
        ),
    ):
        messages.success(request, f"{member} is no longer in the team.")
        return _to_team(cycle_ref)
    title = f"Take {member} out of the team"
    return form_page(
        request, form, cycle, title=title, button="Take out", cancel_url=_team_url(cycle_ref)
    )


@require_POST
@needs(Right.ARRANGE_CYCLE)
def make_pair(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    form = _pair_form(cycle, request.POST)
    if form.is_valid() and tried(
        form, lambda: services.make_pair(cycle=cycle, made_by=request.user, **form.cleaned_data)
    ):
        messages.success(request, "The pair is made.")
        return _to_team(cycle_ref)
    return _team_page(request, cycle, AddMemberForm(), form)


@needs(Right.ARRANGE_CYCLE)
def explain_pair(request: HttpRequest, cycle_ref: str, pair_id: int) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    pair = get_object_or_404(cycle.pairs, pk=pair_id)
    form = ExplainPairForm(request.POST or None, initial={"reason": pair.reason_for_mix})
    if take(
        form,
        lambda: services.explain_pair(pair=pair, explained_by=request.user, **form.cleaned_data),
    ):
        messages.success(request, "The reason is kept with the pair.")
        return _to_team(cycle_ref)
    return form_page(
        request, form, cycle, title=f"Why {pair}", button="Save", cancel_url=_team_url(cycle_ref)
    )


@require_POST
@needs(Right.ARRANGE_CYCLE)
def dissolve_pair(request: HttpRequest, cycle_ref: str, pair_id: int) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    pair = get_object_or_404(cycle.pairs.select_related("cycle"), pk=pair_id)
    try:
        services.dissolve_pair(pair=pair, dissolved_by=request.user)
        messages.success(request, f"{pair} is taken apart. Both stay in the team.")
    except TeamNotOpen as refusal:
        messages.error(request, str(refusal))
    return _to_team(cycle_ref)


@needs(Right.ALLOCATE)
def show_links(request: HttpRequest, cycle_ref: str, team_member_id: int) -> HttpResponse:
    """What somebody has declared, for those who give out cases; each look is logged."""
    cycle = cycle_or_404(cycle_ref)
    member = get_object_or_404(cycle.team.select_related("person"), pk=team_member_id)
    record_access(user=request.user, action=AccessEvent.Action.VIEWED, about=member)
    context = {
        "cycle": cycle,
        "member": member,
        "conflicts": member.conflicts.select_related("worker", "team"),
        "breadcrumbs": crumbs(cycle),
    }
    return render(request, "learning/programme/links.html", context)


def _team_url(cycle_ref: str) -> str:
    return reverse("programme:team", args=[cycle_ref])


def _to_team(cycle_ref: str) -> HttpResponse:
    return redirect("programme:team", cycle_ref)


# --- Preparation -----------------------------------------------------------------------------------


@needs(Right.SEE_READINESS)
def show_readiness(request: HttpRequest) -> HttpResponse:
    context = {
        "people": team_selectors.preparation(),
        "programmes": AuditProgramme.objects.prefetch_related("preparation_reviews__written_by"),
        "may_record": holds(request.user, Right.RECORD_READINESS),
        "breadcrumbs": crumbs(),
    }
    return render(request, "learning/programme/readiness.html", context)


@needs(Right.RECORD_READINESS)
def record_readiness(request: HttpRequest, person_id: int) -> HttpResponse:
    person = get_object_or_404(StaffMember, pk=person_id)
    known = AuditorReadiness.objects.filter(person=person).first()
    form = ReadinessForm(request.POST or None, instance=known)
    if form.is_valid():
        services.record_readiness(person=person, recorded_by=request.user, **form.cleaned_data)
        messages.success(request, f"What you recorded about {person} is kept.")
        return redirect("programme:readiness")
    return form_page(
        request,
        form,
        title=f"How {person} is prepared",
        text="Somebody may audit who has read the core modules and been to a briefing.",
        button="Save",
        cancel_url=reverse("programme:readiness"),
    )


@needs(Right.RECORD_READINESS)
def review_preparation(request: HttpRequest, year: int) -> HttpResponse:
    programme = get_object_or_404(AuditProgramme, year=year)
    form = PreparationReviewForm(request.POST or None)
    if form.is_valid():
        services.review_preparation(
            programme=programme, reviewed_by=request.user, **form.cleaned_data
        )
        messages.success(request, "The review is kept.")
        return redirect("programme:readiness")
    return form_page(
        request,
        form,
        title=f"Review of how auditors are prepared, {year}",
        text="Once a year: do the modules and the briefing prepare people for what they meet?",
        button="Save the review",
        cancel_url=reverse("programme:readiness"),
    )
