"""Words that stand nowhere, and what they were meant to be."""

import pytest
from django.core.cache import cache
from wagtail.models import PageViewRestriction

from learning.people.roles import Role
from search.ledger.documents import body_texts
from search.ledger.draining import drain
from search.ledger.models import Projection
from search.suggestions.vocabulary import Vocabulary, one_letter_away, respelt, vocabulary

pytestmark = pytest.mark.django_db

PAGE = "/search/"


def shown(client, **parameters):
    response = client.get(PAGE, parameters)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("supervison", "supervision"), ("suprevision", "supervision"), ("superbision", "supervision"),
     ("supperviision", "supervision"), ("xylophone", ""), ("sup", "")],
)  # fmt: skip
def test_the_nearest_word_is_found_or_none(typed, meant):
    assert Vocabulary({"supervision": 5, "support": 9}).nearest(typed) == meant


def test_of_two_words_as_near_the_commoner_is_meant():
    assert Vocabulary({"plane": 1, "plant": 7}).nearest("planx") == "plant"


def test_a_word_is_one_letter_away_from_its_misspellings():
    assert {"pla", "plann", "paln", "plin"} <= one_letter_away("plan")


def test_only_strange_words_are_respelt_and_quoted_ones_stay(words):
    assert respelt("Reflective supervison, please", words) == "Reflective supervision, please"
    assert respelt("reflective supervision", words) == ""
    assert respelt('"supervison"', words) == ""
    assert respelt("s47 lac 2026-Q3 ehcp", words) == ""


@pytest.mark.parametrize("text", ["supervison", "chronolgy", "genagram fathers assesment"])
def test_a_misspelt_word_finds_what_was_meant_and_says_so(sign_in, text):
    page = shown(sign_in(Role.FRONT_LINE), q=text)
    assert "<mark>" in page
    assert f"No page holds all of “{text}”" in page
    assert "not_read=spelling" in page


def test_a_respelling_can_be_refused(sign_in):
    page = shown(sign_in(Role.FRONT_LINE), q="supervison", not_read="spelling")
    assert "Nothing was found" in page and "<mark>" not in page


def test_a_word_of_pages_that_one_may_not_read_is_never_offered(sign_in, page_at):
    page = page_at("/findings/fathers-asked-early-mostly-say-yes/")
    word = word_of_no_other_page(page.pk)
    misspelt = word[:3] + word[4] + word[3] + word[5:]
    reader = sign_in(Role.FRONT_LINE)
    assert word in shown(reader, q=misspelt)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    assert word not in shown(reader, q=misspelt), "before the drain"
    drain()
    assert word not in shown(reader, q=misspelt), "after it, with the words still in memory"
    cache.clear()
    assert word not in shown(reader, q=misspelt), "with the words read afresh"


def word_of_no_other_page(page_id):
    """A long word that stands in this page's document alone."""
    held = " ".join(body_texts(Projection.objects.get(page_id=page_id).document)).lower().split()
    rare = (word for word, pages in vocabulary().documents.items() if pages == 1)
    return next(word for word in rare if word in held and len(word) > 6 and word[3] != word[4])


@pytest.mark.elasticsearch
def test_what_was_refused_is_still_offered_by_the_engine_that_can_tell(sign_in, own_index):
    page = " ".join(shown(sign_in(Role.FRONT_LINE), q="supervison", not_read="spelling").split())
    assert "Did you mean" in page and ">supervision</a>?" in page
