"""Small numbers of people are never shown, and cannot be got back by subtracting (domain.md D7)."""

from django.conf import settings


def is_small(count: int) -> bool:
    """Whether a count of audits, families or workers is too small to show: 1 up to the threshold."""
    return 0 < count < settings.PORTAL_SUPPRESS_BELOW


def n_of_n(count: int, total: int) -> str:
    """`9 of 24`, or words where the count, the rest or the total would be too small to show.

    >>> n_of_n(9, 24)
    '9 of 24'
    """
    limit = settings.PORTAL_SUPPRESS_BELOW
    if is_small(total):
        return f"fewer than {limit} audits"
    if is_small(count):
        return f"fewer than {limit} of {total} audits"
    if is_small(total - count):
        return f"nearly all of {total} audits"
    return f"{count} of {total} audits"
