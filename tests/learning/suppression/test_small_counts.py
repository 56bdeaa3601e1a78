"""Somebody who knows the rule, the sum and everything that is shown tries to get a small count back."""

from collections import defaultdict
from itertools import product

import pytest

from learning.suppression.counts import n_of_n, share_of
from learning.suppression.rows import hidden_keys, row_of_counts, shown_counts

Counts = tuple[int, ...]


def _published(counts: Counts) -> tuple[object, ...]:
    """All that an attacker sees: each count or its absence, and the sum, which is no secret."""
    return (*shown_counts(dict(enumerate(counts))).values(), sum(counts))


def _possible(cells: int, largest: int) -> dict[tuple[object, ...], list[Counts]]:
    """Every row that there can be, by what would be published of it."""
    found = defaultdict(list)
    for counts in product(range(largest + 1), repeat=cells):
        found[_published(counts)].append(counts)
    return found


@pytest.mark.parametrize(("cells", "largest"), [(2, 30), (3, 14), (4, 9)])
def test_no_small_count_of_a_row_can_be_worked_out(cells: int, largest: int) -> None:
    for shown, rows in _possible(cells, largest).items():
        if sum(rows[0]) > largest:  # rows beyond the reach of this search are missing
            continue
        for cell in range(cells):
            possible = {row[cell] for row in rows}
            secret = possible & {1, 2, 3, 4}
            assert not secret or len(possible) > 1, (shown, rows)


@pytest.mark.parametrize("large", list(product(range(5, 9), repeat=2)))
def test_the_rule_does_not_look_at_the_size_of_what_it_hides_beside(
    large: tuple[int, int],
) -> None:
    assert hidden_keys({"few": 2, "next": large[0], "last": large[1]}) == {"few", "next"}


def test_a_row_without_small_counts_is_shown_as_it_is() -> None:
    assert row_of_counts({"a": 9, "b": 5}) == {"a": "9", "b": "5"}


@pytest.mark.parametrize(
    ("count", "total", "words"),
    [
        (9, 24, "9 of 24 audits"),
        (4, 24, "fewer than 5 of 24 audits"),
        (21, 24, "nearly all of 24 audits"),
        (2, 4, "fewer than 5 audits"),
        (24, 24, "24 of 24 audits"),
    ],
)
def test_n_of_n(count: int, total: int, words: str) -> None:
    assert n_of_n(count, total) == words


@pytest.mark.parametrize(
    ("count", "total", "share"), [(9, 24, 38), (4, 24, None), (21, 24, None), (6, 9, None)]
)
def test_a_share_is_given_of_ten_or_more_and_of_nothing_hidden(
    count: int, total: int, share: int | None
) -> None:
    assert share_of(count, total) == share
