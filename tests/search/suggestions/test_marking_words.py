"""Words that mark a theme, from what the reader may see."""

import pytest

from search.evaluation.running import holding
from tests.search.making import a_document

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


def marked(asked, words, documents, **fields):
    with holding("elasticsearch", {held["page_id"]: held for held in documents}, words) as engine:
        return asked(engine, marking_theme="P04", **fields).marking_words


ORDINARY = (
    "apple", "bridge", "candle", "door", "engine", "forest", "garden", "harbour", "island", "jacket",
    "kettle", "lamp",
)  # fmt: skip


def text_of(number, word=""):
    """A text unlike the others: passages that stand in many pages count once."""
    picked = [ORDINARY[(number * step + step) % len(ORDINARY)] for step in (1, 5, 7, 11)]
    return f"{picked[0]} {number} {word} {picked[1]} the {picked[2]} {number} of {picked[3]}"


def of_theme(number, word, **fields):
    return a_document(number, f"A page {number}", text_of(number, word), themes=("P04",), **fields)


def others(first=50):
    return [a_document(n, f"A page {n}", text_of(n)) for n in range(first, first + 40)]


def test_the_words_of_the_theme_stand_out_from_the_rest(asked, words):
    found = marked(asked, words, [*(of_theme(n, "stepfather") for n in range(1, 9)), *others()])
    assert "stepfather" in found
    assert not {"the", "of", *ORDINARY} & set(found)


def test_words_of_pages_that_one_may_not_read_mark_nothing(asked, words):
    closed = [of_theme(n, "zorblaxine", acl=("g:7",)) for n in range(1, 9)]
    documents = [*closed, *(of_theme(n, "stepfather") for n in range(10, 18)), *others()]
    assert "zorblaxine" not in marked(asked, words, documents)
    opened = marked(asked, words, documents, tokens=frozenset({"all", "g:7"}))
    assert "zorblaxine" in opened
