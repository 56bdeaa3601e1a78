"""How sure a proportion of a small sample is."""

from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959964
"""The normal deviate of a two-sided interval of 95 per cent."""


@dataclass(frozen=True)
class Interval:
    """From where to where a share may well lie, both between 0 and 1."""

    low: float
    high: float

    @property
    def words(self) -> str:
        return f"{round(100 * self.low)}% to {round(100 * self.high)}%"

    def overlaps(self, other: "Interval") -> bool:
        return self.low <= other.high and other.low <= self.high


def wilson(count: int, total: int) -> Interval:
    """Wilson's interval of 95 per cent for `count` of `total`.

    >>> wilson(9, 24).words
    '21% to 57%'
    """
    if total <= 0 or not 0 <= count <= total:
        raise ValueError(f"{count} of {total} is not a proportion")
    share, square = count / total, Z_95**2
    middle = share + square / (2 * total)
    spread = Z_95 * sqrt(share * (1 - share) / total + square / (4 * total**2))
    scale = 1 + square / total
    return Interval(max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale))


def compared(before: tuple[int, int], after: tuple[int, int]) -> str:
    """What two samples of (count, total) let one say about a change."""
    first, second = wilson(*before), wilson(*after)
    if first.overlaps(second):
        return "Cannot be told apart: the difference may be chance"
    return "Seen less often now" if second.high < first.low else "Seen more often now"
