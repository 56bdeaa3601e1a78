"""The sheet with findings in an Excel workbook (.xlsx); `learning.spreadsheets` opens it safely."""

from collections.abc import Iterator
from typing import Any

from audit_pages.importing.readers.columns import FIELDS, plain
from audit_pages.importing.readers.csv_rows import as_row, check_header
from audit_pages.importing.readers.limits import MAX_ROWS
from audit_pages.importing.readers.table import BadRow, RawRow
from learning.spreadsheets import (
    BrokenCell,
    UnreadableFile,
    open_book,
    refuse_package,
    rows_of_sheet,
)


def rows_of(content: bytes, columns: dict[str, str]) -> Iterator[RawRow | BadRow]:
    """Each row below the header of the one sheet with findings, by its number in the sheet."""
    refuse_package(content)
    header, rows = _sheet_with_findings(open_book(content), columns)
    for number, cells in rows:
        broken = next((cell for cell in cells if isinstance(cell, BrokenCell)), None)
        if broken is not None:
            yield BadRow(number, f"A cell shows the error {broken} instead of a value.")
        elif any(cells):
            yield as_row(number, header, cells)


_Numbered = Iterator[tuple[int, list[str]]]


def _sheet_with_findings(book: Any, columns: dict[str, str]) -> tuple[list[str], _Numbered]:
    """The header and rows of the sheet that has a column for the text."""
    begun = [(sheet.title, *_begin(sheet)) for sheet in book.worksheets]
    begun = [entry for entry in begun if entry[1]]
    if not begun:
        raise UnreadableFile("The workbook is empty.")
    holding = [entry for entry in begun if _names_text(entry[1], columns)] or begun[:1]
    if len(holding) > 1:
        titles = ", ".join(f"“{title}”" for title, *_ in holding)
        raise UnreadableFile(f"More than one sheet holds findings: {titles}. Keep one of them.")
    _, header, rows = holding[0]
    return check_header(header, columns), rows


def _names_text(header: list[str], columns: dict[str, str]) -> bool:
    wanted = {plain(columns["text"])} if "text" in columns else {"text", *FIELDS["text"]}
    return any(plain(name) in wanted for name in header)


def _begin(sheet: Any) -> tuple[list[str], _Numbered]:
    """The first row that is not blank, and the rows after it."""
    rows = rows_of_sheet(sheet, MAX_ROWS + 1000)
    for _, cells in rows:
        if any(cells):
            return [cell.strip() for cell in cells], rows
    return [], rows
