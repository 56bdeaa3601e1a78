"""What in each text of a file could give somebody away."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from learning.disclosure.finding import find_identifiers, local_knowledge
from learning.disclosure.kinds import Span


class Command(BaseCommand):
    help = (
        "Reads JSON lines with id and text; says for each what could give somebody away, and where."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="JSON lines; - reads what is piped in")
        parser.add_argument("--json", action="store_true", help="one JSON line for each text")

    def handle(self, *args: Any, file: str, json: bool, **options: Any) -> None:
        known = local_knowledge()
        show = _as_json if json else _in_words
        for row in _rows(file):
            self.stdout.write(show(row, find_identifiers(row["text"], known)))


def _rows(file: str) -> Iterator[dict[str, Any]]:
    """Each line's object. Raises `CommandError` with the line's number, and none of its words."""
    for number, line in enumerate(_lines(file), start=1):
        if line.strip():
            yield _row(line, number)


def _lines(file: str) -> list[str]:
    """The file's lines, ended by a line feed alone: other signs may stand in a text."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"The file cannot be read: {error.__class__.__name__}.") from error
    return text.split("\n")


def _row(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise CommandError(f"Line {number} is not JSON.") from error
    if not (isinstance(row, dict) and isinstance(row.get("text"), str) and "id" in row):
        raise CommandError(f"Line {number} needs an id, and a text in words.")
    return row


def _as_json(row: dict[str, Any], spans: list[Span]) -> str:
    found = [{"start": span.start, "end": span.end, "kind": str(span.kind)} for span in spans]
    return json.dumps({"id": row["id"], "spans": found}, ensure_ascii=False)


def _in_words(row: dict[str, Any], spans: list[Span]) -> str:
    found = ", ".join(f"{span.label} ({span.start}–{span.end})" for span in spans)
    return f"{row['id']}: {found or 'nothing found'}"
