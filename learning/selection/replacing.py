"""A drawn case that cannot be audited: out with a reason, and the next reserve of its stratum in (E2)."""

from typing import Any

from django.db import transaction

from learning.access.matrix import Right
from learning.events.refusals import Refusal
from learning.events.steps import take_step
from learning.programme.services import refuse_unless_holds
from learning.selection.announcing import case_given_back
from learning.selection.models import SampledCase
from learning.selection.states import CaseState, ExclusionReason
from learning.selection.timing import TO_PREPARE, cycle_in


class NoReserveLeft(Refusal):
    """No reserve of the stratum can step in; the message says what can be done instead."""


@transaction.atomic
def replace_case(
    *, case: SampledCase, reason: ExclusionReason, words: str, replaced_by: Any
) -> SampledCase:
    """The reserve that stepped in: the next one in the order of the draw, so that nobody picks by hand."""
    refuse_unless_holds(replaced_by, Right.DRAW)
    cycle_in(case.cycle, TO_PREPARE)
    reserve = next_reserve(case)
    if reserve is None:
        raise NoReserveLeft(
            "No reserve is left in this area and team. Withdraw the case without a replacement."
        )
    gone = _take_away(case, "take_out", reason, words, replaced_by)
    return take_step(
        reserve, "step_in", actor=replaced_by, reason=f"replaces {gone}", replaces=gone
    )


@transaction.atomic
def withdraw_case(
    *, case: SampledCase, reason: ExclusionReason, words: str, withdrawn_by: Any
) -> SampledCase:
    """The case, out of the sample without a replacement."""
    refuse_unless_holds(withdrawn_by, Right.DRAW)
    return _take_away(case, "withdraw", reason, words, withdrawn_by)


def _take_away(
    case: SampledCase, step: str, reason: ExclusionReason, words: str, by: Any
) -> SampledCase:
    """The case, out of the sample; the rooms above hear of it, and its pair reads it no more."""
    gone = take_step(case, step, actor=by, reason=_said(reason, words))
    case_given_back.send(sender=SampledCase, case=gone, given_back_by=by)
    return gone


def next_reserve(case: SampledCase) -> SampledCase | None:
    """The reserve whose turn it is in the case's stratum."""
    reserves = SampledCase.objects.select_for_update().filter(
        cycle=case.cycle_id, stratum=case.stratum, state=CaseState.RESERVE
    )
    return reserves.order_by("order").first()


def _said(reason: ExclusionReason, words: str) -> str:
    label = ExclusionReason(reason).label
    return f"{label}: {words.strip()}" if words.strip() else label
