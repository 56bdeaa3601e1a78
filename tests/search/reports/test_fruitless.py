"""Searches that no page answers: what is kept of them, and who may read it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learning.models import CaseNumberShape, LocalPlace
from learning.people.roles import Role
from search.reports.models import FruitlessSearch
from search.reports.recording import KEPT_FOR, purge_fruitless, report

pytestmark = pytest.mark.django_db

TERM = "trampolines for fathers"


@pytest.fixture
def search(sign_in):
    def _search(role, **parameters):
        assert sign_in(role).get("/search/", parameters).status_code == 200

    return _search


def terms():
    return [row["term"] for row in report()]


def test_a_term_shows_once_two_people_have_searched_for_it_in_vain(search):
    search(Role.FRONT_LINE, q=TERM)
    search(Role.FRONT_LINE, q=TERM)
    assert terms() == []
    search(Role.EDITOR, q=TERM)
    assert [(row["term"], row["people"]) for row in report()] == [(TERM, 2)]


@pytest.mark.parametrize(
    "text",
    [
        "fathers",
        "Trampoline Alice Brown",
        "xylophone 07700 900123",
        "xylophone a@b.example",
        "trampoline marguerite okonjo-lane",
        "OKONJO-LANE MARGUERITE trampoline",
        "trampoline at kingfisher wharf",
        "trampoline tz 4471 x",
        "jayden okafor",
        "trampoline, jayden o'kafor",
    ],
)
def test_what_was_found_or_could_point_to_somebody_is_never_kept(search, text):
    LocalPlace.objects.create(name="Kingfisher Wharf")
    CaseNumberShape.objects.create(sample="TZ ####")
    search(Role.FRONT_LINE, q=text)
    assert not FruitlessSearch.objects.exists()


@pytest.mark.parametrize(
    "text", ["trampolines", "trampolines for fathers", "three houses xylophone"]
)
def test_words_that_editors_miss_are_kept(search, text):
    search(Role.FRONT_LINE, q=text)
    assert FruitlessSearch.objects.get().term == text


def test_who_asked_cannot_be_read_and_is_another_for_another_term(search, person):
    search(Role.FRONT_LINE, q=TERM)
    search(Role.FRONT_LINE, q="harpsichords for fathers")
    first, second = FruitlessSearch.objects.values_list("asked_by", flat=True)
    assert first != second
    assert str(person(Role.FRONT_LINE).pk) not in {first, second}


def test_terms_are_forgotten_after_ninety_days(search):
    search(Role.FRONT_LINE, q=TERM)
    today = timezone.localdate()
    assert purge_fruitless(today + KEPT_FOR) == 0
    assert purge_fruitless(today + KEPT_FOR + timedelta(days=1)) == 1


def test_those_who_may_change_the_words_read_the_report(search, sign_in):
    search(Role.FRONT_LINE, q=TERM)
    search(Role.EDITOR, q=TERM)
    address = reverse("search_fruitless_report")
    assert TERM in sign_in(Role.EDITOR).get(address).content.decode()
    assert TERM not in sign_in(Role.FRONT_LINE).get(address, follow=True).content.decode()
