"""Months on from a day."""

from calendar import monthrange
from datetime import date


def add_months(day: date, count: int) -> date:
    """The same day of the month `count` months later (earlier, when negative), or that month's last day.

    >>> add_months(date(2027, 8, 31), -6)
    datetime.date(2027, 2, 28)
    """
    months = day.year * 12 + day.month - 1 + count
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
