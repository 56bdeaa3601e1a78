"""What views of the programme ask first, and the way back that their pages show."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.programme.models import AuditCycle, AuditTeamMember
from learning.programme.selectors import cycles_to_show


def crumbs(*cycles: AuditCycle) -> list[dict[str, str]]:
    """The way from home to a page about these cycles."""
    trail = [
        {"title": "Home", "url": "/"},
        {"title": "Audits", "url": reverse("programme:list")},
    ]
    return trail + [{"title": cycle.ref, "url": cycle.get_absolute_url()} for cycle in cycles]


def cycle_or_404(ref: str) -> AuditCycle:
    return get_object_or_404(cycles_to_show(), ref=ref)


def seen_cycle(request: HttpRequest, ref: str) -> AuditCycle:
    """The cycle, for those who see the programme and for whoever is named for this one: an IT contact has
    tasks in its countdown. `PermissionDenied` for others."""
    found = cycles_to_show().filter(ref=ref).first()
    is_named = found is not None and found.names(request.user)
    if not (is_named or holds(request.user, Right.SEE_PROGRAMME)):
        raise PermissionDenied(Right.SEE_PROGRAMME.value.words)
    if found is None:
        raise Http404
    return found


def own_membership(request: HttpRequest, cycle: AuditCycle) -> AuditTeamMember | None:
    """The person's place in the team of this cycle, if they have one."""
    return cycle.team.filter(person=request.user).select_related("person").first()  # type: ignore[misc]


def part_or_404(request: HttpRequest, cycle: AuditCycle) -> AuditTeamMember | None:
    """The person's place in the team. 404 for somebody who neither has one nor may offer to audit."""
    member = own_membership(request, cycle)
    if member is None and not holds(request.user, Right.VOLUNTEER):
        raise Http404
    return member


def member_or_404(request: HttpRequest, cycle: AuditCycle) -> AuditTeamMember:
    """The person's place in the team; 404 for everybody else."""
    member = own_membership(request, cycle)
    if member is None:
        raise Http404
    return member
