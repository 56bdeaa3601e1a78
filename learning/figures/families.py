"""Figures about what families said (domain.md G1: 12). Words of theirs are in none of them."""

from collections import Counter, defaultdict

from learning.feedback.models import FamilyFeedback, FeedbackTheme
from learning.feedback.states import CHILDREN, ENDED, AskedPerson, FeedbackState, SharedView
from learning.feedback.voice import ASKING_IS_OVER
from learning.figures.figure import (
    WHAT_NOT_SHOWN_MEANS,
    Cell,
    Drawing,
    Figure,
    Row,
    few_or_count,
    part_of,
    row_of,
)
from learning.figures.scope import Scope, at_random
from learning.figures.themes import IN_THIS_SAMPLE, all_themes
from learning.programme.models import AuditCycle
from learning.suppression.counts import is_small, may_show
from learning.suppression.rows import NOT_SHOWN


def last_heard(scope: Scope) -> AuditCycle | None:
    """The newest cycle whose families have all been asked. While they are, one day compared with the next
    would tell who said something."""
    return next((c for c in reversed(scope.cycles) if c.state in ASKING_IS_OVER), None)


def _asked_and_outcomes(scope: Scope) -> Counter[tuple[str, str]]:
    """How many of whom came to what, in cases of that cycle drawn at random."""
    found = FamilyFeedback.objects.filter(submission__case__in=at_random([last_heard(scope)]))
    return scope.once(
        "family outcomes", lambda: Counter(found.values_list("asked", "state").order_by())
    )


def family_voice(scope: Scope) -> Figure:
    """12: whose views are in, of those who were asked."""
    counts = _asked_and_outcomes(scope)
    rows = tuple(Row(str(asked.label), (_views_in(counts, asked),)) for asked in AskedPerson)
    return Figure(
        key="family-voice",
        title="Whose views are in the audits",
        description=f"For cases of {last_heard(scope)} drawn at random: of those who were asked, how "
        "many said what they think. The others did not want to, could not be reached, or it was not safe "
        "or not right to ask them now.",
        as_of=scope.on,
        columns=("Who was asked", "Their views are in"),
        rows=rows if counts else (),
        drawing=Drawing.BARS,
    )


def _views_in(counts: Counter[tuple[str, str]], asked: AskedPerson) -> Cell:
    heard, total = _heard_of(counts, asked)
    cell = part_of(heard, total)
    return Cell(cell.words.replace("audits", "asked"), cell.value) if total else Cell("nobody")


def _heard_of(counts: Counter[tuple[str, str]], asked: AskedPerson) -> tuple[int, int]:
    """How many said what they think, of how many."""
    total = sum(count for (who, _), count in counts.items() if who == asked.value)
    return counts[asked.value, FeedbackState.INCORPORATED.value], total


def why_not_heard(scope: Scope) -> Figure:
    """12: why the others’ views are not in. Several cycles together would give a small number away from
    report to report, so it is one cycle alone; and nothing where the figure above hides a kind of person,
    since the reasons together tell how many were not heard."""
    counts = _asked_and_outcomes(scope)
    reasons = {str(state.label): _ended_as(counts, state) for state in ENDED}
    is_safe = all(may_show(*_heard_of(counts, asked)) for asked in AskedPerson)
    cells = row_of("", reasons).cells if is_safe else [Cell(NOT_SHOWN) for _ in reasons]
    rows = tuple(Row(label, (cell,)) for label, cell in zip(reasons, cells, strict=True))
    return Figure(
        key="why-not-heard",
        title="Why others’ views are not in",
        description=f"For cases of {last_heard(scope)} drawn at random: of those who were asked or might "
        "have been, why the views of some are not in the audits.",
        as_of=scope.on,
        columns=("Reason", "People"),
        rows=rows if counts else (),
        note=WHAT_NOT_SHOWN_MEANS,
        drawing=Drawing.BARS,
    )


def _ended_as(counts: Counter[tuple[str, str]], state: FeedbackState) -> int:
    return sum(count for (_, ended), count in counts.items() if ended == state.value)


def family_agreement(scope: Scope) -> Figure:
    """12: how what children and grown-ups said of a theme stands to the auditors' view."""
    audits = _audits_by_view(scope)
    heard = {is_child: _total_to_tell(scope, is_child=is_child) for is_child in (True, False)}
    columns = [(is_child, view) for is_child in (True, False) for view in SharedView]
    rows = []
    for theme in all_themes(scope):
        counts = [(len(audits[c, view.value, theme.pk]), heard[c]) for c, view in columns]
        if any(count and not is_small(count) for count, _ in counts):
            rows.append(Row(theme.label, tuple(_agreeing(*pair) for pair in counts)))
    return Figure(
        key="family-agreement",
        title="Where families see it as the auditors do, and where not",
        description="In how many audits children, and grown-ups, raised a theme: seeing it as the audit does, "
        "differently, or where the audit had not seen it.",
        as_of=scope.on,
        columns=("Theme", *(_column(is_child, view) for is_child, view in columns)),
        rows=tuple(rows),
        note=f"{IN_THIS_SAMPLE} Themes raised in fewer than five audits everywhere are left out. Of how many "
        "audits is said only where that tells nothing of the kinds of person who were asked.",
    )


def _agreeing(count: int, total: int | None) -> Cell:
    """So many audits, of so many where that may be told."""
    return few_or_count(count) if total is None else part_of(count, total)


def _total_to_tell(scope: Scope, *, is_child: bool) -> int | None:
    """In how many audits the views of children, or of grown-ups, are in. None where a kind of them is hidden
    in “Whose views are in the audits”: less the kinds that are shown, the total would give it away."""
    counts = _asked_and_outcomes(scope)
    kinds = [asked for asked in AskedPerson if (asked in CHILDREN) == is_child]
    by_kind = [_heard_of(counts, asked) for asked in kinds]
    total = _audits_with_views(scope, is_child=is_child)
    twice = sum(heard for heard, _ in by_kind) - total
    return total if all(may_show(*pair) for pair in by_kind) and not is_small(twice) else None


def _audits_by_view(scope: Scope) -> dict[tuple[bool, str, int], set[int]]:
    """The audits by whether a child raised it, how it stands to the auditors' view, and theme."""
    raised = FeedbackTheme.objects.filter(
        feedback__state=FeedbackState.INCORPORATED,
        feedback__submission__case__in=at_random([last_heard(scope)]),
    ).values_list("feedback__asked", "view", "theme", "feedback__submission")
    audits: dict[tuple[bool, str, int], set[int]] = defaultdict(set)
    for asked, view, theme, submission in raised:
        audits[asked in CHILDREN, view, theme].add(submission)
    return audits


def _audits_with_views(scope: Scope, *, is_child: bool) -> int:
    """In how many audits the views of children, or of grown-ups, are in."""
    found = FamilyFeedback.objects.filter(
        state=FeedbackState.INCORPORATED, submission__case__in=at_random([last_heard(scope)])
    )
    asked = found.filter(asked__in=CHILDREN) if is_child else found.exclude(asked__in=CHILDREN)
    return asked.values("submission").distinct().count()


def _column(is_child: bool, view: SharedView) -> str:
    return f"{'Children' if is_child else 'Grown-ups'}: {view.label.lower()}"
