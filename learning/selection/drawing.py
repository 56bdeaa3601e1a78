"""The draw as a step: from a checked list to a sample with its certificate, once (domain.md A6, A9–A10)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from learning.access.matrix import Right
from learning.events.services import record_event
from learning.events.steps import take_step
from learning.programme import countdown
from learning.programme.countdown_models import DRAW
from learning.programme.models import AuditCycle
from learning.programme.services import refuse_unless_holds
from learning.programme.settings import AuditSettings
from learning.selection.certificate import certificate_of
from learning.selection.draw import (
    INITIAL_CONTACT,
    RANDOM,
    Candidate,
    DrawNotPossible,
    DrawResult,
    draw,
    one_per_family,
    propose_targets,
)
from learning.selection.loading import candidate_of
from learning.selection.models import CaseFrame, FrameCase, SampledCase, SelectionDraw
from learning.selection.references import reference_letters
from learning.selection.states import CaseState
from learning.selection.timing import TO_DRAW, cycle_in
from learning.vocabulary.models import AreaOfWork


@dataclass(frozen=True)
class Plan:
    """How a person wants the sample: how many from where, and why not otherwise."""

    targets: Mapping[str, int]
    reason: str = ""
    not_covered: Mapping[str, str] | None = None
    siblings_together: bool = False


def drawable(frame: CaseFrame, *, siblings_together: bool = False) -> list[Candidate]:
    """The cases that the draw is made from: not left out, and of each family one unless chosen."""
    cases = frame.cases.filter(excluded="").select_related("area")
    candidates = [candidate_of(case) for case in cases]
    return candidates if siblings_together else one_per_family(candidates)[0]


def proposal_for(candidates: list[Candidate]) -> dict[str, int]:
    """How many to draw from each stratum, as the settings have it."""
    service = AuditSettings.load()
    return propose_targets(
        candidates,
        total=service.cases_in_a_draw,
        minimum_initial_contacts=service.minimum_initial_contacts,
    )


def areas_without(targets: Mapping[str, int], candidates: list[Candidate]) -> list[AreaOfWork]:
    """The areas of work of which this sample would hold no random case (domain.md A9)."""
    areas = {case.stratum: case.area for case in candidates if case.route == RANDOM}
    covered = {areas[name] for name, target in targets.items() if target and name in areas}
    return [area for area in AreaOfWork.objects.filter(is_active=True) if area.code not in covered]


@transaction.atomic
def draw_sample(*, cycle: AuditCycle, plan: Plan, drawn_by: Any) -> SelectionDraw:
    """The draw with its certificate, cases and reserves. Raises `DrawNotPossible` with what stands in the way.

    Two people who draw at once: one does, the other is told so.
    """
    refuse_unless_holds(drawn_by, Right.DRAW)
    selection, frame = _ready_to_draw(cycle)
    candidates = drawable(frame, siblings_together=plan.siblings_together)
    proposed = proposal_for(candidates)
    _check_plan(plan, proposed, candidates)
    service = AuditSettings.load()
    everything = list(frame.cases.select_related("area", "team", "worker"))
    cases = [candidate_of(case) for case in everything]
    excluded = {case.pseudonym: case.excluded for case in everything if case.excluded}
    result = draw(
        [case for case in cases if case.pseudonym not in excluded],
        seed=selection.seed,
        targets=plan.targets,
        reserves=service.reserves_in_a_stratum,
        siblings_together=plan.siblings_together,
    )
    selection.drawn_at, selection.drawn_by = timezone.now(), drawn_by
    selection.certificate = certificate_of(
        cycle=cycle.ref,
        seed=selection.seed,
        committed_at=selection.seed_committed_at,
        loaded_at=frame.loaded_at,
        drawn_at=selection.drawn_at,
        due_on=cycle.draw_due_date,
        cases=cases,
        excluded=excluded,
        apart={case.pseudonym: case.apart_words for case in everything if case.apart_words},
        proposed=proposed,
        targets=plan.targets,
        reserves=service.reserves_in_a_stratum,
        minimum_initial_contacts=service.minimum_initial_contacts,
        siblings_together=plan.siblings_together,
        reason=plan.reason,
        not_covered=plan.not_covered or {},
        result=result,
    )
    selection.save()
    _put_down(cycle, result, {case.pseudonym: case for case in everything})
    record_event(actor=drawn_by, action="selectiondraw.draw", about=selection)
    return selection


def _ready_to_draw(cycle: AuditCycle) -> tuple[SelectionDraw, CaseFrame]:
    cycle_in(cycle, TO_DRAW)
    selection = SelectionDraw.objects.select_for_update().filter(cycle=cycle).first()
    if selection is None:
        raise DrawNotPossible("Fix the seed first, then load the list.")
    if selection.drawn_at:
        raise DrawNotPossible("The sample has been drawn already; a draw is made once.")
    frame = CaseFrame.objects.filter(draw=selection, checked_at__isnull=False).first()
    if frame is None:
        raise DrawNotPossible("Load the list and say that it is right first.")
    return selection, frame


def _check_plan(plan: Plan, proposed: Mapping[str, int], candidates: list[Candidate]) -> None:
    if not sum(plan.targets.values()):
        raise DrawNotPossible("Nothing is asked for: say how many cases to draw.")
    random = {case.stratum for case in candidates if case.route == RANDOM}
    changed = any(plan.targets.get(name) != proposed[name] for name in random)
    if changed and not plan.reason.strip():
        raise DrawNotPossible("You changed the proposed numbers: say why.")
    _check_contacts(plan, candidates)
    reasons = plan.not_covered or {}
    bare = [area for area in areas_without(plan.targets, candidates) if not reasons.get(area.code)]
    if bare:
        names = ", ".join(str(area) for area in bare)
        raise DrawNotPossible(f"No case would be drawn from: {names}. Give a number, or say why.")


def _check_contacts(plan: Plan, candidates: list[Candidate]) -> None:
    """Always some initial contacts (domain.md A10)."""
    least = AuditSettings.load().minimum_initial_contacts
    names = {c.stratum for c in candidates if c.area == INITIAL_CONTACT and c.route == RANDOM}
    asked = sum(target for name, target in plan.targets.items() if name in names)
    if asked < least:
        raise DrawNotPossible(
            f"A draw has at least {least} initial contacts from partner agencies; this would have {asked}."
        )


def _put_down(cycle: AuditCycle, result: DrawResult, cases: Mapping[str, FrameCase]) -> None:
    """The drawn cases and their reserves, each with a reference that says its area and nothing else."""
    numbers: Counter[str] = Counter()
    letters = reference_letters(AreaOfWork.objects.all())
    rows = []
    for state in (CaseState.DRAWN, CaseState.RESERVE):
        for stratum in result.strata:
            chosen = stratum.drawn if state == CaseState.DRAWN else stratum.reserves
            first = 1 if state == CaseState.DRAWN else len(stratum.drawn) + 1
            for order, pseudonym in enumerate(chosen, start=first):
                code = letters[stratum.area]
                numbers[code] += 1
                ref = f"{cycle.ref}-{code}-{numbers[code]:02}"
                rows.append(_row(cycle, cases[pseudonym], ref, stratum.name, order, state))
    SampledCase.objects.bulk_create(rows)


def _row(
    cycle: AuditCycle, case: FrameCase, ref: str, stratum: str, order: int, state: CaseState
) -> SampledCase:
    return SampledCase(
        cycle=cycle,
        case=case,
        ref=ref,
        area=case.area,
        team=case.team,
        stratum=stratum,
        route=case.route,
        order=order,
        worker=case.worker,
        state=state,
    )


@transaction.atomic
def confirm_draw(*, cycle: AuditCycle, confirmed_by: Any) -> SelectionDraw:
    """The draw, which never changes from now on; its cases wait for their workers to be told."""
    refuse_unless_holds(confirmed_by, Right.DRAW)
    cycle_in(cycle, TO_DRAW)
    selection = SelectionDraw.objects.select_for_update().get(cycle=cycle)
    if not selection.drawn_at or selection.confirmed_at:
        raise DrawNotPossible("There is no drawn sample that waits to be confirmed.")
    selection.confirmed_at, selection.confirmed_by = timezone.now(), confirmed_by
    selection.save()
    for case in cycle.sample.filter(state=CaseState.DRAWN):
        take_step(case, "confirm", actor=confirmed_by)
    countdown.tick(cycle, DRAW, by=confirmed_by)
    record_event(actor=confirmed_by, action="selectiondraw.confirm", about=selection)
    return selection
