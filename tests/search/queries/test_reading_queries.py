"""A query read before it is sent."""

from datetime import date

import pytest

from search.queries.reading import read
from search.queries.search_query import SearchQuery

TODAY = date(2026, 11, 23)


@pytest.fixture
def reading(words):
    return lambda text, **changes: read(SearchQuery(text=text, **changes), words, TODAY)


def counted(reading):
    return [group.words for group in reading.words.counting]


def test_a_time_becomes_a_filter_and_leaves_the_words(reading):
    found = reading("chronologies last year")
    assert [(f.key, f.label, f.words) for f in found.filters] == [("time", "2025", "last year")]
    assert counted(found) == ["chronologies"]


def test_a_question_is_set_aside_and_its_subject_is_kept(reading):
    found = reading("what did we learn about neglect last year")
    assert counted(found) == ["neglect"]
    assert found.topic.code == "R01"
    assert [f.key for f in found.filters] == ["time"]


def test_a_name_within_a_query_filters_and_stays_among_the_words(reading):
    found = reading("voice of disabled children")
    assert [about.code for about in found.about] == ["R17"]
    assert "voice" in counted(found) and "disabled" in " ".join(counted(found))


def test_a_query_that_is_a_name_is_a_topic_and_no_filter(reading):
    found = reading("Fathers and other adults")
    assert found.topic.code == "P04"
    assert found.filters == () and found.about == ()


def test_two_names_of_one_theme_are_one_topic(reading):
    assert reading("missing from home return interviews").topic.code == "R11"


def test_a_single_word_does_not_narrow_further_than_a_longer_name(reading):
    found = reading("missing visits in domestic abuse")
    assert [about.code for about in found.about] == ["R02"]


def test_only_one_single_word_is_read_as_a_name(reading):
    assert [about.code for about in reading("dads missing from assessments").about] == ["P04"]


def test_what_was_read_can_be_taken_off(reading):
    found = reading("voice of disabled children last year", taken_off=frozenset({"theme:R17"}))
    assert [f.key for f in found.filters] == ["time"]
    found = reading("plans last year", taken_off=frozenset({"time"}))
    assert found.filters == ()
    assert "last year" in " ".join(counted(found))


def test_nothing_is_read_inside_quotation_marks(reading):
    found = reading('"last year"')
    assert found.filters == ()
    assert found.words.phrases == (("last", "year"),)


def test_plainly_takes_every_word_as_a_word(words):
    query = SearchQuery(text="voice of disabled children last year")
    found = read(query, words, TODAY, plainly=True)
    assert found.is_plain and found.topic is None


def test_a_word_typed_twice_counts_once(reading):
    assert len(counted(reading("plans plans plan"))) == 1
