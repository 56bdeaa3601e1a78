"""A row of counts of which the small ones stay hidden, also from whoever knows the sum (domain.md D7)."""

from collections.abc import Mapping

from django.conf import settings

NOT_SHOWN = "not shown"


def row_of_counts(counts: Mapping[str, int]) -> dict[str, str]:
    """Each count in words; zeros are hidden with the small ones. Where the hidden ones could be worked out
    from the sum, the next larger count is hidden as well.

    >>> row_of_counts({"social work": 9, "management": 7, "family support": 2})
    {'social work': '9', 'management': 'not shown', 'family support': 'fewer than 5'}
    """
    limit = settings.PORTAL_SUPPRESS_BELOW
    words = {key: str(count) for key, count in counts.items()}
    for key in _hidden(counts, limit):
        words[key] = f"fewer than {limit}" if counts[key] < limit else NOT_SHOWN
    return words


def _hidden(counts: Mapping[str, int], limit: int) -> list[str]:
    """The keys to hide, the smallest first."""
    ordered = sorted(counts, key=lambda key: counts[key])
    hidden = [key for key in ordered if counts[key] < limit]
    total = sum(counts[key] for key in hidden)
    is_plain = total in (0, len(hidden) * (limit - 1)) or len(hidden) == 1
    if hidden and is_plain and len(hidden) < len(ordered) and total > 0:
        hidden.append(ordered[len(hidden)])
    return hidden
