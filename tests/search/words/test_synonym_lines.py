"""Lines of synonyms: read, checked, and seen in a query."""

import pytest

from search.analysis.analyser import Analyser
from search.words.synonyms import Synonyms, SynonymsRefused, parse_line, problems_in


def seen(text, *lines, expand=True):
    synonyms = Synonyms(Analyser(), [parse_line(line) for line in lines])
    return [(g.words, set(g.other_words)) for g in synonyms.groups(text, expand=expand)]


def test_each_of_equal_phrases_finds_the_others():
    assert seen("DADS", "fathers, dads, hidden men") == [("DADS", {"fathers", "hidden men"})]
    assert seen("hidden men", "fathers, dads, hidden men") == [("hidden men", {"fathers", "dads"})]


def test_an_arrow_leads_one_way():
    line = "eh => eh, early help"
    assert seen("eh", line) == [("eh", {"early help"})]
    assert seen("early help", line) == [("early", set()), ("help", set())]


def test_the_longest_phrase_wins_and_nothing_is_lost():
    lines = ("child in need, cin", "child in need plan, cin plan")
    assert seen("a child in need plan now", *lines) == [
        ("a", set()),
        ("child in need plan", {"cin plan"}),
        ("now", set()),
    ]


def test_stems_decide_so_a_plural_is_the_same_phrase():
    assert seen("looked after children", "looked after child, lac") == [
        ("looked after children", {"lac"})
    ]


def test_synonyms_can_be_left_aside():
    assert seen("dads", "fathers, dads", expand=False) == [("dads", set())]


@pytest.mark.parametrize("line", ["", "alone", " => something", "something =>", "a => ,"])
def test_a_line_with_an_empty_side_is_refused(line):
    with pytest.raises(SynonymsRefused):
        parse_line(line)


def test_a_phrase_on_the_left_of_two_lines_is_named():
    problems = problems_in(["dads, fathers", "Father => men"], Analyser())
    assert len(problems) == 1
    assert "Father" in problems[0] and "dads, fathers" in problems[0]


def test_a_phrase_without_a_word_is_named():
    assert problems_in(["dads, ??"], Analyser()) == ["“??” holds no word that can be searched for."]


def test_the_starter_lines_are_all_good(words):
    from search.words.models import SynonymEntry

    lines = list(SynonymEntry.objects.values_list("line", flat=True))
    assert len(lines) > 70
    assert problems_in(lines, words.analyser) == []
