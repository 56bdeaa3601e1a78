"""What the tests of rebuilding look at: the alias, the indices, the notes on them."""

from search.elastic.client import index_client
from search.elastic.engine import alias
from search.engines.choosing import search
from search.engines.contract import EngineRequest
from search.ledger.models import IndexBuild
from search.queries.reading import words_of_query
from search.words.in_use import read_words
from tests.search.making import READER


def read_index() -> set[str]:
    """The indices that the alias leads to."""
    return set(index_client().indices.get_alias(name=alias()))


def indices() -> set[str]:
    """Every index of this test."""
    return set(index_client().indices.get(index=f"{alias()}-*"))


def builds() -> dict[str, str]:
    return dict(IndexBuild.objects.values_list("name", "state"))


def assert_serves(name: str) -> None:
    """Searches read this index, and find something."""
    assert read_index() == {name}
    asked = EngineRequest(tokens=READER, words=words_of_query("fathers", read_words(), expand=True))
    answered = search(asked)
    assert answered.answer.total > 5 and not answered.stood_in
