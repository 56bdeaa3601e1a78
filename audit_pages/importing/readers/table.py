"""Rows as they come out of a file, before anyone has judged them."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RawRow:
    """One row: its number as a person counts, and its values by column name."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True)
class BadRow:
    """A row that cannot go in, and why, in a sentence for the person who chose the file."""

    number: int
    reason: str
