"""Working days: Monday to Friday without the bank holidays of England (domain.md E)."""

from datetime import date, datetime, time, timedelta
from functools import cache

import holidays
from django.utils import timezone


@cache
def _bank_holidays() -> holidays.HolidayBase:
    return holidays.country_holidays("GB", subdiv="ENG")


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _bank_holidays()


def add_working_days(day: date, count: int) -> date:
    """The working day that is `count` working days after this one; before it, when `count` is negative.

    >>> add_working_days(date(2026, 12, 24), 1)
    datetime.date(2026, 12, 29)
    """
    step = timedelta(days=1 if count >= 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def end_of_working_day(day: date, count: int) -> datetime:
    """The last moment of the working day that is `count` working days after this one."""
    return timezone.make_aware(datetime.combine(add_working_days(day, count), time.max))


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after `first`, up to and including `last`; negative when it is earlier."""
    if last < first:
        return -working_days_between(last, first)
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(1 for day in days if is_working_day(day))
