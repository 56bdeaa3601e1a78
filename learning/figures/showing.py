"""A figure with its drawing, for a page, and all of them as one CSV."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TextIO

from django.utils.safestring import SafeString, mark_safe

from learning.exports import head_of_export
from learning.figures.drawing import as_svg, parted_for_paper
from learning.figures.figure import Figure
from learning.spreadsheets import safe_cell


@dataclass(frozen=True)
class ShownFigure:
    """What the template needs."""

    figure: Figure
    svg: SafeString


def shown(figures: Iterable[Figure]) -> list[ShownFigure]:
    """Each figure with its drawing, where it has one."""
    return [ShownFigure(figure, mark_safe(as_svg(figure))) for figure in figures]


@dataclass(frozen=True)
class PrintedFigure:
    """A figure as it is printed: a tall drawing goes on over several sheets."""

    figure: Figure
    svgs: list[SafeString]


def printed(figures: Iterable[Figure]) -> list[PrintedFigure]:
    """Each figure with its drawings, none of which is taller than a sheet."""
    return [
        PrintedFigure(figure, [mark_safe(as_svg(part)) for part in parted_for_paper(figure)])
        for figure in figures
    ]


def write_csv(target: TextIO, figures: Iterable[Figure], taken_by: Any, of: str) -> None:
    """The tables one after the other, under who took them and when. No cell starts a formula."""
    writer = csv.writer(target)
    writer.writerows(head_of_export(of=of, taken_by=taken_by))
    for figure in figures:
        writer.writerow([])
        writer.writerow([safe_cell(f"{figure.title}, as of {figure.as_of:%-d %B %Y}")])
        writer.writerow([safe_cell(name) for name in figure.columns])
        writer.writerows([safe_cell(cell) for cell in row] for row in figure.table)
        if figure.note:
            writer.writerow([safe_cell(figure.note)])
