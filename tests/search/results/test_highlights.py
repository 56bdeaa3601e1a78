"""Why a page was found, shown safely."""

import pytest

from audit_pages.publishing.records import Section
from search.ledger.documents import body_texts
from search.ledger.models import Projection
from search.queries.reading import words_of_query
from search.results.highlighting import FRAGMENT, Highlighter
from tests.search.making import a_document


@pytest.fixture
def highlight(words):
    def _highlight(text, document):
        asked = words_of_query(text, words, expand=True)
        return Highlighter(words.analyser, asked).highlight(document)

    return _highlight


def test_the_words_as_written_are_marked_whatever_their_form(highlight):
    shown = highlight("assessment", a_document(1, "Title", "Two ASSESSMENTS were made."))
    assert shown.text == "Two <mark>ASSESSMENTS</mark> were made."


def test_everything_else_is_escaped(highlight):
    document = a_document(1, "<b>Plans</b> & more", "<script>plans</script>")
    shown = highlight("plans", document)
    assert shown.title == "&lt;b&gt;<mark>Plans</mark>&lt;/b&gt; &amp; more"
    assert shown.text == "&lt;script&gt;<mark>plans</mark>&lt;/script&gt;"


def test_a_synonym_is_marked_as_one_stretch(highlight):
    shown = highlight("dads", a_document(1, "Title", "We asked about hidden men at once."))
    assert shown.text == "We asked about <mark>hidden men</mark> at once."


def test_a_statute_reference_is_marked_as_it_stands(highlight):
    shown = highlight("s47", a_document(1, "Title", "A section 47 enquiry."))
    assert shown.text == "A <mark>section 47</mark> enquiry."


def test_small_words_are_not_marked(highlight):
    shown = highlight("the plan", a_document(1, "Title", "The plan is the thing."))
    assert shown.text == "The <mark>plan</mark> is the thing."


def test_the_section_that_tells_most_is_shown_and_opened(highlight):
    sections = (
        Section("context", "Context", "A plan was made."),
        Section("what-changes", "What changes", "The plan names what fathers will do."),
    )
    shown = highlight("plan fathers", a_document(1, "Title", sections=sections))
    assert (shown.anchor, shown.heading) == ("what-changes", "What changes")


def test_the_summary_opens_the_page_at_its_top(highlight):
    shown = highlight("plan", a_document(1, "Title", "Nothing here.", summary="The plan matters."))
    assert shown.anchor == "" and shown.text == "The <mark>plan</mark> matters."


def test_a_long_text_is_cut_between_words_around_what_was_found(highlight):
    text = "word " * 300 + "chronology " + "after " * 300
    shown = highlight("chronology", a_document(1, "Title", text))
    assert "<mark>chronology</mark>" in shown.text
    assert shown.text.startswith("… word") and shown.text.endswith(" …")
    assert len(shown.text) < FRAGMENT + 60


def test_without_a_word_in_the_text_the_summary_is_shown_plain(highlight):
    shown = highlight(
        "plans", a_document(1, "Plans", "Nothing of it.", summary="In short: <this>.")
    )
    assert shown.text == "In short: &lt;this&gt;." and shown.anchor == ""


@pytest.mark.parametrize(
    "text",
    ["fathers assessments plans", "s47 timeliness", "section 20", "a man of 19", "children's views",
     "hidden men", "LAC education", "café", "ise ize recognise"],
)  # fmt: skip
def test_looking_where_words_begin_marks_what_cutting_the_whole_text_marks(words, text):
    quick = Highlighter(words.analyser, words_of_query(text, words, expand=True))
    slow = Highlighter(words.analyser, words_of_query(text, words, expand=True))
    slow._starts = []
    documents = Projection.objects.filter(gone=False).values_list("document", flat=True)
    texts = [part for document in documents for part in body_texts(document)]
    texts += [
        "Élite cafés",
        "It's 'plans' and child's s.47",
        "Recognized – “plans” s 20 İstanbul fathers",
    ]
    marked = [quick.marked(held) for held in texts]
    assert marked == [slow.marked(held) for held in texts]
    assert any("<mark>" in held for held in marked)


def test_a_summary_that_holds_every_word_needs_no_section(highlight):
    sections = (Section("plan", "Plans of fathers", "The plan names what fathers will do."),)
    shown = highlight(
        "plan fathers", a_document(1, "Title", summary="A plan for fathers.", sections=sections)
    )
    assert shown.anchor == "" and "for <mark>fathers" in shown.text
