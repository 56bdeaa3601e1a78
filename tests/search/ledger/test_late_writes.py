"""A drainer that was held up writes what is old by then: the index passes it over."""

import pytest

from search.elastic.comparing import held_documents
from search.elastic.indexing import ElasticTarget
from tests.search.making import a_document

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]

PAGE = 900_001


@pytest.fixture
def send(own_index):
    """`send(title, version)`: written as a drainer does; None for a page that is gone."""

    def _send(title, version):
        document = a_document(PAGE, title) if title else None
        return ElasticTarget().send({PAGE: document}, {PAGE: version})

    return _send


@pytest.fixture
def held(own_index):
    return lambda: held_documents(own_index).get(PAGE)


def test_an_older_document_is_passed_over(send, held):
    send("Newer", 5)
    newer = held()
    assert send("Older", 4) == {}
    assert held() == newer


def test_the_same_version_may_be_written_again(send, held):
    send("Cut off", 5)
    assert send("Whole", 5) == {}
    assert held().digest == a_document(PAGE, "Whole")["digest"]


def test_a_page_that_is_gone_does_not_come_back(send, held):
    send("Here", 4)
    assert send(None, 5) == {}
    assert send("Older", 4) == {} and held() is None
    assert send("Published anew", 6) == {} and held() is not None


def test_an_older_removal_does_not_take_away_what_came_back(send, held):
    send("Published anew", 6)
    assert send(None, 5) == {} and held() is not None
