"""Drawing a figure with matplotlib: SVG for pages and PDF, PNG for Word. Nothing that is hidden is drawn.

Bars differ by hatching as well as by colour. The library is loaded when the first figure is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from math import ceil
from textwrap import fill
from typing import TYPE_CHECKING, Any

from django.core.cache import cache

from learning.figures.figure import Drawing, Figure
from learning.figures.svg import cleaned, fingerprint_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

COLOURS = ("#14575c", "#f0c987", "#6b2c5b", "#c9d8ee", "#2b6340", "#e8d5c4", "#33518c", "#b5730f")
HATCHES = ("", "///", "", "\\\\\\", "||", "xx", "--", "++")
INK, PAPER, TIDE = "#1d2a2e", "#ffffff", "#14575c"
WIDTH = 6.4
"""Inches: 460 points, which a phone shows at two thirds."""
SHEET = 8.8
"""Inches, at that width: what a drawing may measure from top to bottom to stand on a sheet with its heading."""
LABEL_LETTERS = 24
A_DAY = 24 * 3600
LOOKS: dict[Any, Any] = {"svg.fonttype": "none", "font.size": 11, "text.parse_math": False}
"""Words stay words, also those with a dollar sign."""


def as_svg(figure: Figure) -> str:
    """The drawing as an element for a page; empty when there is nothing to draw."""
    if not can_be_drawn(figure):
        return ""
    key = f"figure-{fingerprint_of(figure)}"
    return str(cache.get_or_set(key, lambda: _svg(figure), A_DAY))


def _svg(figure: Figure) -> str:
    return cleaned(_saved(figure, "svg"), figure)


def as_png(figure: Figure) -> bytes:
    """The drawing as a picture for a document that takes no SVG."""
    return _saved(figure, "png")


def parted_for_paper(figure: Figure) -> list[Figure]:
    """The figure, or the parts of it whose drawings each fit a sheet of paper; none without a drawing."""
    if not can_be_drawn(figure):
        return []
    most = max(1, int((SHEET - _height_without_rows(figure)) / _height_of_row(figure)))
    count = ceil(len(figure.rows) / most)
    if count == 1:
        return [figure]
    ends = [round(len(figure.rows) * n / count) for n in range(count + 1)]
    parts = [
        replace(
            figure,
            key=f"{figure.key}-{n}",
            title=f"{figure.title}, part {n} of {count}",
            rows=figure.rows[first:end],
            drawn_like=figure,
        )
        for n, (first, end) in enumerate(pairwise(ends), start=1)
    ]
    return [part for part in parts if can_be_drawn(part)]


def can_be_drawn(figure: Figure) -> bool:
    return figure.drawing != Drawing.NONE and figure.has_values


def _saved(figure: Figure, form: str) -> bytes:
    """The drawing in this form, without a word on who made it and when."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure as Canvas

    with rc_context({**LOOKS, "svg.hashsalt": figure.key}):
        canvas = Canvas(figsize=(WIDTH, _height(figure)), layout="constrained")
        _draw(figure, canvas)
        target = BytesIO()
        meta = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
        canvas.savefig(target, format=form, dpi=150, metadata=meta)
    return target.getvalue()


def _draw(figure: Figure, canvas: Canvas) -> None:
    axes = canvas.subplots()
    axes.set_facecolor(PAPER)
    {Drawing.BARS: _bars, Drawing.STACKED: _stacked, Drawing.HEAT: _heat}[figure.drawing](
        figure, axes
    )
    axes.tick_params(length=0, colors=INK)
    for spine in axes.spines.values():
        spine.set_visible(False)


def _height(figure: Figure) -> float:
    """Inches: room for each row, and for the legend."""
    return _height_without_rows(figure) + _height_of_row(figure) * len(figure.rows)


def _height_without_rows(figure: Figure) -> float:
    series = len(_series(figure))
    return 0.5 + (0.3 * series if figure.drawing != Drawing.HEAT and series > 1 else 0.4)


def _height_of_row(figure: Figure) -> float:
    return 0.28 * len(_series(figure)) + 0.25 if figure.drawing == Drawing.BARS else 0.55


def _series(figure: Figure) -> list[int]:
    """The columns that have something to draw."""
    width = len(figure.columns) - 1
    values = ([row.cells[n].value for row in figure.whole.rows] for n in range(width))
    return [n for n, column in enumerate(values) if any(value is not None for value in column)]


def _labels(figure: Figure, axes: Axes) -> None:
    axes.set_yticks(range(len(figure.rows)), [fill(r.label, LABEL_LETTERS) for r in figure.rows])
    axes.set_ylim(len(figure.rows) - 0.5, -0.5)


def _bars(figure: Figure, axes: Axes) -> None:
    """Bars side by side; a hidden one is words alone."""
    series = _series(figure)
    thick = 0.8 / len(series)
    for place, column in enumerate(series):
        for y, row in enumerate(figure.rows):
            cell = row.cells[column]
            at = y - 0.4 + thick * (place + 0.5)
            axes.barh(at, cell.value or 0, thick * 0.9, **_look(place))
            axes.annotate(
                cell.words,
                (cell.value or 0, at),
                (4, 0),
                textcoords="offset points",
                va="center",
                fontsize=9,
            )
    _labels(figure, axes)
    _scale(axes, figure)
    _legend(figure, axes, series)


def _scale(axes: Axes, figure: Figure) -> None:
    """Room on the right for the words behind the longest bar; no numbers below."""
    values = [cell.value or 0 for row in figure.whole.rows for cell in row.cells]
    axes.set_xlim(0, 1.45 * max(values, default=1) or 1)
    axes.set_xticks([])


def _stacked(figure: Figure, axes: Axes) -> None:
    """Bars end to end, each with its number."""
    series = _series(figure)
    for y, row in enumerate(figure.rows):
        left = 0.0
        for place, column in enumerate(series):
            value = row.cells[column].value or 0
            axes.barh(y, value, 0.6, left=left, **_look(place))
            if value:
                axes.text(
                    left + value / 2,
                    y,
                    f"{value:g}",
                    ha="center",
                    va="center",
                    fontsize=9,
                    bbox=_behind(),
                )
            left += value
        if any(cell.value is None for cell in row.cells):
            axes.annotate(
                "some not shown",
                (left, y),
                (4, 0),
                textcoords="offset points",
                va="center",
                fontsize=9,
            )
    _labels(figure, axes)
    axes.set_xticks([])
    _legend(figure, axes, series)


def _heat(figure: Figure, axes: Axes) -> None:
    """A tile for each cell, the darker the larger; its words stand on it."""
    from matplotlib.patches import Rectangle

    columns = range(len(figure.columns) - 1)
    largest = max(cell.value or 0 for row in figure.whole.rows for cell in row.cells) or 1
    for y, row in enumerate(figure.rows):
        for x in columns:
            cell = row.cells[x]
            tone = {"facecolor": TIDE, "alpha": 0.08 + 0.42 * (cell.value or 0) / largest}
            look = (
                tone
                if cell.value is not None
                else {"facecolor": PAPER, "edgecolor": "#6f7b7d", "linestyle": ":"}
            )
            axes.add_patch(Rectangle((x - 0.48, y - 0.45), 0.96, 0.9, clip_on=False, **look))
            axes.text(x, y, _on_tile(cell.words), ha="center", va="center", fontsize=8, color=INK)
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_xticks(list(columns), figure.columns[1:])
    axes.xaxis.tick_top()
    _labels(figure, axes)


def _on_tile(words: str) -> str:
    return fill(words.replace(" audits", ""), 12)


def _look(place: int) -> dict[str, Any]:
    """Colour and hatching of the nth series."""
    n = place % len(COLOURS)
    look = {"facecolor": COLOURS[n], "hatch": HATCHES[n], "edgecolor": INK, "linewidth": 0.6}
    return {**look, "clip_on": False}


def _behind() -> dict[str, Any]:
    """A light ground for a number that stands on a bar."""
    return {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}


def _legend(figure: Figure, axes: Axes, series: Sequence[int]) -> None:
    """What each bar stands for, below the bars."""
    if len(series) < 2:
        return
    from matplotlib.patches import Patch

    patches = [
        Patch(label=fill(figure.columns[column + 1], 50), **_look(place))
        for place, column in enumerate(series)
    ]
    axes.legend(
        handles=patches, loc="upper left", bbox_to_anchor=(0, -0.02), frameon=False, fontsize=9
    )
