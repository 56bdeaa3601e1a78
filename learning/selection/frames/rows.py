"""Rows of lists on their way to cases: what a row says, why a row is left out, and what a file came to."""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum


class Dropped(Enum):
    """Why a row makes no case."""

    ADOPTERS = "It is about adopters, not about a child"
    NO_NUMBER = "It has no number of a child"
    NOT_A_NUMBER = "What stands in place of the child's number cannot be one"
    ERROR = "The child's number shows an error"
    UNSAVED = "The child's number is a formula whose value the file does not hold"
    HEADER_AGAIN = "It repeats the header"
    NO_HEADER = "Its sheet has no column for the child's number"
    UNKNOWN_LIST = "Its sheet is none of the lists of Annex A"


@dataclass(frozen=True)
class ListedRow:
    """What one row says about one child, of everything that stood in it."""

    list_name: str
    council_id: str
    area: str
    family: str = ""
    team: str = ""
    worker: str = ""
    opened_on: date | None = None
    ended_on: date | None = None


@dataclass
class ListCount:
    """The arithmetic of one list: rows read = kept + merged + the sum of dropped."""

    name: str
    read: int = 0
    kept: int = 0
    merged: int = 0
    dropped: dict[str, int] = field(default_factory=dict)

    def drop(self, reason: Dropped, count: int = 1) -> None:
        self.dropped[reason.value] = self.dropped.get(reason.value, 0) + count


@dataclass(frozen=True)
class ReadCase:
    """One child, from all rows about them."""

    council_id: str
    lists: tuple[str, ...]
    area: str
    family: str = ""
    team: str = ""
    worker: str = ""
    opened_on: date | None = None
    closed_on: date | None = None


@dataclass
class Oddities:
    """What a person should know who trusts these rows: how often something was not quite as it ought to be."""

    above: int = 0
    unknown_areas: int = 0
    unread_days: int = 0
    unsaved: int = 0
    decimals: int = 0

    def notes(self) -> list[str]:
        """A sentence for each kind that there was."""
        said = {
            f"Rows above a header, read as titles: {self.above}.": self.above,
            f"Rows whose area of work is not one that we know: {self.unknown_areas}.": (
                self.unknown_areas
            ),
            f"Dates that could not be understood and were left empty: {self.unread_days}.": (
                self.unread_days
            ),
            f"Cells that are formulas whose value the file does not hold: {self.unsaved}. "
            "Open the file in Excel, save it, and load it again to have them.": self.unsaved,
            f"Numbers of children that end in “.0”, read without it: {self.decimals}.": (
                self.decimals
            ),
        }
        return [sentence for sentence, count in said.items() if count]


@dataclass
class ReadFrame:
    """What a file came to. Council numbers and workers' names are in memory only."""

    form: str
    cases: list[ReadCase] = field(default_factory=list)
    lists: list[ListCount] = field(default_factory=list)
    left_out: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, object]:
        """The arithmetic, as it is kept and shown."""
        return {
            "read": sum(one.read for one in self.lists),
            "kept": sum(one.kept for one in self.lists),
            "merged": sum(one.merged for one in self.lists),
            "dropped": sum(sum(one.dropped.values()) for one in self.lists),
            "lists": [vars(one) for one in self.lists],
            "notes": self.notes,
        }
