"""One's own part in a cycle: offering to audit, declaring links, acknowledging what is to be read."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from learning.access.doors import needs
from learning.access.matrix import Right
from learning.access.taking import tried
from learning.programme import team_selectors
from learning.programme import team_services as services
from learning.programme.guards import crumbs, cycle_or_404, member_or_404, part_or_404
from learning.programme.models import AuditCycle, AuditTeamMember
from learning.programme.readings import left_to_acknowledge
from learning.programme.team_forms import (
    AcknowledgeForm,
    LinksForm,
    VolunteerForm,
    links_declared,
)
from learning.programme.team_services import TeamNotOpen


def show_part(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    member = part_or_404(request, cycle)
    return _part_page(request, cycle, member)


def _part_page(
    request: HttpRequest, cycle: AuditCycle, member: AuditTeamMember | None, **forms: Any
) -> HttpResponse:
    """The page with what fits the person: an offer to make, or what an auditor has still to do."""
    offer = cycle.expressions.filter(person=request.user, withdrawn_at=None).first()  # type: ignore[misc]
    context = {
        "cycle": cycle,
        "member": member,
        "offer": offer,
        "is_open_to_me": team_selectors.is_open_to(request.user, cycle),
        "volunteer_form": VolunteerForm(instance=offer),
        "breadcrumbs": crumbs(cycle),
        **(team_selectors.part_of(member) if member else {}),
        **(_member_forms(cycle, member) if member else {}),
        **forms,
    }
    return render(request, "learning/programme/my_part.html", context)


def _member_forms(cycle: AuditCycle, member: AuditTeamMember) -> dict[str, Any]:
    left = left_to_acknowledge(member.person, cycle)
    return {
        "left": left,
        "links_form": LinksForm(initial=links_declared(member)),
        "acknowledge_form": AcknowledgeForm(readings=left),
    }


@require_POST
@needs(Right.VOLUNTEER)
def volunteer(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    member = part_or_404(request, cycle)
    form = VolunteerForm(request.POST)
    if form.is_valid() and tried(
        form,
        lambda: services.volunteer(cycle=cycle, person=request.user, **form.cleaned_data),
    ):
        messages.success(request, "Thank you. The lead will be in touch when the pairs are made.")
        return redirect("programme:my_part", cycle_ref)
    return _part_page(request, cycle, member, volunteer_form=form)


@require_POST
@needs(Right.VOLUNTEER)
def withdraw(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    try:
        services.withdraw(cycle=cycle, person=request.user)
        messages.success(request, "Your offer is taken back.")
    except TeamNotOpen as refusal:
        messages.error(request, str(refusal))
    return redirect("programme:my_part", cycle_ref)


@require_POST
def declare_links(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    member = member_or_404(request, cycle)
    form = LinksForm(request.POST, initial=links_declared(member))
    if form.is_valid() and tried(
        form,
        lambda: services.declare_links(
            member=member, declared_by=request.user, **form.cleaned_data
        ),
    ):
        messages.success(
            request, "Thank you. You will not be given a case that this speaks against."
        )
        return redirect("programme:my_part", cycle_ref)
    return _part_page(request, cycle, member, links_form=form)


@require_POST
def acknowledge(request: HttpRequest, cycle_ref: str) -> HttpResponse:
    cycle = cycle_or_404(cycle_ref)
    member = member_or_404(request, cycle)
    readings = left_to_acknowledge(member.person, cycle)
    form = AcknowledgeForm(request.POST, readings=readings)
    if form.is_valid() and tried(
        form,
        lambda: services.acknowledge(cycle=cycle, person=request.user, **form.cleaned_data),
    ):
        messages.success(request, "Thank you. It is kept that you have read this wording.")
        return redirect("programme:my_part", cycle_ref)
    return _part_page(request, cycle, member, acknowledge_form=form)
