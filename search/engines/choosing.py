"""Which engine answers: the one that is set, and the database while that one is away."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.conf import settings

from search.engines.contract import (
    EngineAnswer,
    EngineRequest,
    EngineUnavailable,
    SearchEngine,
)
from search.engines.database.engine import DatabaseEngine

logger = logging.getLogger("search")
Answer = TypeVar("Answer")

ENGINES = ("elasticsearch", "database")


@dataclass(frozen=True)
class Asked(Generic[Answer]):
    """What an engine said, and whether it stood in for another that is away."""

    answer: Answer
    stood_in: bool = False


def engine_named(name: str) -> SearchEngine:
    """The engine of that name."""
    if name == "elasticsearch":
        from search.elastic.engine import ElasticEngine

        return ElasticEngine()
    return DatabaseEngine()


def ask(question: Callable[[SearchEngine], Answer], engine: str = "") -> Asked[Answer]:
    """The answer of the engine that is set (or the one named), or of the database in its place."""
    chosen = engine_named(engine or settings.PORTAL_SEARCH_ENGINE)
    try:
        return Asked(question(chosen))
    except EngineUnavailable as away:
        logger.warning("search engine away, the database answers: %s", away)
        return Asked(question(DatabaseEngine()), stood_in=True)


def search(request: EngineRequest, engine: str = "") -> Asked[EngineAnswer]:
    """The request, answered."""
    return ask(lambda chosen: chosen.search(request), engine)
