"""Times that people write."""

from datetime import date

import pytest

from search.queries.times import Span, in_words, quarter_of, quarter_span, read_time, year_span

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("neglect last year", "last year", date(2025, 1, 1), date(2025, 12, 31)),
        ("neglect this year", "this year", date(2026, 1, 1), date(2026, 12, 31)),
        ("last quarter", "last quarter", date(2026, 7, 1), date(2026, 9, 30)),
        ("visits this quarter", "this quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("since 2024", "since 2024", date(2024, 1, 1), None),
        ("from 2024 onwards", "from 2024 onwards", date(2024, 1, 1), None),
        ("plans after 2025", "after 2025", date(2026, 1, 1), None),
        ("before 2024 dads", "before 2024", None, date(2023, 12, 31)),
        ("until 2026", "until 2026", None, date(2026, 12, 31)),
        ("visits up to 2026", "up to 2026", None, date(2026, 12, 31)),
        ("2025 Q3 plans", "2025 Q3", date(2025, 7, 1), date(2025, 9, 30)),
        ("Q1 of 2025", "Q1 of 2025", date(2025, 1, 1), date(2025, 3, 31)),
        ("2025-q4", "2025-q4", date(2025, 10, 1), date(2025, 12, 31)),
        ("plans in 2025", "in 2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("plans 2025", "2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("between 2023 and 2025", "between 2023 and 2025", date(2023, 1, 1), date(2025, 12, 31)),
        ("from 2025 to 2023", "from 2025 to 2023", date(2023, 1, 1), date(2025, 12, 31)),
        ("the last six months", "the last six months", date(2026, 5, 23), TODAY),
        ("past 12 months", "past 12 months", date(2025, 11, 23), TODAY),
        ("last 2 quarters", "last 2 quarters", date(2026, 4, 1), TODAY),
    ],
)
def test_a_time_is_read(text, words, first, last):
    read = read_time(text, TODAY)
    assert read.words == words
    assert text[read.start : read.end] == words
    assert read.span == Span(first, last)


@pytest.mark.parametrize(
    "text",
    ["neglect", "section 2025 act", "the year of the child", "12025 plans", "breakfast year"],
)
def test_what_is_no_time_is_left(text):
    assert read_time(text, TODAY) is None


def test_the_first_quarter_follows_the_last_of_the_year_before():
    assert read_time("last quarter", date(2026, 2, 1)).span == quarter_span(2025, 4)


def test_six_months_before_the_end_of_august_is_the_end_of_february():
    assert read_time("last 6 months", date(2026, 8, 31)).span.first == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (year_span(2025), "2025"),
        (year_span(2023, 2025), "2023 to 2025"),
        (quarter_span(2025, 3), "2025 Q3"),
        (Span(date(2024, 1, 1), None), "since 2024"),
        (Span(None, date(2023, 12, 31)), "before 2024"),
        (Span(date(2026, 5, 23), TODAY), "23 May 2026 to 23 November 2026"),
    ],
)
def test_a_span_is_said_as_people_say_it(span, words):
    assert in_words(span) == words


def test_a_day_lies_in_its_quarter():
    assert [quarter_of(date(2026, month, 1)) for month in (1, 3, 4, 12)] == [
        "2026-Q1",
        "2026-Q1",
        "2026-Q2",
        "2026-Q4",
    ]
