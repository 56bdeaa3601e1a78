"""What a figure is: a title, what it shows in a sentence, and a table in which nothing small is left.

Suppression is done by whoever makes the figure; a hidden cell has words and no value, so that no drawing,
file or frozen copy can hold more than the page shows.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.conf import settings

from learning.suppression.counts import n_of_n, share_of
from learning.suppression.rows import NOT_SHOWN, shown_counts

WHAT_NOT_SHOWN_MEANS = (
    "“Not shown” stands for fewer than five, and for what would give such a small number away."
)


class Drawing(StrEnum):
    """How a figure is drawn beside its table."""

    NONE = ""
    BARS = "bars"
    STACKED = "stacked"
    HEAT = "heat"


@dataclass(frozen=True)
class Cell:
    """What stands in one place of the table, and its value where one may be drawn."""

    words: str
    value: float | None = None


@dataclass(frozen=True)
class Row:
    label: str
    cells: tuple[Cell, ...]


SHOWN_OPEN = 6
"""From more lines than so many on, a table is a long way to scroll on a telephone."""


@dataclass(frozen=True)
class Figure:
    """One figure as it stood on a day. `columns` names the row's label first, then its cells."""

    key: str
    title: str
    description: str
    as_of: date
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    drawing: Drawing = Drawing.NONE
    drawn_like: "Figure | None" = None
    """Of a part: the whole, by whose scale and legend it is drawn."""

    @property
    def whole(self) -> "Figure":
        return self.drawn_like or self

    @property
    def is_empty(self) -> bool:
        return not self.rows

    @property
    def is_long(self) -> bool:
        """Whether its table stands folded up on a screen. On paper it is open."""
        return len(self.rows) > SHOWN_OPEN

    @property
    def table(self) -> list[list[str]]:
        """The words alone, a list for each row, its label first."""
        return [[row.label, *(cell.words for cell in row.cells)] for row in self.rows]

    @property
    def has_values(self) -> bool:
        """Whether anything is left to draw."""
        return any(cell.value is not None for row in self.rows for cell in row.cells)

    def frozen(self) -> dict[str, Any]:
        """The figure as plain values, to be kept as it is."""
        kept = asdict(self) | {"as_of": self.as_of.isoformat(), "drawing": self.drawing.value}
        like = kept.pop("drawn_like")
        return kept | ({"drawn_like": self.whole.frozen()} if like else {})

    @classmethod
    def thawed(cls, kept: Mapping[str, Any]) -> "Figure":
        """The figure that `frozen` gave, however much has changed since."""
        rows = tuple(
            Row(row["label"], tuple(Cell(**cell) for cell in row["cells"])) for row in kept["rows"]
        )
        own = {
            "rows": rows,
            "columns": tuple(kept["columns"]),
            "as_of": date.fromisoformat(kept["as_of"]),
            "drawing": Drawing(kept["drawing"]),
        }
        return cls(**{**kept, **own})


def row_of(label: str, counts: Mapping[Any, int]) -> Row:
    """A row of counts that add up to a known sum: the small ones hidden, and one more beside them."""
    return Row(label, tuple(_counted(count) for count in shown_counts(counts).values()))


def _counted(count: int | None) -> Cell:
    return Cell(NOT_SHOWN) if count is None else Cell(str(count), count)


def exact_row(label: str, counts: Mapping[Any, int]) -> Row:
    """A row of counts of things that say nothing about a person."""
    return Row(label, tuple(_counted(count) for count in counts.values()))


def few_or_count(count: int) -> Cell:
    """A count that stands alone; nought is told from one to four no more than they from each other."""
    if count < settings.PORTAL_SUPPRESS_BELOW:
        return Cell(f"fewer than {settings.PORTAL_SUPPRESS_BELOW}")
    return Cell(str(count), count)


def part_of(count: int, total: int) -> Cell:
    """So many of so many audits, with a percentage where there are enough."""
    share = share_of(count, total)
    if share is not None:
        return Cell(f"{n_of_n(count, total)} ({share}%)", share)
    return Cell(n_of_n(count, total) if total else "no audits")
