"""The only module that imports Elasticsearch's client: one client for questions, one for
writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from search.elastic.breaker import Breaker
from search.engines.contract import EngineUnavailable

__all__ = ["NotFoundError", "asking", "breaker", "index_client", "query_client", "writing"]

QUERY_SECONDS = 1.5
INDEX_SECONDS = 30
INDEX_RETRIES = 2

breaker = Breaker()
"""Held by all questions of this process."""


def query_client() -> Elasticsearch:
    """For questions: 1.5 seconds, no second try."""
    return _client(settings.ELASTICSEARCH_URL, QUERY_SECONDS, 0)


def index_client() -> Elasticsearch:
    """For writing: patient, and tries again."""
    return _client(settings.ELASTICSEARCH_URL, INDEX_SECONDS, INDEX_RETRIES)


@lru_cache(maxsize=8)
def _client(url: str, seconds: float, retries: int) -> Elasticsearch:
    options: dict[str, Any] = {}
    if settings.ELASTICSEARCH_USER:
        options["basic_auth"] = (settings.ELASTICSEARCH_USER, settings.ELASTICSEARCH_PASSWORD)
    if settings.ELASTICSEARCH_CA_CERTS:
        options["ca_certs"] = settings.ELASTICSEARCH_CA_CERTS
    return Elasticsearch(
        url,
        request_timeout=seconds,
        max_retries=retries,
        retry_on_timeout=retries > 0,
        retry_on_status=(429, 502, 503, 504) if retries else (),
        **options,
    )


@contextmanager
def asking() -> Iterator[Elasticsearch]:
    """The client for a question, watched by the breaker. Raises `EngineUnavailable`."""
    if not breaker.may_ask():
        raise EngineUnavailable("the circuit is open")
    try:
        yield query_client()
    except (TransportError, ApiError) as error:
        breaker.failed()
        raise EngineUnavailable(_reason(error)) from error
    except BaseException:
        breaker.failed()
        raise
    else:
        breaker.succeeded()


@contextmanager
def writing() -> Iterator[Elasticsearch]:
    """The client for writing. Raises `EngineUnavailable` when the server cannot be reached or is
    overfull."""
    try:
        yield index_client()
    except (TransportError, ApiError) as error:
        raise EngineUnavailable(_reason(error)) from error


def _reason(error: Exception) -> str:
    """What went wrong, without the words of any query."""
    if isinstance(error, ApiError):
        return f"{type(error).__name__} {error.status_code}"
    return type(error).__name__
