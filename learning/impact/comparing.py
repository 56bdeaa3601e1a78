"""What two small samples say about a change, and when they say nothing (domain.md G1, figure 11).

Each share has Wilson's interval of 95 per cent; the difference has Newcombe's, which is built from the two
(R. G. Newcombe, Statistics in Medicine 17, 1998, method 10). When it holds zero, the samples cannot tell.
"""

from dataclasses import dataclass
from enum import Enum
from math import sqrt

Z_95 = 1.959964
"""The normal deviate of a two-sided interval of 95 per cent."""


class Verdict(Enum):
    """What the counts alone allow to be said."""

    MORE = "Seen in more audits than before, and hardly by chance."
    FEWER = "Seen in fewer audits than before, and hardly by chance."
    CANNOT_TELL = "These samples are too small to tell whether anything has changed."


@dataclass(frozen=True)
class Share:
    """`seen` of `of`, with where the share may well lie, between 0 and 1."""

    seen: int
    of: int

    @property
    def value(self) -> float:
        return self.seen / self.of

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval."""
        square, share = Z_95**2, self.value
        middle = share + square / (2 * self.of)
        spread = Z_95 * sqrt(share * (1 - share) / self.of + square / (4 * self.of**2))
        scale = 1 + square / self.of
        return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def difference(before: Share, after: Share) -> tuple[float, float]:
    """From where to where the change of the share may well lie, between −1 and 1."""
    (low_before, high_before), (low_after, high_after) = before.interval, after.interval
    change = after.value - before.value
    down = sqrt((after.value - low_after) ** 2 + (high_before - before.value) ** 2)
    up = sqrt((high_after - after.value) ** 2 + (before.value - low_before) ** 2)
    return change - down, change + up


def verdict(before: tuple[int, int] | None, after: tuple[int, int] | None) -> Verdict:
    """What two pairs of (seen, of) allow to be said; without both, nothing.

    >>> verdict((3, 24), (18, 24))
    <Verdict.MORE: 'Seen in more audits than before, and hardly by chance.'>
    >>> verdict((9, 24), (12, 24)).name
    'CANNOT_TELL'
    """
    if before is None or after is None or not before[1] or not after[1]:
        return Verdict.CANNOT_TELL
    low, high = difference(Share(*before), Share(*after))
    if low > 0:
        return Verdict.MORE
    return Verdict.FEWER if high < 0 else Verdict.CANNOT_TELL
