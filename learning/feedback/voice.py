"""The numbers of the figure “Family voice” (domain.md G1, 12): who was reached, and whose views agree.

These are plain counts. Whoever shows them suppresses small ones first (domain.md D7, invariant 4).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from learning.feedback.models import FamilyFeedback, FamilyFeedbackQuerySet, FeedbackTheme
from learning.feedback.states import CHILDREN, AskedPerson, FeedbackState, SharedView
from learning.programme.models import AuditCycle
from learning.selection.states import SelectionRoute
from learning.submissions.models import EvaluativeStatement

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


@dataclass(frozen=True)
class ThemeVoice:
    """In how many audits a theme was raised, and by whom; of the families' how they stand to the audit."""

    theme: str
    children: int
    carers: int
    auditors: int
    same: int
    different: int
    new: int


def reached_by_kind(cycles: Iterable[AuditCycle]) -> dict[AskedPerson, Reached]:
    """What became of asking, for each kind of person who was asked in these cycles. One query."""
    rows = _feedback(cycles).values_list("asked", "state")
    counts: dict[str, Counter[str]] = {}
    for asked, state in rows:
        counts.setdefault(asked, Counter())[state] += 1
    return {kind: _reached(counts[kind]) for kind in AskedPerson if kind in counts}


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


def voice_by_theme(cycles: Iterable[AuditCycle]) -> list[ThemeVoice]:
    """One row for each theme that families or auditors raised, in the order of codes. Two queries."""
    wanted = list(cycles)
    raised = _raised_by_families(wanted)
    written = _raised_by_auditors(wanted)
    themes = sorted({theme for theme, *_ in raised} | set(written))
    return [_voice(theme, raised, written) for theme in themes]


def _raised_by_families(cycles: list[AuditCycle]) -> list[tuple[tuple[str, str], int, bool, str]]:
    """(theme, audit, whether a child said it, how it stands to the audit) of what is in audits."""
    rows = FeedbackTheme.objects.filter(
        feedback__in=_feedback(cycles).filter(state=FeedbackState.INCORPORATED)
    ).values_list(
        "theme__code", "theme__label", "feedback__submission_id", "feedback__asked", "view"
    )
    return [
        ((code, label), audit, asked in CHILDREN, view) for code, label, audit, asked, view in rows
    ]


def _raised_by_auditors(cycles: list[AuditCycle]) -> dict[tuple[str, str], set[int]]:
    """The audits in which auditors tagged each theme."""
    rows = (
        EvaluativeStatement.objects.filter(
            entry__submission__case__cycle__in=cycles,
            entry__submission__case__route__in=POOLED,
            themes__isnull=False,
        )
        .values_list("themes__code", "themes__label", "entry__submission_id")
        .distinct()
    )
    found: dict[tuple[str, str], set[int]] = {}
    for code, label, audit in rows:
        found.setdefault((code, label), set()).add(audit)
    return found


def _voice(
    theme: tuple[str, str],
    raised: list[tuple[tuple[str, str], int, bool, str]],
    written: dict[tuple[str, str], set[int]],
) -> ThemeVoice:
    own = [(audit, is_child, view) for name, audit, is_child, view in raised if name == theme]
    return ThemeVoice(
        theme=theme[1],
        children=len({audit for audit, is_child, _ in own if is_child}),
        carers=len({audit for audit, is_child, _ in own if not is_child}),
        auditors=len(written.get(theme, ())),
        same=len({audit for audit, _, view in own if view == SharedView.SAME}),
        different=len({audit for audit, _, view in own if view == SharedView.DIFFERENT}),
        new=len({audit for audit, _, view in own if view == SharedView.NEW}),
    )


def _feedback(cycles: Iterable[AuditCycle]) -> FamilyFeedbackQuerySet:
    return FamilyFeedback.objects.filter(
        submission__case__cycle__in=list(cycles), submission__case__route__in=POOLED
    )
