"""Plain tables, whose columns somebody has said the meaning of, into cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from learning.selection.frames.annex_a import why_not
from learning.selection.frames.cells import (
    LONGEST_TEAM,
    NotADay,
    council_id_of,
    day_of,
    is_decimal,
    is_no_title,
    plain,
    tidy,
    words_of,
)
from learning.selection.frames.merging import merge
from learning.selection.frames.rows import Dropped, ListCount, ListedRow, Oddities, ReadFrame
from learning.selection.frames.sheets import HEADER_WITHIN, Sheet, UnsavedFormula
from learning.spreadsheets import UnreadableFile

TABLE = "The table"
OTHER_SHEETS = "Other sheets"
FORM = "Table with columns mapped by hand"


@dataclass(frozen=True)
class Columns:
    """Where things stand in a table, counted from nought; None where there is no such column."""

    council_id: int
    area: int | None = None
    team: int | None = None
    worker: int | None = None
    family: int | None = None
    opened: int | None = None
    ended: int | None = None
    one_area: str = ""


@dataclass(frozen=True)
class Table:
    """A plain table: its titles, one for each column that anything stands in, and the rows below."""

    titles: list[str]
    rows: list[list[str]]
    above: int


def table_of(sheet: Sheet) -> Table:
    """The table on the sheet. Of the rows in which a header is looked for it is the one with most titles, the
    first of several: the title and the day of a report may stand above it."""
    rows = [cells for _, cells in sheet.rows]
    place = max(range(len(rows[:HEADER_WITHIN])), key=lambda place: _titles_in(rows[place]))
    width = max(len(cells) for cells in rows[place:])
    titles = [tidy(cell) for cell in rows[place]]
    return Table(titles + [""] * (width - len(titles)), rows[place + 1 :], place)


def _titles_in(cells: list[str]) -> int:
    """How many titles stand in a row; none where something stands among them that is no title."""
    filled = [cell for cell in cells if tidy(cell)]
    return 0 if any(is_no_title(tidy(cell)) for cell in filled) else len(filled)


def header_of(sheet: Sheet) -> list[str]:
    """The titles of a plain table, empty where a column has none."""
    return table_of(sheet).titles


def read_mapped(
    sheet: Sheet, columns: Columns, areas: Mapping[str, str], *, rows_elsewhere: int = 0
) -> ReadFrame:
    """The cases of the table. `areas` gives a code for each word that an area may be called by."""
    table = table_of(sheet)
    if columns.council_id >= len(table.titles):
        raise UnreadableFile("The table has fewer columns than were mapped.")
    return _Reading(columns, areas, table).read(rows_elsewhere)


class _Reading:
    """One run over one table."""

    def __init__(self, columns: Columns, areas: Mapping[str, str], table: Table) -> None:
        self.columns, self.areas, self.table = columns, areas, table
        self.count, self.odd = ListCount(TABLE), Oddities(above=table.above)

    def read(self, rows_elsewhere: int) -> ReadFrame:
        rows = [row for cells in self.table.rows if (row := self._row(cells))]
        counts = {TABLE: self.count}
        cases = merge(rows, counts)
        if rows_elsewhere:
            counts[OTHER_SHEETS] = ListCount(OTHER_SHEETS, read=rows_elsewhere)
            counts[OTHER_SHEETS].drop(Dropped.UNKNOWN_LIST, rows_elsewhere)
        return ReadFrame(FORM, cases, list(counts.values()), self._left_out(), self.odd.notes())

    def _row(self, cells: list[str]) -> ListedRow | None:
        self.count.read += 1
        padded = cells + [""] * (len(self.table.titles) - len(cells))
        number = padded[self.columns.council_id]
        reason = why_not(number)
        if reason:
            self.count.drop(reason)
            return None
        self.odd.decimals += is_decimal(number)
        return ListedRow(
            list_name=TABLE,
            council_id=council_id_of(number),
            area=self._area(padded),
            family=council_id_of(self._cell(padded, self.columns.family)),
            team=words_of(self._cell(padded, self.columns.team))[:LONGEST_TEAM],
            worker=words_of(self._cell(padded, self.columns.worker)),
            opened_on=self._day(self._cell(padded, self.columns.opened)),
            ended_on=self._day(self._cell(padded, self.columns.ended)),
        )

    def _cell(self, cells: list[str], place: int | None) -> str:
        cell = cells[place] if place is not None and place < len(cells) else ""
        self.odd.unsaved += isinstance(cell, UnsavedFormula)
        return cell

    def _area(self, cells: list[str]) -> str:
        if self.columns.area is None:
            return self.columns.one_area
        code = self.areas.get(plain(self._cell(cells, self.columns.area)), "")
        self.odd.unknown_areas += not code
        return code

    def _day(self, text: str) -> date | None:
        try:
            return day_of(text)
        except NotADay:
            self.odd.unread_days += 1
            return None

    def _left_out(self) -> dict[str, list[str]]:
        """How many columns were read past: their titles may be anything, and are not kept."""
        used = {place for name, place in vars(self.columns).items() if name != "one_area"} - {None}
        passed = len(self.table.titles) - len(used)
        return {TABLE: [f"other columns: {passed}"]} if passed > 0 else {}
