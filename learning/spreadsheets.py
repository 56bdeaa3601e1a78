"""Spreadsheets that people bring: what is safe to open, what a cell says, and a plain sentence for the rest;
and a cell that is safe to hand out.

Used for lists of cases here and for findings of others in the layer above.
"""

import codecs
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from learning.events.refusals import Refusal

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_COLUMNS = 200
MARKS = (",", ";", "\t")
"""What may part the cells of a text file."""
"""How much one file may hold. More is likelier a mistake, or an attack, than a list."""

SAVE_AGAIN = "Open it in Excel and save it as an ordinary workbook (.xlsx)."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"purl.oclc.org/ooxml"
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class UnreadableFile(Refusal):
    """A file that cannot be read at all; the message is one sentence for the person who chose it."""


class BrokenCell(str):
    """A cell in which a formula failed."""


def refuse_size(content: bytes) -> None:
    """Raises `UnreadableFile` for an empty file, and for one that is too large."""
    if not content.strip():
        raise UnreadableFile("The file is empty.")
    if len(content) > MAX_FILE_BYTES:
        raise UnreadableFile(
            f"The file is larger than {MAX_FILE_BYTES // 1024**2} MB. Split it into smaller files."
        )


def refuse_old_or_locked(content: bytes) -> None:
    """Raises `UnreadableFile` for a workbook with a password, or of the time before 2007."""
    if not content.startswith(_OLE):
        return
    if _ENCRYPTED in content:
        raise UnreadableFile(
            "The workbook is protected with a password. Save a copy without one and choose that."
        )
    raise UnreadableFile(f"The file is in an older Office format. {SAVE_AGAIN}")


def is_zip(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def refuse_package(content: bytes) -> None:
    """Raises `UnreadableFile` for an archive that is not an ordinary workbook, or not safe to unpack."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableFile(f"The workbook is damaged. {SAVE_AGAIN}") from error
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableFile("The file is a locked archive, not a workbook.")
    if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise UnreadableFile("The workbook unpacks to far more than such a list would hold.")
    _refuse_kind(names)
    _refuse_words(package)


def _refuse_kind(names: set[str]) -> None:
    if any(name.endswith("vbaProject.bin") for name in names):
        raise UnreadableFile("The workbook holds macros. Save it as an ordinary workbook (.xlsx).")
    if "xl/workbook.bin" in names:
        raise UnreadableFile(f"The file is a binary workbook (.xlsb). {SAVE_AGAIN}")
    if "content.xml" in names:
        raise UnreadableFile(
            "The file is an OpenDocument file. Save it as an Excel workbook (.xlsx) or as CSV."
        )
    if "xl/workbook.xml" not in names:
        raise UnreadableFile("The file is not a workbook. Choose an Excel workbook or a text file.")


def _refuse_words(package: zipfile.ZipFile) -> None:
    """Strict Open XML reads as no rows at all, without a word; entities are an attack."""
    for name in package.namelist():
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            with package.open(name) as part:
                start = part.read(4096)
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as error:
            raise UnreadableFile(f"The workbook is damaged. {SAVE_AGAIN}") from error
        if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
            raise UnreadableFile("The workbook holds instructions that no spreadsheet writes.")
        if name == "xl/workbook.xml" and _STRICT in start:
            raise UnreadableFile(
                "The workbook is in Excel's “Strict Open XML” format, which cannot be read here. "
                f"{SAVE_AGAIN}"
            )


def open_book(content: bytes, *, values: bool = True) -> Any:
    """The workbook, to read from top to bottom; with the formulas themselves when `values` is false."""
    import openpyxl

    try:
        return openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=values, keep_links=False
        )
    except Exception as error:  # openpyxl raises whatever it stumbles over
        raise UnreadableFile(f"The workbook cannot be read. {SAVE_AGAIN}") from error


def rows_of_sheet(sheet: Any, max_rows: int) -> Iterator[tuple[int, list[str]]]:
    """Numbered rows of text. A sheet may claim a million rows: reading stops past `max_rows`."""
    sheet.reset_dimensions()
    number = 0
    try:
        read = sheet.iter_rows(max_row=max_rows, max_col=MAX_COLUMNS + 1)
        for number, cells in enumerate(read, start=1):
            yield number, _without_empty_end([text_of(cell) for cell in cells])
    except UnreadableFile:
        raise
    except Exception as error:  # openpyxl raises whatever it stumbles over
        raise UnreadableFile(
            f"The workbook cannot be read after row {number}. {SAVE_AGAIN}"
        ) from error


def _without_empty_end(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def text_of(cell: Any) -> str:
    """What a cell says: days as 2026-03-31, whole numbers without a point, a failed formula as `BrokenCell`."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        return BrokenCell(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("_x000D_", "")


def delimiter_of(text: str) -> str:
    """The mark that parts the names in the first line of a text file."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(MARKS, key=first.count)


def decode(content: bytes, encoding: str = "") -> str:
    """The text of the file: as its byte order mark says, as `encoding` says, or UTF-8."""
    encoding = _marked(content) or encoding or "utf-8"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(_where(content, error, encoding)) from error
    except LookupError as error:
        raise UnreadableFile(f"“{encoding}” is not the name of an encoding.") from error


def _marked(content: bytes) -> str:
    return next((name for mark, name in _MARKED if content.startswith(mark)), "")


def _where(content: bytes, error: UnicodeDecodeError, encoding: str) -> str:
    line = content.count(b"\n", 0, error.start) + 1
    if encoding != "utf-8":
        return f"The file does not hold {encoding} text: line {line}, byte {error.start + 1}."
    return (
        f"The file is not in UTF-8: line {line}, byte {error.start + 1} cannot be read. "
        "Save it as “CSV UTF-8”, or say its encoding."
    )


_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def safe_cell(value: str) -> str:
    """The value as text that no spreadsheet takes for a formula, for files that we write."""
    return f"'{value}" if value.lstrip(" ").startswith(_FORMULA_STARTS) else value
