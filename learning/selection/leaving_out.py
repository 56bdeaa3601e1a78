"""What a person changes in a loaded list: cases that must not be drawn, and those with a stratum of their own
(domain.md A6, A11–A13, A71, E2). Each with a reason, and each can be taken back before the draw.
"""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from learning.access.matrix import Right
from learning.events.services import record_event
from learning.programme.gates import missing_for
from learning.programme.models import AuditCycle, CycleFocus
from learning.programme.services import refuse_unless_holds
from learning.selection.draw import hash_of_frame
from learning.selection.keys import child_pseudonym
from learning.selection.loading import FrameNotLoadable, candidates_of, open_draw
from learning.selection.models import CaseFrame, FrameCase
from learning.selection.rules import Rule
from learning.selection.states import ExclusionReason, SelectionRoute

RE_AUDIT = "re_audit"
"""What a room above holds a gate for, so that nothing is audited again without a question to answer."""


@transaction.atomic
def exclude_case(
    *, case: FrameCase, reason: ExclusionReason, words: str = "", excluded_by: Any
) -> FrameCase:
    """The case, which can no longer be drawn, with the reason. Only before the draw."""
    refuse_unless_holds(excluded_by, Right.DRAW)
    open_draw(case.frame.draw.cycle)
    fresh = FrameCase.objects.select_for_update().get(pk=case.pk)
    if fresh.excluded:
        label = fresh.get_excluded_display().lower()
        raise FrameNotLoadable(f"This case cannot be drawn anyway: {label}.")
    if reason == ExclusionReason.OTHER and not words.strip():
        raise FrameNotLoadable("Say in a few words what the other reason is.")
    fresh.excluded, fresh.excluded_words, fresh.excluded_by = reason, words.strip(), excluded_by
    fresh.save()
    record_event(
        actor=excluded_by,
        action="framecase.exclude",
        about=fresh,
        reason=ExclusionReason(reason).label,
    )
    return fresh


@transaction.atomic
def take_back_exclusion(*, case: FrameCase, taken_back_by: Any) -> FrameCase:
    """The case, which can be drawn again. What the portal itself leaves out stays out."""
    refuse_unless_holds(taken_back_by, Right.DRAW)
    draw = open_draw(case.frame.draw.cycle)
    if case.excluded and case.excluded_by_id is None:
        raise FrameNotLoadable("The portal left this case out by rule; that cannot be taken back.")
    case.excluded_words, case.excluded_by = "", None
    case.excluded = Rule(draw.cycle).reason_against_case(case)
    case.save()
    record_event(actor=taken_back_by, action="framecase.include", about=case)
    return case


@transaction.atomic
def set_apart(
    *,
    frame: CaseFrame,
    council_ids: list[str],
    route: SelectionRoute,
    reason: str,
    set_by: Any,
) -> tuple[int, int]:
    """Put cases into a stratum of their own, themed or re-audit: how many were found, how many were not.

    They no longer stand among the random ones; why stands in the certificate, since nobody is picked by hand
    without a reason. The list has to be checked again, because its hash is another.
    """
    refuse_unless_holds(set_by, Right.DRAW)
    draw = open_draw(frame.draw.cycle)
    if not reason.strip():
        raise FrameNotLoadable("Say why these children: it stands in the certificate.")
    _refuse_without_purpose(draw.cycle, route)
    pseudonyms = {child_pseudonym(draw, number) for number in council_ids}
    cases = frame.cases.filter(pseudonym__in=pseudonyms, area__isnull=False)
    found = cases.update(route=route, apart_words=reason.strip())
    _judge_again(draw.cycle, cases)
    _to_be_checked_again(frame)
    record_event(
        actor=set_by,
        action="caseframe.set_apart",
        about=frame,
        reason=f"{route.label}: {reason.strip()}",
    )
    return found, len(pseudonyms) - found


def _refuse_without_purpose(cycle: AuditCycle, route: SelectionRoute) -> None:
    """A theme needs its question, a re-audit a test that was planned."""
    if route == SelectionRoute.THEMED and not CycleFocus.objects.filter(cycle=cycle).exists():
        raise FrameNotLoadable(
            "Give the cycle its focus first: a theme needs a question and a source."
        )
    if route == SelectionRoute.RE_AUDIT and (missing := missing_for(cycle, RE_AUDIT)):
        raise FrameNotLoadable(" ".join(missing))


@transaction.atomic
def put_back(*, frame: CaseFrame, route: SelectionRoute, put_back_by: Any) -> None:
    """Let the cases of this stratum stand among the random ones again; the list is to be checked again."""
    refuse_unless_holds(put_back_by, Right.DRAW)
    draw = open_draw(frame.draw.cycle)
    apart = frame.cases.filter(route=route)
    cases = frame.cases.filter(pk__in=list(apart.values_list("pk", flat=True)))
    cases.update(route=SelectionRoute.RANDOM, apart_words="")
    _judge_again(draw.cycle, cases)
    _to_be_checked_again(frame)
    record_event(actor=put_back_by, action="caseframe.put_back", about=frame, reason=route.label)


def _judge_again(cycle: AuditCycle, cases: QuerySet[FrameCase]) -> None:
    """What the portal itself says of these cases, by where they stand now; a person's reasons stay."""
    rule = Rule(cycle)
    judged = list(cases.filter(excluded_by=None).select_related("area", "key"))
    for case in judged:
        case.excluded = rule.reason_against_case(case)
    FrameCase.objects.bulk_update(judged, ["excluded"], batch_size=500)


def _to_be_checked_again(frame: CaseFrame) -> None:
    frame.frame_hash = hash_of_frame(candidates_of(frame))
    frame.checked_by = frame.checked_at = None
    frame.save()
