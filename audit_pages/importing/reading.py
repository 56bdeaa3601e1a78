"""One file, whatever its kind, as a list of judged rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from audit_pages.importing.readers import csv_rows, json_lines, workbooks
from audit_pages.importing.readers.columns import find_columns
from audit_pages.importing.readers.limits import MAX_ROWS
from audit_pages.importing.readers.table import BadRow, RawRow
from audit_pages.importing.rows import CleanRow, clean_row, unlike_earlier
from learning.spreadsheets import (
    UnreadableFile,
    decode,
    is_zip,
    refuse_old_or_locked,
    refuse_size,
)


@dataclass(frozen=True)
class ReadFile:
    """Every row of a file, good and bad, in its order: reading it again gives the same."""

    rows: list[CleanRow | BadRow]
    columns: dict[str, str]
    warnings: list[str] = field(default_factory=list)


def read_file(
    content: bytes, *, name: str = "", columns: dict[str, str] | None = None, encoding: str = ""
) -> ReadFile:
    """The file's rows. Raises `UnreadableFile`, one plain sentence, when there are none."""
    refuse_size(content)
    raw = _limited(_raw_rows(content, name, encoding, columns or {}))
    if not any(isinstance(row, RawRow) for row in raw):
        raise UnreadableFile(f"No row of the file can be read. Row {raw[0].number}: {_why(raw)}")
    header = dict.fromkeys(
        column for row in raw if isinstance(row, RawRow) for column in row.values
    )
    found = find_columns(header, columns)
    rows = unlike_earlier([_judge(row, found) for row in raw])
    return ReadFile(rows=rows, columns=found, warnings=_warnings(rows))


def _raw_rows(
    content: bytes, name: str, encoding: str, columns: dict[str, str]
) -> Iterator[RawRow | BadRow]:
    refuse_old_or_locked(content)
    if is_zip(content):
        return workbooks.rows_of(content, columns)
    text = decode(content, encoding)
    if _looks_like_json(text, name):
        return json_lines.rows_of(text)
    return csv_rows.rows_of(text, columns)


def _looks_like_json(text: str, name: str) -> bool:
    start = text.lstrip()[:1]
    if start == "[" and not name.lower().endswith(".csv"):
        raise UnreadableFile(
            "This file is one JSON list. Write it as JSON lines: one object on each line."
        )
    return start == "{" and not name.lower().endswith(".csv")


def _limited(rows: Iterator[RawRow | BadRow]) -> list[RawRow | BadRow]:
    kept = []
    for row in rows:
        kept.append(row)
        if len(kept) > MAX_ROWS:
            raise UnreadableFile(
                f"The file has more than {MAX_ROWS:,} rows. Split it into smaller files."
            )
    if not kept:
        raise UnreadableFile("The file has a header and no rows.")
    return kept


def _why(raw: list[RawRow | BadRow]) -> str:
    return next(row.reason for row in raw if isinstance(row, BadRow))


def _judge(row: RawRow | BadRow, found: dict[str, str]) -> CleanRow | BadRow:
    if isinstance(row, BadRow):
        return row
    return clean_row(row.number, {field: row.values.get(found[field], "") for field in found})


def _warnings(rows: list[CleanRow | BadRow]) -> list[str]:
    """What was read but not understood, said once and counted."""
    unknown: dict[str, int] = {}
    for row in rows:
        if isinstance(row, CleanRow) and row.unknown_kind:
            unknown[row.unknown_kind] = unknown.get(row.unknown_kind, 0) + 1
    return [
        f"The kind “{kind[:40]}” is not one that the portal knows; left empty in {count} rows."
        for kind, count in sorted(unknown.items())[:20]
    ]
