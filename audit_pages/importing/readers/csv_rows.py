"""CSV as Excel and others write it: commas, semicolons or tabs; quotes; lines within a cell."""

import csv
import io
from collections.abc import Iterator

from audit_pages.importing.readers.columns import find_columns
from audit_pages.importing.readers.table import BadRow, RawRow
from learning.spreadsheets import MAX_COLUMNS, MAX_FILE_BYTES, UnreadableFile, delimiter_of

csv.field_size_limit(MAX_FILE_BYTES)  # a long text is turned away by its row, not by the reader


def rows_of(text: str, columns: dict[str, str]) -> Iterator[RawRow | BadRow]:
    """Each row below the header that is not blank, by the number that a spreadsheet gives it."""
    records = _records(text)
    header: list[str] | None = None
    for number, record in records:
        if header is None:
            header = _header(record, columns)
        elif isinstance(record, str):
            yield BadRow(number, record)
        elif any(cell.strip() for cell in record):
            yield as_row(number, header, record)


def as_row(number: int, header: list[str], cells: list[str]) -> RawRow | BadRow:
    """The cells by their columns' names; short rows are filled up with nothing."""
    if any(cell.strip() for cell in cells[len(header) :]):
        return BadRow(number, "It has more values than the header has columns.")
    padded = cells + [""] * (len(header) - len(cells))
    return RawRow(number, {name: cell for name, cell in zip(header, padded, strict=False) if name})


def check_header(header: list[str], columns: dict[str, str]) -> list[str]:
    """The header itself. Raises `UnreadableFile` unless it says which column holds the text."""
    if len(header) > MAX_COLUMNS:
        raise UnreadableFile(f"The file has more than {MAX_COLUMNS} columns.")
    find_columns(header, columns)
    return header


def _header(record: list[str] | str, columns: dict[str, str]) -> list[str]:
    if isinstance(record, str):
        raise UnreadableFile(f"The first row cannot be read. {record}")
    return check_header([name.strip() for name in record], columns)


def _records(text: str) -> Iterator[tuple[int, list[str] | str]]:
    """Numbered records, blank ones before the header left out; a broken one is its reason."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    number, begun = 0, False
    while True:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, _reason(error)
            begun = True
            continue
        begun = begun or any(cell.strip() for cell in record)
        if begun:
            yield number, record


def _reason(error: csv.Error) -> str:
    if "end of data" in str(error):
        return "A quotation mark opens here and is never closed, so nothing after it could be read."
    return "A quotation mark stands where none is expected."
