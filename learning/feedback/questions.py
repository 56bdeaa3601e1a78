"""The question sets that are published now, and who says where they stand (domain.md A54).

The pages live higher up in the house (`audit_pages`), which registers here how they are found. What was
asked is copied at the invitation, with the revision that it came from: a later wording changes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class QuestionSet:
    """One set in its present wording, and whom it is for."""

    title: str
    audience: str
    url: str
    revision_id: int
    questions: tuple[str, ...]


Finder = Callable[[], list[QuestionSet]]

_finders: list[Finder] = []


def register_question_sets(finder: Finder) -> None:
    """From now on `finder` says which sets are published."""
    if finder not in _finders:
        _finders.append(finder)


def published_sets() -> list[QuestionSet]:
    """Every set that is published now, in the order of their pages."""
    return [found for finder in _finders for found in finder()]
