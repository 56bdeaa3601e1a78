"""A file into sheets of text cells, or one plain sentence about why not."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from learning.spreadsheets import (
    MARKS,
    MAX_COLUMNS,
    MAX_FILE_BYTES,
    UnreadableFile,
    decode,
    is_zip,
    open_book,
    refuse_old_or_locked,
    refuse_package,
    refuse_size,
    rows_of_sheet,
)

MAX_ROWS = 200_000
HEADER_WITHIN = 30
"""Titles and explanations may stand above a header; further down than this it is none."""
NumberedRow = tuple[int, list[str]]
csv.field_size_limit(MAX_FILE_BYTES)


class UnsavedFormula(str):
    """A formula whose value the file does not hold: an empty cell that ought not to be."""


@dataclass(frozen=True)
class Sheet:
    """One sheet, by its place in the file; a text file has one. Its title is not kept."""

    place: int
    rows: list[NumberedRow]


def read_sheets(content: bytes) -> list[Sheet]:
    """The sheets with anything on them. Raises `UnreadableFile` when there are none, or it is no table."""
    refuse_size(content)
    refuse_old_or_locked(content)
    sheets = _workbook(content) if is_zip(content) else [_text_file(content)]
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise UnreadableFile("There is nothing on any sheet of this file.")
    return filled


def _workbook(content: bytes) -> list[Sheet]:
    refuse_package(content)
    unsaved = _unsaved_formulas(content)
    left = MAX_ROWS
    sheets = []
    for place, sheet in enumerate(open_book(content).worksheets, start=1):
        rows = _numbered(rows_of_sheet(sheet, MAX_ROWS + 1), unsaved.get(place, {}), left)
        left -= len(rows)
        sheets.append(Sheet(place, rows))
    return sheets


def _numbered(
    rows: Iterator[NumberedRow], formulas: dict[int, set[int]], left: int
) -> list[NumberedRow]:
    """The rows that are not blank; a formula without a value stands as `UnsavedFormula`."""
    kept = []
    for number, cells in rows:
        _refuse_width(cells)
        cells = _marked(cells, formulas[number]) if number in formulas else cells
        if any(cell.strip() or isinstance(cell, UnsavedFormula) for cell in cells):
            kept.append((number, cells))
        if len(kept) > left:
            raise UnreadableFile(f"The file has more than {MAX_ROWS:,} rows. Split it up.")
    return kept


def _refuse_width(cells: list[str]) -> None:
    if len(cells) > MAX_COLUMNS:
        raise UnreadableFile(f"The file has more than {MAX_COLUMNS} columns.")


def _marked(cells: list[str], formulas: set[int]) -> list[str]:
    """The cells with each formula that has no value marked as such."""
    padded = cells + [""] * (max(formulas) + 1 - len(cells))
    return [
        UnsavedFormula() if place in formulas and not cell else cell
        for place, cell in enumerate(padded)
    ]


def _unsaved_formulas(content: bytes) -> dict[int, dict[int, set[int]]]:
    """Formulas without a value: their columns, by sheet and row. Looked for only where there are formulas."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
        if not any(b"</f>" in package.read(name) for name in names):
            return {}
    values, formulas = open_book(content), open_book(content, values=False)
    both = zip(values.worksheets, formulas.worksheets, strict=True)
    return {place: _without_value(*pair) for place, pair in enumerate(both, start=1)}


def _without_value(values: Any, formulas: Any) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for sheet in (values, formulas):
        sheet.reset_dimensions()
    rows = zip(
        values.iter_rows(max_row=MAX_ROWS), formulas.iter_rows(max_row=MAX_ROWS), strict=True
    )
    for number, (shown, written) in enumerate(rows, start=1):
        empty = {
            place
            for place, cell in enumerate(written[:MAX_COLUMNS])
            if cell.data_type == "f" and shown[place].value is None
        }
        if empty:
            found[number] = empty
    return found


def _text_file(content: bytes) -> Sheet:
    if b"\0" in content[:1000] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile("The file is neither a workbook nor text. Choose .xlsx or .csv.")
    text = decode(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter_of(text), strict=True)
    try:
        rows = _numbered(enumerate(reader, start=1), {}, MAX_ROWS)
    except csv.Error as error:
        raise UnreadableFile(
            f"Line {reader.line_num} cannot be read: a quotation mark is missing or too many."
        ) from error
    return Sheet(1, rows)


def _delimiter_of(text: str) -> str:
    """The mark in most of the first lines, since the first may be a title; of two, the one frequent there."""
    lines = [line for line in text.splitlines() if line.strip()][:HEADER_WITHIN]
    first = lines[0] if lines else ""
    return max(MARKS, key=lambda mark: (sum(mark in line for line in lines), first.count(mark)))
