"""A pseudonymous list of cases, and the draw from it: the real draw, with a fixed seed and fixed days."""

import hashlib
from collections import Counter
from typing import Any

from learning.events.months import add_months
from learning.programme.models import AuditCycle
from learning.programme.settings import AuditSettings
from learning.selection.certificate import certificate_of
from learning.selection.draw import (
    Candidate,
    DrawResult,
    draw,
    hash_of_frame,
    hash_of_seed,
    one_per_family,
    propose_targets,
)
from learning.selection.loading import candidate_of
from learning.selection.models import CaseFrame, CaseKey, FrameCase, SampledCase, SelectionDraw
from learning.selection.references import reference_letters
from learning.selection.states import CaseState, ExclusionReason, SelectionRoute
from learning.vocabulary.models import AreaOfWork
from portal.demo.audits.cast import TEAMS_OF_AREAS, Cast
from portal.demo.audits.quarters import FIRST_DAYS, Pace, pace_of
from portal.demo.audits.shelf import Shelf

IN_FRAME = {
    "initial_contact": 10,
    "family_support_early_help": 14,
    "child_in_need": 26,
    "child_protection": 24,
    "looked_after": 22,
    "care_leaver": 14,
    "fostering": 6,
    "adoption": 4,
}
"""How many cases of each area are on the list: 120."""

NOT_ON_THE_LIST = {
    "disabled_children": "Disabled children's cases stand under children in need on the council's list.",
    "youth_justice": "Youth justice is audited by its own board, and is not on the council's list.",
}
OPEN_DAYS, STEP_DAYS = 400, 37
EVERY_NTH_SIBLING = 19
BY_HAND = {
    17: ExclusionReason.COMPLAINT,
    58: ExclusionReason.COURT,
    83: ExclusionReason.WORKER_AWAY,
}
"""Cases that the QA officer left out, by their place on the list."""


def digest(*parts: object, length: int = 20) -> str:
    """The same letters and digits for the same parts, on every machine."""
    return hashlib.sha256(" ".join(map(str, parts)).encode()).hexdigest()[:length]


def seed_of(ref: str) -> str:
    return digest("Harrowmere draws", ref, length=64)


def draw_cases(shelf: Shelf, cast: Cast, cycle: AuditCycle) -> list[SampledCase]:
    """The drawn cases of the cycle and its reserves, confirmed; the list and its certificate with them."""
    pace = pace_of(cycle.ref)
    officer = cast["rhodri.vaughan-ellis"]
    selection = _promised(cycle, pace, officer)
    frame = _loaded(selection, pace, officer)
    cases = _cases(frame, cast)
    result = _drawn(selection, frame, cases, officer)
    shelf.add(selection)
    shelf.add(frame)
    for number, case in enumerate(cases, start=1):
        shelf.add(case)
        shelf.add(CaseKey(case=case, council_id=_council_number(cycle.ref, number)))
    _tell_what_happened(shelf, selection, frame, pace, officer)
    sampled = _sampled(cycle, result, {case.pseudonym: case for case in cases})
    return [shelf.add(case) for case in sampled]


def _promised(cycle: AuditCycle, pace: Pace, officer: Any) -> SelectionDraw:
    seed = seed_of(cycle.ref)
    return SelectionDraw(
        cycle=cycle,
        seed=seed,
        seed_hash=hash_of_seed(seed),
        seed_committed_at=pace.at("promise", 9),
        committed_by=officer,
        drawn_at=pace.at("draw", 11),
        drawn_by=officer,
        confirmed_at=pace.at("draw", 12),
        confirmed_by=officer,
    )


def _loaded(selection: SelectionDraw, pace: Pace, officer: Any) -> CaseFrame:
    total = sum(IN_FRAME.values())
    counts = {"read": total, "kept": total, "merged": 0, "dropped": 0, "lists": [], "notes": []}
    return CaseFrame(
        draw=selection,
        form="The council's own list",
        counts=counts,
        loaded_by=officer,
        loaded_at=pace.at("draw", 9),
        checked_by=officer,
        checked_at=pace.at("draw", 10),
    )


def _cases(frame: CaseFrame, cast: Cast) -> list[FrameCase]:
    areas = [area for area, count in IN_FRAME.items() for _ in range(count)]
    cases: list[FrameCase] = []
    for number, area in enumerate(areas, start=1):
        case = _case(frame, cast, area, number)
        if number % EVERY_NTH_SIBLING == 0:
            _make_siblings(case, cases[-1])
        cases.append(case)
    return cases


def _case(frame: CaseFrame, cast: Cast, area: str, number: int) -> FrameCase:
    cycle = frame.draw.cycle
    codes = TEAMS_OF_AREAS[area]
    team = cast.teams[codes[number % len(codes)]]
    workers = cast.workers(area, team.code)
    worker = workers[(number // len(codes)) % len(workers)]
    days = (number * STEP_DAYS) % OPEN_DAYS
    excluded = BY_HAND.get(number, "")
    return FrameCase(
        frame=frame,
        pseudonym=digest(cycle.ref, "case", number),
        lists=["Open cases"],
        area=cast.areas[area],
        team=team,
        team_in_file=team.name,
        worker=worker,
        opened_on=add_months(FIRST_DAYS[cycle.ref], -1 - days // 30),
        excluded=excluded,
        excluded_by=cast["rhodri.vaughan-ellis"] if excluded else None,
    )


def _make_siblings(case: FrameCase, other: FrameCase) -> None:
    """Two children of one family, who have one worker."""
    family = digest(case.pseudonym, "family")
    case.family = other.family = family
    case.team, case.team_in_file, case.worker = other.team, other.team_in_file, other.worker


def _council_number(ref: str, number: int) -> str:
    """A number that no other cycle's list has."""
    return f"HM-{list(FIRST_DAYS).index(ref) + 1}{number:04}"


def _drawn(
    selection: SelectionDraw, frame: CaseFrame, cases: list[FrameCase], officer: Any
) -> DrawResult:
    """The draw, written into its certificate."""
    service = AuditSettings.load()
    everything = [candidate_of(case) for case in cases]
    excluded = {case.pseudonym: str(case.excluded) for case in cases if case.excluded}
    open_cases = [case for case in everything if case.pseudonym not in excluded]
    targets = _targets(open_cases, service)
    result = draw(
        open_cases,
        seed=selection.seed,
        targets=targets,
        reserves=service.reserves_in_a_stratum,
    )
    frame.frame_hash = hash_of_frame(everything)
    selection.certificate = certificate_of(
        cycle=selection.cycle.ref,
        seed=selection.seed,
        committed_at=selection.seed_committed_at,
        loaded_at=frame.loaded_at,
        drawn_at=pace_of(selection.cycle.ref).at("draw", 11),
        cases=everything,
        excluded=excluded,
        proposed=targets,
        targets=targets,
        reserves=service.reserves_in_a_stratum,
        minimum_initial_contacts=service.minimum_initial_contacts,
        siblings_together=False,
        reason="",
        not_covered=NOT_ON_THE_LIST,
        result=result,
    )
    return result


def _targets(open_cases: list[Candidate], service: AuditSettings) -> dict[str, int]:
    return propose_targets(
        one_per_family(open_cases)[0],
        total=service.cases_in_a_draw,
        minimum_initial_contacts=service.minimum_initial_contacts,
    )


def _sampled(
    cycle: AuditCycle, result: DrawResult, cases: dict[str, FrameCase]
) -> list[SampledCase]:
    """The sample in the order of the strata, then the reserves, with references as the draw gives them."""
    letters = reference_letters(AreaOfWork.objects.all())
    numbers: Counter[str] = Counter()
    rows = []
    for state in (CaseState.CONFIRMED, CaseState.RESERVE):
        for stratum in result.strata:
            is_drawn = state == CaseState.CONFIRMED
            chosen = stratum.drawn if is_drawn else stratum.reserves
            first = 1 if is_drawn else len(stratum.drawn) + 1
            code = letters[stratum.area]
            for order, pseudonym in enumerate(chosen, start=first):
                numbers[code] += 1
                case = cases[pseudonym]
                rows.append(
                    SampledCase(
                        cycle=cycle,
                        case=case,
                        ref=f"{cycle.ref}-{code}-{numbers[code]:02}",
                        area=case.area,
                        team=case.team,
                        stratum=stratum.name,
                        route=SelectionRoute.RANDOM,
                        order=order,
                        worker=case.worker,
                        state=state,
                    )
                )
    return rows


def _tell_what_happened(
    shelf: Shelf, selection: SelectionDraw, frame: CaseFrame, pace: Pace, officer: Any
) -> None:
    shelf.event(pace.at("promise", 9), officer, "selectiondraw.promise_seed", selection)
    shelf.event(pace.at("draw", 9), officer, "caseframe.load", frame)
    shelf.event(pace.at("draw", 10), officer, "caseframe.check", frame)
    shelf.event(pace.at("draw", 11), officer, "selectiondraw.draw", selection)
    shelf.event(pace.at("draw", 12), officer, "selectiondraw.confirm", selection)
