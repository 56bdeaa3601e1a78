"""Whether a focus names an earlier recommendation (domain.md A13).

They are kept higher up in the house, by a room that registers here.
"""

from collections.abc import Callable

Finder = Callable[[str], bool]

_finders: list[Finder] = []


def register_recommendations(finder: Finder) -> None:
    """From now on `finder` says whether the reference of an issued recommendation stands in some words."""
    if finder not in _finders:
        _finders.append(finder)


def names_recommendation(words: str) -> bool:
    """Whether the reference of an issued recommendation stands in these words."""
    return any(finder(words) for finder in _finders)
