"""The one analyser: what it makes of English as the service writes it."""

import pytest

from search.analysis.analyser import Analyser
from search.analysis.stopwords import SET_ASIDE


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("s47", ["section47"]),
        ("s.47 and s. 20", ["section47", "and", "section20"]),
        ("Section 47(1), sections 17", ["section47", "1", "section17"]),
        ("council's 3 homes", ["council", "3", "home"]),
        ("council’s 3 homes", ["council", "3", "home"]),
        ("class 20 pupils", ["class", "20", "pupil"]),
        ("children's wishes", ["child", "wish"]),
        ("the childrens’ views", ["the", "child", "view"]),
        ("recognize organisation", ["recognis", "organis"]),
        ("size seize", ["size", "seiz"]),
        ("café naïve", ["cafe", "naiv"]),
        ("multi-agency", ["multi", "agenc"]),
        ("title:fathers", ["titl", "father"]),
        ("3,340 pages", ["3", "340", "page"]),
        ("section\u00a047", ["section47"]),
        ("…", []),
    ],
)
def test_words_become_terms(text, terms):
    assert Analyser().terms(text) == terms


def test_places_are_those_of_the_text_as_written():
    text = "The council’s s. 47 enquiry"
    tokens = Analyser().tokens(text)
    assert [text[token.start : token.end] for token in tokens] == [
        "The",
        "council’s",
        "s. 47",
        "enquiry",
    ]


def test_no_and_not_count_and_small_words_do_not():
    little = {token.term for token in Analyser().tokens("what is the no not who") if token.little}
    assert little == {"what", "is", "the", "who"}
    assert not {"no", "not", "never", "without"} & SET_ASIDE


def test_an_override_takes_the_place_of_the_stemmer():
    assert Analyser({"data": "datum"}).terms("data") == ["datum"]
    assert Analyser({}).terms("children") == ["children"]
