"""What became of asking families, for the yearly review of the audit (domain.md A73); the figures of
`domain.md` G1, 12, stand in `learning.figures.families`.

These are plain counts. Whoever shows them suppresses small ones first (domain.md D7, invariant 4).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from learning.feedback.models import FamilyFeedback
from learning.feedback.states import AskedPerson, FeedbackState
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState
from learning.selection.states import SelectionRoute

ASKING_IS_OVER = (
    CycleState.REPORTING,
    CycleState.WITH_BOARDS,
    CycleState.LEARNING_PUBLISHED,
    CycleState.CLOSED,
)
"""States of a cycle in which no family is asked any more: its numbers change no longer."""

REACHED = (
    FeedbackState.HELD,
    FeedbackState.WRITTEN,
    FeedbackState.WRITTEN_UP,
    FeedbackState.INCORPORATED,
)
POOLED = (SelectionRoute.RANDOM, SelectionRoute.REPLACEMENT)
"""Cases that were drawn at random: themed ones are never pooled with them (domain.md G1)."""


@dataclass(frozen=True)
class Reached:
    """What became of asking one kind of person."""

    asked: int = 0
    reached: int = 0
    declined: int = 0
    not_safe: int = 0
    not_reached: int = 0
    not_appropriate: int = 0
    waiting: int = 0


def reached_in_each(cycles: Iterable[AuditCycle]) -> dict[AskedPerson, list[Reached]]:
    """What became of asking, for each kind of person who was asked, cycle by cycle. One query."""
    rows = FamilyFeedback.objects.filter(
        submission__case__cycle__in=list(cycles), submission__case__route__in=POOLED
    ).values_list("asked", "submission__case__cycle", "state")
    counts: dict[tuple[str, int], Counter[str]] = {}
    for asked, cycle, state in rows:
        counts.setdefault((asked, cycle), Counter())[state] += 1
    found = {
        kind: [_reached(states) for (asked, _), states in counts.items() if asked == kind]
        for kind in AskedPerson
    }
    return {kind: each for kind, each in found.items() if each}


def _reached(states: Counter[str]) -> Reached:
    ended = {
        "declined": states[FeedbackState.DECLINED],
        "not_safe": states[FeedbackState.NOT_SAFE],
        "not_reached": states[FeedbackState.NOT_REACHED],
        "not_appropriate": states[FeedbackState.NOT_APPROPRIATE],
    }
    asked, reached = states.total(), sum(states[state] for state in REACHED)
    waiting = asked - reached - sum(ended.values())
    return Reached(asked=asked, reached=reached, waiting=waiting, **ended)
