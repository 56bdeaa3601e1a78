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


def lifted(reading):
    return [(lift.field, *lift.values) for lift in reading.lifts]


def test_a_label_within_a_query_filters_and_stays_among_the_words(reading):
    found = reading("missing visits in domestic abuse")
    assert [about.code for about in found.about] == ["R02"]
    assert "missing" in counted(found) and "domestic abuse" in counted(found)


def test_what_a_theme_is_also_called_lifts_and_is_offered(reading):
    found = reading("repeat referrals about neglect")
    assert found.about == () and found.filters == ()
    assert lifted(found) == [("theme", "P23"), ("theme", "R01")]
    assert [(offer.facet, offer.value) for offer in found.offers] == [
        ("theme", "P23"),
        ("theme", "R01"),
    ]


def test_an_abbreviation_names_what_its_synonym_names(reading):
    assert ("area_of_work", "looked_after") in lifted(reading("LAC education"))
    assert reading("DV").topic.code == "R02"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("seven minute briefing on fathers", "briefing"),
        ("something for a team meeting on neglect", "briefing"),
        ("thank you letters", "letter"),
        ("questions for care leavers", "question_set"),
        ("example of a good recommendation", "exemplar"),
        ("what does ICPC stand for", "glossary"),
    ],
)
def test_a_kind_of_page_named_is_lifted_and_offered(reading, text, kind):
    found = reading(text)
    assert ("kind", kind) in lifted(found)
    assert kind in [offer.value for offer in found.offers]


def test_how_to_write_a_letter_asks_for_no_letters(reading):
    assert ("kind", "letter") not in lifted(reading("writing a letter to thank a worker"))


def test_only_a_time_wants_what_is_read_each_quarter_first(reading):
    found = reading("last quarter")
    assert not found.words
    worths = {lift.values[0]: lift.worth for lift in found.lifts}
    assert sorted(worths, key=worths.__getitem__) == ["letter", "finding", "briefing", "quarterly"]


def test_not_weighs_nothing_alone_and_lifts_with_what_follows(reading):
    found = reading("child not seen alone")
    assert "not" not in counted(found)
    assert found.words.welcome == (("not", "seen"),)
    assert reading('"did not engage"').words.phrases == (("did", "not", "engag"),)
    assert counted(reading("not")) == ["not"]


def test_what_is_written_to_a_colleague_is_set_aside(reading):
    found = reading("Hi all, does anyone know of any learning about drift")
    assert counted(found) == ["learning", "drift"]


def test_a_query_that_is_a_name_is_a_topic_and_no_filter(reading):
    found = reading("Fathers and other adults")
    assert found.topic.code == "P04"
    assert found.filters == () and found.about == ()


def test_two_names_of_one_theme_are_one_topic(reading):
    assert reading("missing from home return interviews").topic.code == "R11"


def test_a_single_word_lifts_and_never_narrows(reading):
    found = reading("dads missing from assessments")
    assert found.about == () and ("theme", "P04") in lifted(found)


def test_what_was_read_can_be_taken_off(reading):
    found = reading("visits in domestic abuse last year", taken_off=frozenset({"theme:R02"}))
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
