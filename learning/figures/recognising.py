"""Figures about letters that recognise good work (domain.md G1: 16). No name and no word of a letter."""

from collections import Counter

from django.db.models import F

from learning.figures.figure import Cell, Drawing, Figure, Row, few_or_count
from learning.figures.scope import Scope
from learning.figures.themes import all_themes
from learning.letters.models import GoodPracticeLetter
from learning.letters.pages import themes_of
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState

MORE_THAN_ONE = 2
"""What one letter alone is about, that letter says; a figure is of several."""


def letters_of_thanks(scope: Scope) -> Figure:
    """16: how many letters workers had when a cycle closed, and how many of them all may read today.

    What was sent is counted up to the day of closing and never again, so that nobody learns of one letter
    by looking on two days. What is published is counted as everybody finds it.
    """
    closed = [cycle for cycle in scope.cycles if cycle.state == CycleState.CLOSED]
    sent, published = _sent(closed), _published(closed)
    rows = tuple(
        Row(
            cycle.ref,
            (few_or_count(sent[cycle.pk]), Cell(str(published[cycle.pk]), published[cycle.pk])),
        )
        for cycle in closed
    )
    return Figure(
        key="letters-of-thanks",
        title="Letters of thanks, cycle by cycle",
        description="How many workers had a letter about good work of theirs when the cycle closed, and how "
        "many of these letters are published without names today.",
        as_of=scope.on,
        columns=("Cycle", "Sent to workers", "Published without names"),
        rows=rows,
        note="A letter is private. It is published only if its worker agrees, some months later.",
    )


def _sent(cycles: list[AuditCycle]) -> Counter[int]:
    found = GoodPracticeLetter.objects.filter(cycle__in=[cycle.pk for cycle in cycles])
    in_time = found.filter(sent_at__isnull=False, sent_at__lte=F("cycle__closed_at"))
    return Counter(in_time.values_list("cycle", flat=True))


def _published(cycles: list[AuditCycle]) -> Counter[int]:
    found = GoodPracticeLetter.objects.filter(cycle__in=[cycle.pk for cycle in cycles])
    return Counter(found.filter(page__live=True).values_list("cycle", flat=True))


def themes_of_good_work(scope: Scope) -> Figure:
    """16: what the published letters are about; read from their pages, as everybody may."""
    pages = GoodPracticeLetter.objects.filter(page__live=True).values_list("page", flat=True)
    counts = themes_of(pages)
    rows = tuple(
        Row(theme.label, (Cell(str(counts[theme.pk]), counts[theme.pk]),))
        for theme in all_themes(scope)
        if counts.get(theme.pk, 0) >= MORE_THAN_ONE
    )
    return Figure(
        key="themes-of-good-work",
        title="Themes of good work",
        description="Themes that two or more of the letters carry which are published without names, of all "
        "cycles so far.",
        as_of=scope.on,
        columns=("Theme", "Published letters"),
        rows=rows,
        note="Counted from what everybody may read; private letters are in no count by theme.",
        drawing=Drawing.BARS,
    )
