"""Characters that no file of slides can hold, taken out of what people type or paste."""

import re

from learning.spreadsheets import safe_cell

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def writable(text: str) -> str:
    """The text without control characters, which XML and PostgreSQL refuse; line ends as `\\n`."""
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def as_cell(text: str) -> str:
    """The text for a cell of a worksheet, where nothing may be read as a formula."""
    return safe_cell(writable(text))
