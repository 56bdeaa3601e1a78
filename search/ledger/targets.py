"""Where documents go beside the database: Elasticsearch, when the portal is set to use it."""

from collections.abc import Mapping
from typing import Protocol

from django.conf import settings

from search.ledger.documents import Document


class IndexTarget(Protocol):
    """An index outside the database."""

    def send(
        self, documents: Mapping[int, Document | None], versions: Mapping[int, int]
    ) -> dict[int, str]:
        """Write or remove each document at its version; gives the refused ones with the reason.

        An older version than the one held is passed over without a word. Raises `EngineUnavailable`.
        """
        ...


def index_target() -> IndexTarget | None:
    """Elasticsearch's indices that are live or building; None when the database is the only
    engine."""
    if settings.PORTAL_SEARCH_ENGINE != "elasticsearch":
        return None
    from search.elastic.indexing import ElasticTarget

    return ElasticTarget()
