"""One auditor of a pair is exchanged: somebody is ill, the other goes on with a colleague (A22, A58, E3)."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from learning.access.matrix import Right
from learning.events.services import record_event
from learning.events.steps import take_step
from learning.programme.models import AuditCycle, AuditPair, AuditTeamMember
from learning.programme.permissions import may_audit
from learning.programme.requirements import member_missing
from learning.programme.services import refuse_unless_holds
from learning.programme.settings import AuditSettings
from learning.programme.states import TEAM_CHANGES
from learning.programme.team_services import next_number
from learning.selection.allocating import CaseNotForPair
from learning.selection.announcing import case_allocated
from learning.selection.mails import tell_of_exchange
from learning.selection.models import SampledCase
from learning.selection.states import WITH_A_PAIR
from learning.selection.timing import cycle_in


@dataclass(frozen=True)
class Newcomers:
    """Who might take a place in a pair, and why others of the team must not."""

    free: list[AuditTeamMember]
    reasons: list[str]


def newcomers_for(pair: AuditPair) -> Newcomers:
    """Those of the team who might step in, and why each of the others who are in no pair must not."""
    months, cases = AuditSettings.load().readiness_months, list(_still_to_audit(pair))
    free: list[AuditTeamMember] = []
    reasons: list[str] = []
    for member in _alone(pair.cycle):
        why_not = _why_not(member, pair.cycle, cases, months)
        reasons += why_not
        if not why_not:
            free.append(member)
    return Newcomers(free, list(dict.fromkeys(reasons)))


def _alone(cycle: AuditCycle) -> QuerySet[AuditTeamMember]:
    alone = cycle.team.filter(pairs=None).select_related("person__readiness")
    return alone.prefetch_related("conflicts")


def _still_to_audit(pair: AuditPair) -> QuerySet[SampledCase]:
    """The cases that are the pair's to audit; who audited one that is signed off is settled."""
    return pair.cases.filter(state__in=WITH_A_PAIR).select_related("worker", "team", "cycle")


def _why_not(
    member: AuditTeamMember, cycle: AuditCycle, cases: list[SampledCase], months: int
) -> list[str]:
    """Why this member must not take these cases over, a sentence each."""
    reasons = member_missing(member, cycle.first_day, months)
    if not member.person.may_sign_in:
        reasons.append(f"{member.person} cannot sign in at present.")
    for case in cases:
        reasons += may_audit(member, case.worker, team=case.team)
    return list(dict.fromkeys(reasons))


@transaction.atomic
def exchange_auditor(
    *,
    pair: AuditPair,
    leaves: AuditTeamMember,
    newcomer: AuditTeamMember,
    reason: str,
    exchanged_by: Any,
) -> AuditPair:
    """The pair that goes on: the same one, or a new one beside it where the old has audits that are signed off.

    Whoever leaves reads no more what is still to be audited; what they wrote stays, with their name. Raises
    `CaseNotForPair` with the reasons that speak against it, and `StepNotPossible` while an audit of the
    pair waits for its sign-off.
    """
    refuse_unless_holds(exchanged_by, Right.ALLOCATE)
    cycle = cycle_in(pair.cycle, TEAM_CHANGES)
    cases = list(_still_to_audit(pair).select_for_update(of=("self",)))
    if reasons := _against(pair, leaves, newcomer, cases, reason):
        raise CaseNotForPair(reasons)
    goes_on = _with(newcomer, pair=pair, leaves=leaves, cycle=cycle)
    said = reason.strip()
    record_event(actor=exchanged_by, action="auditpair.exchange", about=goes_on, reason=said)
    for case in cases:
        given = take_step(case, "reallocate", actor=exchanged_by, reason=said, pair=goes_on)
        case_allocated.send(
            sender=SampledCase, case=given, allocated_by=exchanged_by, taken_from=pair
        )
    tell_of_exchange(goes_on, left=leaves.person, joined=newcomer.person)
    return goes_on


def _against(
    pair: AuditPair,
    leaves: AuditTeamMember,
    newcomer: AuditTeamMember,
    cases: list[SampledCase],
    reason: str,
) -> list[str]:
    """What speaks against the exchange, a sentence each."""
    if not reason.strip():
        return ["Say why somebody else steps in."]
    if not pair.members.filter(pk=leaves.pk).exists():
        return [f"{leaves} is not in {pair}."]
    if newcomer.cycle_id != pair.cycle_id:
        return [f"{newcomer} is not in the team of {pair.cycle}."]
    if newcomer.pairs.exists():
        return [f"{newcomer} is in a pair already."]
    if not cases:
        return [f"{pair} has no case to audit. Change it on the page of the team."]
    return _why_not(newcomer, pair.cycle, cases, AuditSettings.load().readiness_months)


def _with(
    newcomer: AuditTeamMember, *, pair: AuditPair, leaves: AuditTeamMember, cycle: AuditCycle
) -> AuditPair:
    """The pair with the newcomer. Why its people audit together is asked anew: it was said of others."""
    members = [member for member in pair.members.all() if member != leaves]
    if pair.cases.in_sample().exclude(state__in=WITH_A_PAIR).exists():
        pair = AuditPair.objects.create(cycle=cycle, number=next_number(cycle))
    else:
        pair.reason_for_mix = ""
        pair.save()
    pair.members.set([*members, newcomer])
    return pair
