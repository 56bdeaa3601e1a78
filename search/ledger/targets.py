"""Where documents go beside the database: Elasticsearch, when the portal is set to use it."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from django.conf import settings

from search.ledger.documents import Document


class Held(NamedTuple):
    """What is compared of a document: its fingerprint, who may read it, its version."""

    digest: str
    acl: tuple[str, ...]
    version: int


class IndexTarget(Protocol):
    """An index outside the database."""

    def send(
        self, documents: Mapping[int, Document | None], versions: Mapping[int, int]
    ) -> dict[int, str]:
        """Write or remove each document at its version; gives the refused ones with the reason.

        A version older than the one held is passed over. Raises `EngineUnavailable`.
        """
        ...


def uses_elasticsearch() -> bool:
    """Whether the portal is set to keep an index in Elasticsearch."""
    return settings.PORTAL_SEARCH_ENGINE == "elasticsearch"


def index_target() -> IndexTarget | None:
    """Elasticsearch's indices that are live or building; None for the database alone."""
    if not uses_elasticsearch():
        return None
    from search.elastic.indexing import ElasticTarget

    return ElasticTarget()


def held_by_index() -> dict[int, Held] | None:
    """Every document of the live index; None for the database alone. Raises `EngineUnavailable`."""
    if not uses_elasticsearch():
        return None
    from search.elastic.comparing import held_documents
    from search.elastic.engine import alias

    return held_documents(alias())
