"""Times that people write into a search: "last year", "since 2024", "2025 Q3"."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

YEAR = r"(20[0-4]\d)"
NUMBERS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "nine": 9,
    "twelve": 12,
    "eighteen": 18,
}
COUNT = rf"(\d{{1,2}}|{'|'.join(NUMBERS)})"


@dataclass(frozen=True)
class Span:
    """From the first day to the last, both included; None leaves that end open."""

    first: date | None
    last: date | None


@dataclass(frozen=True)
class TimeRead:
    """A time found in a query: the words that said it, where they stand, and the days meant."""

    words: str
    start: int
    end: int
    span: Span


def quarter_of(day: date) -> str:
    """The quarter a day lies in, as `2026-Q3`."""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def quarter_span(year: int, quarter: int) -> Span:
    """First and last day of a quarter; quarters count from January."""
    last_month = quarter * 3
    last_day = calendar.monthrange(year, last_month)[1]
    return Span(date(year, last_month - 2, 1), date(year, last_month, last_day))


def year_span(first: int, last: int | None = None) -> Span:
    """A whole year, or the years from `first` to `last`."""
    return Span(date(first, 1, 1), date(last or first, 12, 31))


def _quarters_back(today: date, back: int) -> Span:
    number = today.year * 4 + (today.month - 1) // 3 - back
    return quarter_span(number // 4, number % 4 + 1)


def _months_back(today: date, months: int) -> Span:
    number = today.year * 12 + today.month - 1 - months
    year, month = divmod(number, 12)
    day = min(today.day, calendar.monthrange(year, month + 1)[1])
    return Span(date(year, month + 1, day), today)


def _between(first: int, last: int) -> Span:
    return year_span(min(first, last), max(first, last))


def _count(text: str) -> int:
    return NUMBERS.get(text.lower()) or int(text)


def _periods_back(match: re.Match[str], today: date) -> Span:
    count, unit = _count(match[1]), match[2].lower()
    if unit == "quarter":
        return Span(_quarters_back(today, count).first, today)
    return _months_back(today, count * 12 if unit == "year" else count)


PATTERNS: list[tuple[str, Callable[[re.Match[str], date], Span]]] = [
    (
        rf"(?:between|from)\s+{YEAR}\s+(?:and|to|until)\s+{YEAR}",
        lambda m, t: _between(int(m[1]), int(m[2])),
    ),
    (rf"{YEAR}\s*(?:to|-|–)\s*{YEAR}", lambda m, t: _between(int(m[1]), int(m[2]))),
    (
        rf"(?:in|during|for)?\s*{YEAR}[\s\-]*q([1-4])",
        lambda m, t: quarter_span(int(m[1]), int(m[2])),
    ),
    (
        rf"(?:in|during|for)?\s*q([1-4])[\s\-]*(?:of\s+)?{YEAR}",
        lambda m, t: quarter_span(int(m[2]), int(m[1])),
    ),
    (rf"(?:since|from)\s+{YEAR}(?:\s+onwards)?", lambda m, t: Span(date(int(m[1]), 1, 1), None)),
    (rf"after\s+{YEAR}", lambda m, t: Span(date(int(m[1]) + 1, 1, 1), None)),
    (rf"before\s+{YEAR}", lambda m, t: Span(None, date(int(m[1]) - 1, 12, 31))),
    (rf"(?:until|up\s+to)\s+{YEAR}", lambda m, t: Span(None, date(int(m[1]), 12, 31))),
    (rf"(?:in|during)\s+{YEAR}", lambda m, t: year_span(int(m[1]))),
    (
        rf"(?:in\s+|over\s+|during\s+)?(?:the\s+)?(?:last|past)\s+{COUNT}\s+(month|quarter|year)s",
        _periods_back,
    ),
    (
        r"(?:in\s+|during\s+)?(?:the\s+)?(?:last|previous)\s+quarter",
        lambda m, t: _quarters_back(t, 1),
    ),
    (r"(?:in\s+|during\s+)?this\s+quarter", lambda m, t: _quarters_back(t, 0)),
    (r"(?:in\s+|during\s+)?(?:the\s+)?last\s+year", lambda m, t: year_span(t.year - 1)),
    (r"(?:in\s+|over\s+)?the\s+past\s+year", lambda m, t: _months_back(t, 12)),
    (r"(?:so\s+far\s+)?this\s+year", lambda m, t: year_span(t.year)),
    (rf"(?<=\s){YEAR}$", lambda m, t: year_span(int(m[1]))),
]
COMPILED = [
    (re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE), span) for pattern, span in PATTERNS
]


def read_time(text: str, today: date) -> TimeRead | None:
    """The first kind of time found in the text; None when it names none."""
    for pattern, span_of in COMPILED:
        if match := pattern.search(text):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            return TimeRead(text[start : match.end()], start, match.end(), span_of(match, today))
    return None


def in_words(span: Span) -> str:
    """The days as a reader would say them."""
    if span.first and span.last and span == year_span(span.first.year):
        return str(span.first.year)
    if (
        span.first
        and span.last
        and span == quarter_span(span.first.year, (span.first.month + 2) // 3)
    ):
        return quarter_of(span.first).replace("-", " ")
    if span.first and span.last and span == year_span(span.first.year, span.last.year):
        return f"{span.first.year} to {span.last.year}"
    if span.first and span.last:
        return f"{_day(span.first)} to {_day(span.last)}"
    if span.first:
        return f"since {_day(span.first)}"
    return f"before {_day(span.last + timedelta(days=1))}" if span.last else "any time"


def _day(day: date) -> str:
    if (day.month, day.day) == (1, 1):
        return str(day.year)
    return f"{day.day} {day:%B %Y}"
