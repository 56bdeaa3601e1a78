"""A row of counts of which the small ones stay hidden, also from whoever knows the sum (domain.md D7)."""

from collections.abc import Mapping
from typing import TypeVar

from django.conf import settings

NOT_SHOWN = "not shown"
Key = TypeVar("Key")


def row_of_counts(counts: Mapping[Key, int]) -> dict[Key, str]:
    """Each count in words, those that stay hidden as “not shown”.

    >>> row_of_counts({"social work": 9, "management": 7, "family support": 2})
    {'social work': 'not shown', 'management': '7', 'family support': 'not shown'}
    """
    return {
        key: NOT_SHOWN if count is None else str(count)
        for key, count in shown_counts(counts).items()
    }


def shown_counts(counts: Mapping[Key, int]) -> dict[Key, int | None]:
    """Each count, or None where it is hidden: the small ones, nought included, and one more.

    The one more is the next in the order of the row that is large enough to be shown, whatever its size,
    so that neither the sum nor the rule itself gives a small count away.
    """
    hidden = hidden_keys(counts)
    return {key: None if key in hidden else count for key, count in counts.items()}


def hidden_keys(counts: Mapping[Key, int]) -> set[Key]:
    """The keys whose counts stay hidden."""
    keys = list(counts)
    small = [key for key in keys if counts[key] < settings.PORTAL_SUPPRESS_BELOW]
    if not small:
        return set()
    start = keys.index(small[0])
    others = [key for key in keys[start:] + keys[:start] if key not in small]
    return {*small, *others[:1]}
