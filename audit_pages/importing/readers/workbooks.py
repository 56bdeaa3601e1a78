"""Excel workbooks (.xlsx), and a plain sentence for everything that only looks like one."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from audit_pages.importing.readers.columns import FIELDS, plain
from audit_pages.importing.readers.csv_rows import as_row, check_header
from audit_pages.importing.readers.errors import UnreadableFile
from audit_pages.importing.readers.limits import MAX_COLUMNS, MAX_ROWS, MAX_UNPACKED_BYTES
from audit_pages.importing.readers.table import BadRow, RawRow

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"purl.oclc.org/ooxml"
_SAVE_AGAIN = "Open it in Excel and save it as an ordinary workbook (.xlsx)."


def refuse_old_or_locked(content: bytes) -> None:
    """Raises `UnreadableFile` for a workbook with a password, or of the time before 2007."""
    if not content.startswith(_OLE):
        return
    if _ENCRYPTED in content:
        raise UnreadableFile(
            "The workbook is protected with a password. Save a copy without one and choose that."
        )
    raise UnreadableFile(f"The file is in an older Office format. {_SAVE_AGAIN}")


def is_zip(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def rows_of(content: bytes, columns: dict[str, str]) -> Iterator[RawRow | BadRow]:
    """Each row below the header of the one sheet with findings, by its number in the sheet."""
    _refuse_package(content)
    header, rows = _sheet_with_findings(_open(content), columns)
    for number, cells in rows:
        broken = next((cell for cell in cells if isinstance(cell, _Broken)), None)
        if broken is not None:
            yield BadRow(number, f"A cell shows the error {broken} instead of a value.")
        elif any(cells):
            yield as_row(number, header, cells)


class _Broken(str):
    """A cell in which a formula failed."""


def _refuse_package(content: bytes) -> None:
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableFile(f"The workbook is damaged. {_SAVE_AGAIN}") from error
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableFile("The file is a locked archive, not a workbook.")
    if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise UnreadableFile("The workbook unpacks to far more than a file of findings would hold.")
    _refuse_kind(names)
    _refuse_words(package)


def _refuse_kind(names: set[str]) -> None:
    if any(name.endswith("vbaProject.bin") for name in names):
        raise UnreadableFile("The workbook holds macros. Save it as an ordinary workbook (.xlsx).")
    if "xl/workbook.bin" in names:
        raise UnreadableFile(f"The file is a binary workbook (.xlsb). {_SAVE_AGAIN}")
    if "content.xml" in names:
        raise UnreadableFile(
            "The file is an OpenDocument file. Save it as an Excel workbook (.xlsx) or as CSV."
        )
    if "xl/workbook.xml" not in names:
        raise UnreadableFile("The file is not a workbook. Choose a CSV, XLSX or JSON lines file.")


def _refuse_words(package: zipfile.ZipFile) -> None:
    """Strict Open XML reads as no rows at all, without a word; entities are an attack."""
    for name in package.namelist():
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            with package.open(name) as part:
                start = part.read(4096)
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
            raise UnreadableFile(f"The workbook is damaged. {_SAVE_AGAIN}") from error
        if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
            raise UnreadableFile("The workbook holds instructions that no spreadsheet writes.")
        if name == "xl/workbook.xml" and _STRICT in start:
            raise UnreadableFile(
                "The workbook is in Excel's “Strict Open XML” format, which cannot be read here. "
                f"{_SAVE_AGAIN}"
            )


def _open(content: bytes) -> Any:
    import openpyxl

    try:
        return openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
    except Exception as error:  # openpyxl raises whatever it stumbles over
        raise UnreadableFile(f"The workbook cannot be read. {_SAVE_AGAIN}") from error


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
    rows = _rows(sheet)
    for _, cells in rows:
        if any(cells):
            return [cell.strip() for cell in cells], rows
    return [], rows


def _rows(sheet: Any) -> _Numbered:
    """Numbered rows of text. A sheet may claim a million rows: reading stops past our limit."""
    sheet.reset_dimensions()
    read = sheet.iter_rows(max_row=MAX_ROWS + 1000, max_col=MAX_COLUMNS + 1)
    number = 0
    try:
        for number, cells in enumerate(read, start=1):
            yield number, _without_empty_end([_text_of(cell) for cell in cells])
    except UnreadableFile:
        raise
    except Exception as error:  # openpyxl raises whatever it stumbles over
        raise UnreadableFile(
            f"The workbook cannot be read after row {number}. {_SAVE_AGAIN}"
        ) from error


def _without_empty_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text_of(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        return _Broken(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("_x000D_", "")
