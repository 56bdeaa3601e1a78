"""JSON lines: one object a line."""

import json
from collections.abc import Iterator
from typing import Any

from audit_pages.importing.readers.table import BadRow, RawRow


def rows_of(text: str) -> Iterator[RawRow | BadRow]:
    """Each line that is not blank, by the number of its line."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _row(number, line)


def _row(number: int, line: str) -> RawRow | BadRow:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return BadRow(number, "This line is not valid JSON.")
    if not isinstance(value, dict):
        return BadRow(number, "This line is not a JSON object with named values.")
    return RawRow(number, {str(name): _plain(part) for name, part in value.items()})


def _plain(value: Any) -> Any:
    """Text, numbers and nothing at all as text; whatever else stays, to be turned away by name."""
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value
