"""What is true of a search whichever engine answers."""

from datetime import date

import pytest

from search.engines.contract import About, Lift
from search.queries.times import Span
from tests.search.making import a_document, ids

FATHERS = a_document(1, "Fathers are spoken to early", "A father was met at home.")
PLANS = a_document(2, "Plans that parents can read", "The plan named who does what.")
BOTH = a_document(3, "Fathers and plans", "Plans now name what a father will do.")


def test_any_word_finds_and_all_words_come_first(over, asked):
    with over(FATHERS, PLANS, BOTH) as engine:
        answer = asked(engine, "fathers plans")
    assert ids(answer)[0] == 3
    assert sorted(ids(answer)) == [1, 2, 3]
    assert [hit.all_words for hit in answer.hits] == [True, False, False]
    assert (answer.total, answer.total_all_words) == (3, 1)


def test_words_scattered_over_a_text_do_not_pass_the_page_that_is_about_them(over, asked):
    filler = "The team met and talked about the day. " * 40
    scattered = a_document(1, "A day", f"fathers {filler} plans {filler} visits")
    about = a_document(2, "Fathers and plans", "Plans for fathers, and fathers in plans.")
    with over(scattered, about) as engine:
        answer = asked(engine, "fathers plans visits")
    assert ids(answer) == [2, 1]
    assert [hit.all_words for hit in answer.hits] == [False, True]
    assert answer.total_all_words == 1


@pytest.mark.parametrize("field", ["themes", "suggested_themes"])
def test_a_lift_raises_what_carries_the_tag_and_keeps_the_rest(over, asked, field):
    other = a_document(1, "A page", "A plan.")
    tagged = a_document(2, "A page", "Something of a plan stands here too.", **{field: ("P07",)})
    with over(other, tagged) as engine:
        assert ids(asked(engine, "plan")) == [1, 2]
        lifted = asked(engine, "plan", lifts=(Lift("theme", ("P07",), 9.0),))
        assert ids(lifted) == [2, 1] and lifted.total == 2


def test_without_words_lifts_decide_among_pages_of_a_day(over, asked):
    documents = [
        a_document(1, "A finding", dated_on=date(2026, 7, 1)),
        a_document(2, "A quarter", dated_on=date(2026, 7, 1), kind="quarterly"),
        a_document(3, "An older quarter", dated_on=date(2026, 4, 1), kind="quarterly"),
    ]
    with over(*documents) as engine:
        lifts = (Lift("kind", ("quarterly",), 1.0),)
        assert ids(asked(engine, sort="newest", lifts=lifts)) == [2, 1, 3]


def test_a_title_counts_more_than_a_text(over, asked):
    filler = "The team met and talked about the day. " * 3
    in_title = a_document(1, "Chronology of a family", filler)
    in_text = a_document(2, "Something else of note", f"{filler} A chronology was kept.")
    with over(in_text, in_title) as engine:
        assert ids(asked(engine, "chronology")) == [1, 2]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("assessment", "Assessments were thoughtful"),
        ("dads", "The fathers were asked"),
        ("LAC", "Looked after children said so"),
        ("looked after children", "A looked after child said so"),
        ("ehcp", "The education, health and care plan"),
        ("s47", "A section 47 enquiry began"),
        ("s.47", "The s47 was timely"),
        ("recognize", "They recognised the pattern"),
        ("child's voice", "Children’s wishes and feelings"),
        ("cafe", "They met in a café"),
    ],
)
def test_words_are_found_in_the_forms_that_people_write(over, asked, typed, written):
    other = a_document(2, "Something else", "Nothing of the kind.")
    with over(a_document(1, "A page", written), other) as engine:
        answer = asked(engine, typed)
    assert ids(answer)[0] == 1
    assert answer.hits[0].all_words


def test_a_one_way_synonym_does_not_lead_back(over, asked):
    abbreviation = a_document(1, "EH was offered")
    name = a_document(2, "Early help was offered")
    with over(abbreviation, name) as engine:
        assert sorted(ids(asked(engine, "eh"))) == [1, 2]
        assert ids(asked(engine, "early help")) == [2]


def test_the_words_typed_rank_above_their_synonyms(over, asked):
    with over(a_document(1, "Early help was offered"), a_document(2, "EH was offered")) as engine:
        assert ids(asked(engine, "eh")) == [2, 1]


def test_synonyms_can_be_switched_off(over, asked):
    with over(a_document(1, "Dads were asked"), a_document(2, "Fathers were asked")) as engine:
        assert ids(asked(engine, "dads", expand=False)) == [1]


def test_a_quoted_phrase_must_stand_as_it_is(over, asked):
    apart = a_document(1, "The plan was safe", "Safety and a plan")
    together = a_document(2, "A safety plan", "was agreed")
    with over(apart, together) as engine:
        assert ids(asked(engine, '"safety plan"')) == [2]


def test_no_phrase_reaches_from_one_section_into_the_next(over, asked):
    from audit_pages.publishing.records import Section

    sections = (Section("a", "", "ends with safety"), Section("b", "", "plan begins this"))
    with over(a_document(1, "A page", sections=sections)) as engine:
        assert ids(asked(engine, '"safety plan"')) == []


def test_not_is_never_set_aside(over, asked):
    seen = a_document(1, "The child was seen alone")
    unseen = a_document(2, "The child was not seen alone")
    with over(seen, unseen) as engine:
        assert ids(asked(engine, "not seen alone"))[0] == 2


def test_a_query_of_small_words_only_is_still_asked(over, asked):
    with over(a_document(1, "What did we do"), a_document(2, "Chronology")) as engine:
        assert ids(asked(engine, "what did we do")) == [1]


def test_nobody_finds_what_their_tokens_do_not_open(over, asked):
    closed = a_document(1, "Fathers", acl=("g:7",))
    shut = a_document(2, "Fathers", acl=())
    with over(closed, shut, a_document(3, "Fathers")) as engine:
        assert ids(asked(engine, "fathers")) == [3]
        assert sorted(ids(asked(engine, "fathers", tokens=frozenset({"all", "g:7"})))) == [1, 3]
        assert ids(asked(engine, "fathers", tokens=frozenset())) == []
        assert asked(engine, "fathers", tokens=frozenset()).facets == {}


def test_what_is_closed_is_not_counted(over, asked):
    closed = a_document(1, "Fathers", acl=("g:7",), themes=("P04",))
    with over(closed, a_document(2, "Fathers", themes=("P01",))) as engine:
        answer = asked(engine, "fathers")
    assert answer.total == 1
    assert answer.facets["theme"] == {"P01": 1}


def test_a_facet_leaves_its_own_choice_out_of_its_counts(over, asked):
    documents = [
        a_document(1, "Plans", themes=("P07",), statement_kind="strength"),
        a_document(2, "Plans", themes=("P08",), statement_kind="mixed"),
        a_document(3, "Plans", themes=("P07", "P08"), statement_kind="mixed"),
    ]
    with over(*documents) as engine:
        answer = asked(engine, "plans", facets={"theme": ("P07",)})
    assert sorted(ids(answer)) == [1, 3]
    assert answer.total == 2
    assert answer.facets["theme"] == {"P07": 2, "P08": 2}
    assert answer.facets["statement_kind"] == {"strength": 1, "mixed": 1}


def test_values_of_one_facet_widen_and_facets_together_narrow(over, asked):
    documents = [
        a_document(1, "Plans", themes=("P07",), kind="finding"),
        a_document(2, "Plans", themes=("P08",), kind="finding"),
        a_document(3, "Plans", themes=("P08",), kind="letter"),
    ]
    with over(*documents) as engine:
        assert sorted(ids(asked(engine, "plans", facets={"theme": ("P07", "P08")}))) == [1, 2, 3]
        both = {"theme": ("P08",), "kind": ("letter",)}
        answer = asked(engine, "plans", facets=both)
    assert ids(answer) == [3]
    assert answer.facets["kind"] == {"finding": 1, "letter": 1}
    assert answer.facets["theme"] == {"P08": 1}


def test_suggested_themes_count_only_when_asked_for(over, asked):
    documents = [
        a_document(1, "Plans", themes=("P07",)),
        a_document(2, "Plans", suggested_themes=("P07",)),
    ]
    with over(*documents) as engine:
        confirmed = asked(engine, "plans", facets={"theme": ("P07",)})
        with_suggested = asked(engine, "plans", facets={"theme": ("P07",)}, include_suggested=True)
    assert ids(confirmed) == [1] and confirmed.facets["theme"] == {"P07": 1}
    assert sorted(ids(with_suggested)) == [1, 2]
    assert with_suggested.facets["theme"] == {"P07": 2}


def test_our_own_learning_is_a_source_too(over, asked):
    with over(a_document(1, "Plans"), a_document(2, "Plans", source="Inspectorate")) as engine:
        answer = asked(engine, "plans")
        assert ids(asked(engine, "plans", facets={"source": ("own",)})) == [1]
    assert answer.facets["source"] == {"own": 1, "Inspectorate": 1}


def test_a_time_keeps_both_of_its_ends_and_drops_what_has_no_date(over, asked):
    documents = [
        a_document(1, "Plans", dated_on=date(2024, 12, 31)),
        a_document(2, "Plans", dated_on=date(2025, 1, 1)),
        a_document(3, "Plans", dated_on=date(2025, 12, 31)),
        a_document(4, "Plans", dated_on=date(2026, 1, 1)),
        a_document(5, "Plans", dated_on=None),
    ]
    with over(*documents) as engine:
        year = Span(date(2025, 1, 1), date(2025, 12, 31))
        assert sorted(ids(asked(engine, "plans", span=year))) == [2, 3]
        since = Span(date(2025, 1, 1), None)
        assert sorted(ids(asked(engine, "plans", span=since))) == [2, 3, 4]


def test_about_keeps_what_is_tagged_and_what_says_it(over, asked):
    about = About("theme", "P04", "Fathers", (("father",), ("hidden", "men")))
    documents = [
        a_document(1, "Missing from assessments", themes=("P04",)),
        a_document(2, "Missing from assessments", suggested_themes=("P04",)),
        a_document(3, "Hidden men are missing from assessments"),
        a_document(4, "Men are missing from assessments"),
    ]
    with over(*documents) as engine:
        assert sorted(ids(asked(engine, "missing assessments", about=(about,)))) == [1, 2, 3]


def test_excluded_pages_are_left_out(over, asked):
    with over(FATHERS, BOTH) as engine:
        assert ids(asked(engine, "fathers", excluded=frozenset({3}))) == [1]


def test_newest_first_puts_undated_pages_last(over, asked):
    documents = [
        a_document(1, "Plans", dated_on=date(2024, 1, 1)),
        a_document(2, "Plans", dated_on=None),
        a_document(3, "Plans", dated_on=date(2026, 1, 1)),
    ]
    with over(*documents) as engine:
        assert ids(asked(engine, "plans", sort="newest")) == [3, 1, 2]


def test_without_words_everything_is_there_and_holds_all(over, asked):
    with over(FATHERS, PLANS) as engine:
        answer = asked(engine)
    assert (answer.total, answer.total_all_words) == (2, 2)
    assert all(hit.all_words for hit in answer.hits)


def test_pages_of_results_do_not_overlap(over, asked):
    documents = [a_document(number, "Plans") for number in range(1, 8)]
    with over(*documents) as engine:
        pages = [ids(asked(engine, "plans", offset=start, limit=3)) for start in (0, 3, 6)]
    assert sorted(page_id for page in pages for page_id in page) == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    "text",
    [
        "a AND (b OR", "title:fathers", "*", "fath* ~2", "NEAR(a b)", '"', '""', "'; DROP TABLE x",
        "\\", "%_%", "🤷", "日本語 ünïcödé", "‮abc", "a" * 300, "<script>alert(1)</script>",
    ],
)  # fmt: skip
def test_no_sign_is_understood_as_a_command(over, asked, text):
    with over(FATHERS, PLANS) as engine:
        assert asked(engine, text).total in {0, 1, 2}


def test_titles_are_found_by_how_their_words_begin(over):
    closed = a_document(3, "Fathers in private", acl=("g:7",))
    with over(FATHERS, PLANS, closed) as engine:
        tokens = frozenset({"all"})
        assert engine.titles_starting(tokens, "fath ear", 5) == [1]
        assert engine.titles_starting(tokens, "parents can", 5) == [2]
        assert engine.titles_starting(tokens, "athers", 5) == []
        assert engine.titles_starting(tokens, "%", 5) == []


def test_related_pages_are_others_that_the_reader_may_see(over):
    documents = [
        a_document(1, "Fathers in plans", "What fathers will do in the plan.", themes=("P04",)),
        a_document(2, "Fathers at reviews", "What fathers said of the plan.", themes=("P04",)),
        a_document(
            3,
            "Fathers kept apart",
            "What fathers will do in the plan.",
            themes=("P04",),
            acl=("g:7",),
        ),
        a_document(4, "Bicycles", summary="A shed for bicycles.", themes=("O08",)),
    ]
    with over(*documents) as engine:
        assert engine.related(frozenset({"all"}), 1, 5) == [2]
        assert engine.related(frozenset(), 1, 5) == []
