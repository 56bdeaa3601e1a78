"""Tables of a report about spot checks, and the shape of its tables of facts (domain.md A76, G2)."""

from collections.abc import Mapping
from datetime import date

from learning.figures.figure import Cell, Figure, Row, few_or_count, part_of
from learning.programme.models import AuditCycle
from learning.spot_checks.models import SpotCheckRound
from learning.spot_checks.selectors import counted_for
from learning.suppression.counts import is_small


def facts_table(key: str, title: str, words: str, on: date, facts: dict[str, Cell]) -> Figure:
    """A table of two columns: what it is about, and how it was."""
    rows = tuple(Row(name, (cell,)) for name, cell in facts.items())
    return Figure(key, title, words, on, ("What", "As it was"), rows)


def spot_checks(cycle: AuditCycle, on: date) -> Figure:
    """How many cases were looked at between the last days and these (domain.md A76)."""
    rounds = SpotCheckRound.objects.filter(cycle__ref__lte=cycle.ref, drawn_at__isnull=False)
    counted = counted_for(cycle)
    facts = {"Spot checks signed off": few_or_count(counted.checks)} if rounds.exists() else {}
    words = (
        "A few cases, drawn at random between the audit days and looked at with a short form. They are never "
        "counted together with the cycle's own."
    )
    return facts_table("spot-checks", "Spot checks", words, on, facts)


def spot_check_strengths(cycle: AuditCycle, on: date) -> Figure:
    """Themes of strengths in spot checks, those seen in few of them left out."""
    counted = counted_for(cycle)
    return _spot_themes("spot-check-strengths", "strengths", counted.strengths, counted.checks, on)


def spot_check_development(cycle: AuditCycle, on: date) -> Figure:
    """Themes of what should develop, those seen in few spot checks left out."""
    counted = counted_for(cycle)
    return _spot_themes(
        "spot-check-development", "what should develop", counted.to_develop, counted.checks, on
    )


def _spot_themes(key: str, words: str, themes: Mapping[str, int], checks: int, on: date) -> Figure:
    """One row for each theme that was raised in as many checks as may be shown."""
    rows = tuple(
        Row(theme, (Cell(part_of(count, checks).words.replace("audits", "spot checks")),))
        for theme, count in themes.items()
        if not is_small(count)
    )
    return Figure(
        key=key,
        title=f"Spot checks: {words}",
        description=f"In how many spot checks each theme of {words} was raised. Themes of fewer than five are "
        "left out.",
        as_of=on,
        columns=("Theme", "Raised in"),
        rows=rows,
    )
