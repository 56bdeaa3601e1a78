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
    plain,
    tidy,
    words_of,
)
from learning.selection.frames.merging import merge
from learning.selection.frames.rows import Dropped, ListCount, ListedRow, ReadFrame
from learning.selection.frames.sheets import Sheet
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


def header_of(sheet: Sheet) -> list[str]:
    """The titles of a plain table: its first row."""
    return [tidy(cell) for cell in sheet.rows[0][1]]


def read_mapped(
    sheet: Sheet, columns: Columns, areas: Mapping[str, str], *, rows_elsewhere: int = 0
) -> ReadFrame:
    """The cases of the table. `areas` gives a code for each word that an area may be called by."""
    width = len(header_of(sheet))
    if columns.council_id >= width:
        raise UnreadableFile("The table has fewer columns than were mapped.")
    return _Table(columns, areas, width).read(sheet, rows_elsewhere)


class _Table:
    """One run over one table."""

    def __init__(self, columns: Columns, areas: Mapping[str, str], width: int) -> None:
        self.columns, self.areas, self.width = columns, areas, width
        self.count = ListCount(TABLE)
        self.unread_days = self.unknown_areas = 0

    def read(self, sheet: Sheet, rows_elsewhere: int) -> ReadFrame:
        rows = [row for _, cells in sheet.rows[1:] if (row := self._row(cells))]
        counts = {TABLE: self.count}
        cases = merge(rows, counts)
        if rows_elsewhere:
            counts[OTHER_SHEETS] = ListCount(OTHER_SHEETS, read=rows_elsewhere)
            counts[OTHER_SHEETS].drop(Dropped.UNKNOWN_LIST, rows_elsewhere)
        return ReadFrame(FORM, cases, list(counts.values()), self._left_out(), self._notes())

    def _row(self, cells: list[str]) -> ListedRow | None:
        self.count.read += 1
        padded = cells + [""] * (self.width - len(cells))
        number = padded[self.columns.council_id]
        reason = why_not(number)
        if reason:
            self.count.drop(reason)
            return None
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
        return cells[place] if place is not None and place < len(cells) else ""

    def _area(self, cells: list[str]) -> str:
        if self.columns.area is None:
            return self.columns.one_area
        code = self.areas.get(plain(self._cell(cells, self.columns.area)), "")
        self.unknown_areas += not code
        return code

    def _day(self, text: str) -> date | None:
        try:
            return day_of(text)
        except NotADay:
            self.unread_days += 1
            return None

    def _left_out(self) -> dict[str, list[str]]:
        """How many columns were read past: their titles may be anything, and are not kept."""
        used = {place for name, place in vars(self.columns).items() if name != "one_area"} - {None}
        passed = self.width - len(used)
        return {TABLE: [f"other columns: {passed}"]} if passed > 0 else {}

    def _notes(self) -> list[str]:
        notes = []
        if self.unknown_areas:
            notes.append(f"Rows whose area of work is not one that we know: {self.unknown_areas}.")
        if self.unread_days:
            notes.append(
                f"Dates that could not be understood and were left empty: {self.unread_days}."
            )
        return notes
