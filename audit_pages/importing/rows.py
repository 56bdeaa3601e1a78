"""One row judged: what the portal will keep of it, or why it cannot go in."""

import hashlib
import html
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from audit_pages.importing.dates import NotADate, read_date
from audit_pages.importing.kinds import read_kind
from audit_pages.importing.readers.limits import MAX_TEXT
from audit_pages.importing.readers.table import BadRow
from audit_pages.importing.titles import as_name, shown, title_of

LONGEST = {"reference": 80, "authority": 120, "section": 200, "title": 250}
UNDATED = "Undated"

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class CleanRow:
    """A row that can go in. `digest` changes whenever any value that we read changes."""

    number: int
    reference: str
    title: str
    html: str
    text: str
    authority: str
    section: str
    statement_kind: str
    dated_on: date | None
    year: str
    digest: str
    unknown_kind: str = ""


def clean_row(number: int, values: dict[str, Any]) -> CleanRow | BadRow:
    """The row as it will be kept, or the first reason why it cannot be."""
    values = {field: _stripped(value) for field, value in values.items()}
    reason = _reason_against(values)
    if reason:
        return BadRow(number, reason)
    try:
        dated_on, year = read_date(values.get("published", ""))
    except NotADate as error:
        return BadRow(number, str(error))
    return _kept(number, values, dated_on, year)


def _kept(number: int, values: dict[str, str], dated_on: date | None, year: str) -> CleanRow:
    kind, unknown_kind = read_kind(values.get("kind", ""), values.get("section", ""))
    digest = _digest(values)
    reference = values.get("reference") or f"row-{digest[:12]}"
    return CleanRow(
        number=number,
        reference=reference,
        title=title_of(values.get("title") or values["text"], reference),
        html=as_rich_text(values["text"]),
        text=values["text"],
        authority=as_name(values.get("authority", "")),
        section=values.get("section", ""),
        statement_kind=kind,
        dated_on=dated_on,
        year=year or UNDATED,
        digest=digest,
        unknown_kind=unknown_kind,
    )


def unlike_earlier(rows: list[CleanRow | BadRow]) -> list[CleanRow | BadRow]:
    """The same rows; one that repeats an earlier reference with other words is turned away."""
    first: dict[str, CleanRow] = {}
    return [_unlike(row, first) if isinstance(row, CleanRow) else row for row in rows]


def _unlike(row: CleanRow, first: dict[str, CleanRow]) -> CleanRow | BadRow:
    earlier = first.setdefault(row.reference, row)
    if earlier.digest == row.digest:
        return row
    return BadRow(
        row.number,
        f"Its reference “{shown(row.reference)}” stands in row {earlier.number} already, "
        "with other words.",
    )


def as_rich_text(text: str) -> str:
    """The text word for word as paragraphs; whatever looks like mark-up is shown, never obeyed."""
    paragraphs = re.split(r"\n[^\S\n]*\n", text)
    shown = [html.escape(part, quote=False) for part in paragraphs if part.strip()]
    return "".join(f"<p>{part}</p>" for part in shown).replace("\n", "<br/>")


def _stripped(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return value.replace("\r\n", "\n").replace("\r", "\n").strip(" \t\n\xa0")


def _reason_against(values: dict[str, Any]) -> str:
    for field, value in values.items():
        if not isinstance(value, str):
            return f"Its {field} is not text."
        if _UNSTORABLE.search(value):
            return f"Its {field} holds a character that cannot be kept (an empty or a half one)."
        longest = LONGEST.get(field)
        if longest and len(value) > longest:
            return f"Its {field} is longer than {longest} characters."
    if not values.get("text", "").strip():
        return "It has no text."
    if len(values["text"]) > MAX_TEXT:
        return f"Its text is longer than {MAX_TEXT:,} characters."
    return ""


def _digest(values: dict[str, str]) -> str:
    canonical = json.dumps(
        {field: value for field, value in values.items() if value}, sort_keys=True
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
