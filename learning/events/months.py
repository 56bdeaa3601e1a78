"""Months on from a day, and days in words."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from itertools import pairwise


def add_months(day: date, count: int) -> date:
    """The same day of the month `count` months later (earlier, when negative), or that month's last day.

    >>> add_months(date(2027, 8, 31), -6)
    datetime.date(2027, 2, 28)
    """
    months = day.year * 12 + day.month - 1 + count
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def days_in_words(days: Iterable[date]) -> str:
    """Days in their order, each with no more than it needs; empty for none.

    >>> days_in_words([date(2026, 11, 18), date(2026, 11, 19)])
    '18 and 19 November 2026'
    >>> days_in_words([date(2026, 12, 31), date(2027, 1, 4), date(2027, 1, 5)])
    '31 December 2026, 4 and 5 January 2027'
    """
    found = list(days)
    words = [_before(day, following) for day, following in pairwise(found)]
    words += [f"{day:%-d %B %Y}" for day in found[-1:]]
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _before(day: date, following: date) -> str:
    """The day without the month and the year that it shares with the one that is named after it."""
    if day.year != following.year:
        return f"{day:%-d %B %Y}"
    return f"{day:%-d}" if day.month == following.month else f"{day:%-d %B}"
