"""The whole state of a search stands in its address, and whatever an address says is harmless."""

import pytest
from django.http import QueryDict

from search.queries.search_query import LONGEST_TEXT, SearchQuery


def from_address(address):
    return SearchQuery.from_parameters(QueryDict(address))


def test_a_search_comes_back_from_its_own_address():
    query = SearchQuery(
        text="dads & plans",
        facets={"theme": ("P04", "P07"), "quarter": ("2025-Q3",)},
        page=3,
        sort="newest",
        include_suggested=True,
        synonyms=False,
        taken_off=frozenset({"time", "theme:P04"}),
    )
    assert from_address(query.to_parameters()) == query


def test_what_is_usual_is_left_unsaid():
    assert SearchQuery(text="dads").to_parameters() == "q=dads"
    assert SearchQuery().to_parameters() == ""


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("page=0", 1),
        ("page=-3", 1),
        ("page=two", 1),
        ("page=٣", 1),
        ("page=99999999999999999999", 1),
        ("page=999999", 1000),
        ("page=4", 4),
    ],
)
def test_a_page_is_a_number_from_one(address, expected):
    assert from_address(address).page == expected


def test_text_is_cut_and_tidied():
    assert from_address("q=%20dads%0A%00%20plans%20").text == "dads plans"
    assert len(from_address(f"q={'a' * 5000}").text) == LONGEST_TEXT


def test_unknown_orders_and_facets_are_left_out():
    query = from_address("q=dads&sort=evil&shoe_size=9&theme=&theme=P04&theme=P04")
    assert query.sort == "relevance"
    assert query.facets == {"theme": ("P04",)}


def test_a_choice_is_added_and_taken_off_and_the_first_page_returns():
    query = SearchQuery(text="dads", page=4)
    chosen = query.toggling("theme", "P04").toggling("theme", "P07")
    assert chosen.facets == {"theme": ("P04", "P07")} and chosen.page == 1
    assert chosen.toggling("theme", "P04").facets == {"theme": ("P07",)}
    assert chosen.toggling("theme", "P04").toggling("theme", "P07").facets == {}
