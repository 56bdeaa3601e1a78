"""Figures about what families said (domain.md G1: 12). Words of theirs are in none of them."""

from collections import Counter, defaultdict

from learning.feedback.models import FamilyFeedback, FeedbackTheme
from learning.feedback.states import CHILDREN, AskedPerson, FeedbackState, SharedView
from learning.figures.figure import Cell, Drawing, Figure, Row, part_of
from learning.figures.scope import Scope, at_random
from learning.figures.themes import IN_THIS_SAMPLE, all_themes
from learning.suppression.counts import may_show


def family_voice(scope: Scope) -> Figure:
    """12: whose views are in, of those who were asked. The reasons of the others are too few in one cycle
    to be counted, and several cycles together would give them away from report to report."""
    found = FamilyFeedback.objects.filter(submission__case__in=at_random([scope.cycle]))
    counts = Counter(found.values_list("asked", "state"))
    rows = tuple(Row(str(asked.label), (_views_in(counts, asked),)) for asked in AskedPerson)
    return Figure(
        key="family-voice",
        title="Whose views are in the audits",
        description="For cases of this cycle drawn at random: of those who were asked, how many said what "
        "they think. The others did not want to, could not be reached, or it was not safe or not right to "
        "ask them now.",
        as_of=scope.on,
        columns=("Who was asked", "Their views are in"),
        rows=rows if counts else (),
        drawing=Drawing.BARS,
    )


def _views_in(counts: Counter[tuple[str, str]], asked: AskedPerson) -> Cell:
    total = sum(count for (who, _), count in counts.items() if who == asked.value)
    cell = part_of(counts[asked.value, FeedbackState.INCORPORATED.value], total)
    return Cell(cell.words.replace("audits", "asked"), cell.value) if total else Cell("nobody")


def family_agreement(scope: Scope) -> Figure:
    """12: how what children and grown-ups said of a theme stands to the auditors' view."""
    audits = _audits_by_view(scope)
    heard = {is_child: _audits_with_views(scope, is_child=is_child) for is_child in (True, False)}
    columns = [(is_child, view) for is_child in (True, False) for view in SharedView]
    rows = []
    for theme in all_themes(scope):
        counts = [(len(audits[c, view.value, theme.pk]), heard[c]) for c, view in columns]
        if any(count and may_show(count, total) for count, total in counts):
            rows.append(Row(theme.label, tuple(part_of(*pair) for pair in counts)))
    return Figure(
        key="family-agreement",
        title="Where families see it as the auditors do, and where not",
        description="In how many audits children, and grown-ups, raised a theme: seeing it as the audit does, "
        "differently, or where the audit had not seen it.",
        as_of=scope.on,
        columns=("Theme", *(_column(is_child, view) for is_child, view in columns)),
        rows=tuple(rows),
        note=f"{IN_THIS_SAMPLE} Themes raised in fewer than five audits everywhere are left out.",
    )


def _audits_by_view(scope: Scope) -> dict[tuple[bool, str, int], set[int]]:
    """The audits by whether a child raised it, how it stands to the auditors' view, and theme."""
    raised = FeedbackTheme.objects.filter(
        feedback__state=FeedbackState.INCORPORATED,
        feedback__submission__case__in=at_random([scope.cycle]),
    ).values_list("feedback__asked", "view", "theme", "feedback__submission")
    audits: dict[tuple[bool, str, int], set[int]] = defaultdict(set)
    for asked, view, theme, submission in raised:
        audits[asked in CHILDREN, view, theme].add(submission)
    return audits


def _audits_with_views(scope: Scope, *, is_child: bool) -> int:
    """In how many audits the views of children, or of grown-ups, are in."""
    found = FamilyFeedback.objects.filter(
        state=FeedbackState.INCORPORATED, submission__case__in=at_random([scope.cycle])
    )
    asked = found.filter(asked__in=CHILDREN) if is_child else found.exclude(asked__in=CHILDREN)
    return asked.values("submission").distinct().count()


def _column(is_child: bool, view: SharedView) -> str:
    return f"{'Children' if is_child else 'Grown-ups'}: {view.label.lower()}"
