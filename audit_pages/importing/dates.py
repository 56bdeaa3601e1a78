"""When the source published: days as people in England write them."""

import re
from datetime import date, datetime

from django.utils import timezone

_PATTERNS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d/%m/%y")
_TIME = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
_YEAR = re.compile(r"\d{4}")
EARLIEST_YEAR = 1900


class NotADate(ValueError):
    """A value that is no day; its message says how to write one."""


def read_date(value: str) -> tuple[date | None, str]:
    """The day, and its year as text. A bare year has no day; an empty value has neither."""
    if not value:
        return None, ""
    if _YEAR.fullmatch(value):
        _refuse_year(int(value), value)
        return None, value
    day = _day(_TIME.sub("", value).strip())
    if day is None:
        raise NotADate(
            f"Its date “{value[:30]}” is not a day. Write it as 2026-03-31 or 31/03/2026."
        )
    _refuse_year(day.year, value)
    return day, str(day.year)


def _day(value: str) -> date | None:
    for pattern in _PATTERNS:
        try:
            return datetime.strptime(value, pattern).date()
        except ValueError:
            continue
    return None


def _refuse_year(year: int, value: str) -> None:
    if not EARLIEST_YEAR <= year <= timezone.localdate().year + 1:
        raise NotADate(f"Its date “{value[:30]}” lies too far back, or in the future.")
