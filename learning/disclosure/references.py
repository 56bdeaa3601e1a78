"""Numbers of a case: the council's own, and the courts'."""

import re
from collections.abc import Iterable, Iterator

from learning.disclosure.kinds import Kind, Span

_SYSTEM = (
    "case|client|person|record|mosaic|lcs|liquidlogic|eclipse|carefirst|frameworki|id|ref|reference"
)
_BETWEEN = r"[ .:#\-]{0,3}"
_NEAR = re.compile(
    rf"\b(?:{_SYSTEM})\b{_BETWEEN}(?:(?:{_SYSTEM}|number|no|is|was)\b{_BETWEEN}){{0,3}}"
    r"(?P<number>[A-Z]{0,3}\d(?:[ \-]?\d){5,8})(?![\w/])",
    re.I,
)
_COURTS = (
    re.compile(r"(?<!\w)[A-Z]{2}\s?\d{2}\s?[A-Z]\s?\d{5}(?!\w)", re.I),
    re.compile(
        r"\[(?:19|20)\d{2}\] (?:EWFC|EWHC|EWCA|EWCOP|UKSC|UKHL|UKUT|FLR|Fam)\b"
        r"(?: (?:Civ|Crim|B))?(?: \d+)?(?: \((?:Fam|B|Admin|T1|T2|T3)\))?",
        re.I,
    ),
)


def find(text: str, shapes: Iterable[re.Pattern[str]] = ()) -> Iterator[Span]:
    """References of courts, runs of digits beside a word for a case, and the service's own `shapes`."""
    for pattern in _COURTS:
        for match in pattern.finditer(text):
            yield Span(*match.span(), Kind.COURT_REFERENCE)
    for match in _NEAR.finditer(text):
        yield Span(*match.span("number"), Kind.CASE_REFERENCE)
    for shape in shapes:
        for match in shape.finditer(text):
            yield Span(*match.span(), Kind.CASE_REFERENCE)


def shape_of(sample: str) -> re.Pattern[str]:
    """What looks like this sample: `#` stands for a digit, `@` for a letter, all else for itself.

    >>> bool(shape_of("LCS-####").search("see lcs-2041."))
    True
    """
    parts = {"#": r"\d", "@": "[A-Z]", " ": r"[ \-]?"}
    body = "".join(parts.get(character, re.escape(character)) for character in sample.strip())
    return re.compile(rf"(?<!\w){body}(?!\w)", re.I)
