"""Days stand in a sentence with no more of month and year than they need."""

from datetime import date

import pytest

from learning.events.months import days_in_words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], ""),
        ([date(2026, 11, 18)], "18 November 2026"),
        ([date(2026, 11, 18), date(2026, 11, 19)], "18 and 19 November 2026"),
        ([date(2026, 6, 30), date(2026, 7, 1)], "30 June and 1 July 2026"),
        (
            [date(2026, 12, 31), date(2027, 1, 4), date(2027, 1, 5)],
            "31 December 2026, 4 and 5 January 2027",
        ),
    ],
)
def test_days_share_month_and_year(days: list[date], words: str) -> None:
    assert days_in_words(days) == words
