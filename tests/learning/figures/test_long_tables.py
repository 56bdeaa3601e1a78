"""A long table is folded up on a screen, in markup that needs no script; a short one is not."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from learning.figures.figure import SHOWN_OPEN, Cell, Figure, Row
from learning.figures.showing import shown


def drawn(lines: int) -> str:
    """The markup of a figure without a drawing, of so many lines."""
    rows = tuple(Row(f"Line {number}", (Cell("yes"),)) for number in range(lines))
    figure = Figure("teams", "Teams", "Which.", date(2031, 1, 1), ("Team", "Audited"), rows)
    return render_to_string(
        "learning/figures/figure.html", {"shown": shown([figure])[0], "level": 2}
    )


@pytest.mark.parametrize(("lines", "folded"), [(SHOWN_OPEN, False), (SHOWN_OPEN + 1, True)])
def test_a_long_table_is_folded_and_all_of_it_is_there(lines: int, folded: bool) -> None:
    html = drawn(lines)
    assert ("<details" in html) == folded
    assert (f"Show the table, {lines} lines" in html) == folded
    assert all(f"Line {number}" in html for number in range(lines))
