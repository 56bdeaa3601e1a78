"""Drawing a few cases at random from the latest list, with the draw of the cycles (domain.md A6, A76)."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from learning.access.matrix import Right
from learning.events.months import add_months
from learning.events.services import record_event
from learning.proforma.models import ProFormaKind
from learning.proforma.selectors import NoFormOffered, form_of_cycle
from learning.proforma.services import freeze
from learning.programme.models import AuditCycle
from learning.programme.services import refuse_unless_holds
from learning.programme.settings import AuditSettings
from learning.selection.certificate import certificate_of
from learning.selection.draw import Candidate, draw, hash_of_seed, one_per_family
from learning.selection.models import CaseFrame, FrameCase, SampledCase
from learning.selection.states import IN_SAMPLE, ExclusionReason, SelectionRoute
from learning.spot_checks.models import SpotCheck, SpotCheckRound
from learning.spot_checks.refusals import SpotCheckNotPossible
from learning.spot_checks.states import SpotCheckState

ANY_AREA = "any"
"""All areas of work stand in one stratum: each case of the list is as likely as any other."""


def latest_frame() -> CaseFrame | None:
    """The list that was loaded last and that a sample was drawn from."""
    frames = CaseFrame.objects.filter(draw__confirmed_at__isnull=False)
    return frames.select_related("draw__cycle").order_by("-loaded_at").first()


@transaction.atomic
def promise_round(*, cycle: AuditCycle, cases_asked: int, promised_by: Any) -> SpotCheckRound:
    """A round with its seed fixed, before anybody knows what it draws; its hash is shown from now on."""
    refuse_unless_holds(promised_by, Right.DRAW_SPOT_CHECKS)
    locked = AuditCycle.objects.select_for_update().get(pk=cycle.pk)
    frame = latest_frame()
    if frame is None:
        raise SpotCheckNotPossible("No list to draw from: a cycle’s sample has to be drawn first.")
    if not locked.is_before_the_days:
        raise SpotCheckNotPossible("Choose a cycle whose days are still to come.", field="cycle")
    number = locked.spot_check_rounds.count() + 1
    seed = secrets.token_hex(32)
    promised = SpotCheckRound.objects.create(
        ref=f"{locked.ref}-S{number}",
        cycle=locked,
        frame=frame,
        cases_asked=cases_asked,
        seed=seed,
        seed_hash=hash_of_seed(seed),
        committed_by=promised_by,
    )
    record_event(actor=promised_by, action="spotcheckround.promise_seed", about=promised)
    return promised


@transaction.atomic
def draw_round(*, promised: SpotCheckRound, drawn_by: Any) -> SpotCheckRound:
    """The round with its cases and certificate. It is drawn once: the second of two people is told so."""
    refuse_unless_holds(drawn_by, Right.DRAW_SPOT_CHECKS)
    locked = SpotCheckRound.objects.select_for_update().get(pk=promised.pk)
    if locked.drawn_at:
        raise SpotCheckNotPossible("These cases have been drawn already; a draw is made once.")
    names = draw_into(locked, drawn_by=drawn_by, drawn_at=timezone.now())
    put_down(locked, names)
    record_event(actor=drawn_by, action="spotcheckround.draw", about=locked)
    return locked


def draw_into(promised: SpotCheckRound, *, drawn_by: Any, drawn_at: datetime) -> list[str]:
    """The pseudonyms that the round's seed draws; who drew, when and the certificate are kept with it."""
    cases = list(promised.frame.cases.select_related("area"))
    candidates = [_candidate(case) for case in cases]
    excluded = _left_out(promised.frame, cases)
    kept = [one for one in candidates if one.pseudonym not in excluded]
    standing = len(one_per_family(kept)[0])
    if standing < promised.cases_asked:
        raise SpotCheckNotPossible(f"Only {standing} cases of the list can be drawn.")
    targets = {kept[0].stratum: promised.cases_asked}
    result = draw(kept, seed=promised.seed, targets=targets, reserves=0)
    promised.drawn_at, promised.drawn_by = drawn_at, drawn_by
    promised.certificate = certificate_of(
        cycle=promised.ref,
        seed=promised.seed,
        committed_at=promised.seed_committed_at,
        loaded_at=promised.frame.loaded_at,
        drawn_at=drawn_at,
        cases=candidates,
        excluded=excluded,
        proposed=targets,
        targets=targets,
        reserves=0,
        minimum_initial_contacts=0,
        siblings_together=False,
        reason="",
        not_covered={},
        result=result,
    )
    promised.save()
    return result.drawn


def _candidate(case: FrameCase) -> Candidate:
    return Candidate(
        case.pseudonym, ANY_AREA, case.team_in_file, case.family, SelectionRoute.SPOT_CHECK
    )


def _left_out(frame: CaseFrame, cases: list[FrameCase]) -> dict[str, str]:
    """Why some cases are not drawn: the list's own reasons, and those that were looked at already."""
    audited = SampledCase.objects.filter(case__frame=frame, state__in=IN_SAMPLE)
    checked = SpotCheck.objects.filter(case__frame=frame).exclude(state=SpotCheckState.SET_ASIDE)
    seen = {*audited.values_list("case_id", flat=True), *checked.values_list("case_id", flat=True)}
    left_out = {}
    for case in cases:
        reason = case.excluded or ("" if case.area_id else ExclusionReason.NO_AREA)
        if not reason and case.pk in seen:
            reason = ExclusionReason.AUDITED_RECENTLY
        if reason:
            left_out[case.pseudonym] = str(reason)
    return left_out


def put_down(drawn: SpotCheckRound, names: list[str]) -> list[SpotCheck]:
    """The drawn cases, with the short form and the six months that they look at."""
    try:
        form = freeze(version=form_of_cycle(drawn.cycle, ProFormaKind.SPOT_CHECK))
    except NoFormOffered as missing:
        raise SpotCheckNotPossible(str(missing)) from missing
    day = timezone.localdate(drawn.drawn_at)
    first = add_months(day, -AuditSettings.load().window_months)
    chosen = drawn.frame.cases.filter(pseudonym__in=names).select_related("area")
    cases = {case.pseudonym: case for case in chosen}
    return SpotCheck.objects.bulk_create(
        SpotCheck(
            round=drawn,
            case=cases[name],
            ref=f"{drawn.ref}-{number:02}",
            area=cases[name].area,
            form=form,
            window_from=first,
            window_to=day,
        )
        for number, name in enumerate(names, start=1)
    )
