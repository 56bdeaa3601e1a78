"""Giving cases to pairs: never one's own, nor one's own team's, nor where a link was declared (A22, A58)."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from learning.access.matrix import Right
from learning.events.refusals import Refusal
from learning.events.steps import take_step
from learning.programme.models import AuditCycle, AuditPair
from learning.programme.permissions import may_audit
from learning.programme.requirements import pairs_with_people
from learning.programme.services import refuse_unless_holds
from learning.programme.settings import AuditSettings
from learning.selection.announcing import case_allocated
from learning.selection.mails import tell_former_pair
from learning.selection.models import SampledCase
from learning.selection.states import CaseState
from learning.selection.timing import TO_AUDIT, TO_PREPARE, cycle_in

LEAST_IN_A_PAIR = 2


class CaseNotForPair(Refusal):
    """The pair must not audit the case; `reasons` says why, a sentence each."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Proposal:
    """A case, the pair that it might go to, and why others must not have it."""

    case: SampledCase
    pair: AuditPair | None
    refused: dict[int, list[str]]


def why_not_pair(case: SampledCase, pair: AuditPair, readiness_months: int) -> list[str]:
    """Why this pair must not audit this case, a sentence each; empty when nothing speaks against it."""
    if pair.cycle_id != case.cycle_id:
        return [f"{pair} belongs to another cycle."]
    members = list(pair.members.all())
    if len(members) < LEAST_IN_A_PAIR:
        return [f"{pair} needs two auditors."]
    reasons = []
    for member in members:
        reasons += may_audit(member, case.worker, team=case.team)
        readiness = getattr(member.person, "readiness", None)
        day = case.cycle.first_day
        if day is None or readiness is None or not readiness.counts_on(day, readiness_months):
            reasons.append(f"{member.person} is not prepared for the first day.")
    return reasons


@transaction.atomic
def allocate(*, case: SampledCase, pair: AuditPair, allocated_by: Any) -> SampledCase:
    """The case, with the pair. Raises `CaseNotForPair` with the reasons that speak against it."""
    refuse_unless_holds(allocated_by, Right.ALLOCATE)
    cycle_in(case.cycle, TO_PREPARE)
    _refuse_unless_for(case, pair)
    given = take_step(case, "allocate", actor=allocated_by, pair=pair)
    case_allocated.send(sender=SampledCase, case=given, allocated_by=allocated_by, taken_from=None)
    return given


def _refuse_unless_for(case: SampledCase, pair: AuditPair) -> None:
    if reasons := why_not_pair(case, pair, AuditSettings.load().readiness_months):
        raise CaseNotForPair(reasons)


@transaction.atomic
def allocate_many(
    *, chosen: list[tuple[SampledCase, AuditPair]], allocated_by: Any
) -> list[SampledCase]:
    """All of them, or none where one is refused."""
    return [allocate(case=case, pair=pair, allocated_by=allocated_by) for case, pair in chosen]


@transaction.atomic
def reallocate(
    *, case: SampledCase, pair: AuditPair, reason: str, reallocated_by: Any
) -> SampledCase:
    """The case, with another pair: somebody is ill, or has declared a link since. The first pair reads it no
    more; what they wrote stays, with their names. Raises `CaseNotForPair` as `allocate` does."""
    refuse_unless_holds(reallocated_by, Right.ALLOCATE)
    cycle_in(case.cycle, TO_AUDIT)
    before = SampledCase.objects.select_for_update().get(pk=case.pk).pair
    if before == pair:
        raise CaseNotForPair([f"{case} is with {pair} already."])
    if not reason.strip():
        raise CaseNotForPair(["Say why another pair takes the case."])
    _refuse_unless_for(case, pair)
    given = take_step(case, "reallocate", actor=reallocated_by, reason=reason.strip(), pair=pair)
    case_allocated.send(
        sender=SampledCase, case=given, allocated_by=reallocated_by, taken_from=before
    )
    tell_former_pair(given, before)
    return given


def pairs_for(case: SampledCase) -> tuple[list[AuditPair], list[str]]:
    """The pairs of the cycle that might take the case over, and why each of the others must not."""
    months = AuditSettings.load().readiness_months
    free, reasons = [], []
    for pair in pairs_with_people(case.cycle):
        if pair.pk == case.pair_id:
            continue
        why_not = why_not_pair(case, pair, months)
        reasons += why_not
        if not why_not:
            free.append(pair)
    return free, list(dict.fromkeys(reasons))


def propose_allocation(cycle: AuditCycle) -> list[Proposal]:
    """A pair for each case that is ready: those with the fewest possible pairs first, then evenly.

    Of two pairs with as many cases, the one with fewer of the same area of work.
    """
    months = AuditSettings.load().readiness_months
    pairs = pairs_with_people(cycle)
    cases = list(_ready_cases(cycle))
    for case in cases:
        case.cycle = cycle
    refused = {
        case.pk: {pair.pk: why_not_pair(case, pair, months) for pair in pairs} for case in cases
    }
    load, areas = _load_of(cycle)
    proposals = []
    for case in sorted(cases, key=lambda c: (_free(refused[c.pk]), c.ref)):
        free = [pair for pair in pairs if not refused[case.pk][pair.pk]]
        pair = min(
            free,
            key=lambda p: (load[p.pk], areas[p.pk, case.area_id], p.number),
            default=None,
        )
        if pair is not None:
            load[pair.pk] += 1
            areas[pair.pk, case.area_id] += 1
        proposals.append(Proposal(case, pair, refused[case.pk]))
    return sorted(proposals, key=lambda proposal: proposal.case.ref)


def _ready_cases(cycle: AuditCycle) -> Any:
    ready = cycle.sample.filter(state=CaseState.READY)
    return ready.select_related("worker__team", "area", "team")


def _free(refused: dict[int, list[str]]) -> int:
    return sum(1 for reasons in refused.values() if not reasons)


def _load_of(cycle: AuditCycle) -> tuple[Counter[int], Counter[tuple[int, int]]]:
    """How many cases each pair has already, and how many of each area."""
    load: Counter[int] = Counter()
    areas: Counter[tuple[int, int]] = Counter()
    given = cycle.sample.in_sample().filter(pair__isnull=False)
    for pair_id, area_id in given.values_list("pair_id", "area_id"):
        load[pair_id] += 1
        areas[pair_id, area_id] += 1
    return load, areas
