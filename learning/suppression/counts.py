"""Small numbers of people are never shown, and cannot be got back by subtracting (domain.md D7)."""

from django.conf import settings


def is_small(count: int) -> bool:
    """Whether a count of audits, families or workers is too small to show: 1 up to the threshold."""
    return 0 < count < settings.PORTAL_SUPPRESS_BELOW


def in_words(count: int) -> str:
    """The count, or that it is too small to show.

    >>> in_words(3)
    'fewer than 5'
    """
    return f"fewer than {settings.PORTAL_SUPPRESS_BELOW}" if is_small(count) else str(count)


LEAST_FOR_A_SHARE = 10
"""Percentages of fewer say more than there is to say (domain.md D7)."""


def may_show(count: int, total: int) -> bool:
    """Whether neither the count, nor the rest, nor the whole is too small to show."""
    return not (is_small(count) or is_small(total - count) or is_small(total))


def share_of(count: int, total: int) -> int | None:
    """The count in per cent of the total, rounded; None where one would be too small or say too much."""
    if total < LEAST_FOR_A_SHARE or not may_show(count, total):
        return None
    return round(100 * count / total)


def n_of_n(count: int, total: int) -> str:
    """`9 of 24 audits`, or words where the count, the rest or the total would be too small to show.

    >>> n_of_n(9, 24)
    '9 of 24 audits'
    """
    limit = settings.PORTAL_SUPPRESS_BELOW
    if is_small(total):
        return f"fewer than {limit} audits"
    if is_small(count):
        return f"fewer than {limit} of {total} audits"
    if is_small(total - count):
        return f"nearly all of {total} audits"
    return f"{count} of {total} audits"
