"""Where recommendations that come out of no audit come from: told by the rooms above, which know it."""

from collections.abc import Callable

from learning.recommendations.models import Recommendation

Origin = Callable[[Recommendation], str]

_origins: list[Origin] = []


def tell_origins_with(origin: Origin) -> None:
    """From now on `origin` is asked; it returns words such as “what a board decided”, or none."""
    if origin not in _origins:
        _origins.append(origin)


def origin_of(recommendation: Recommendation) -> str:
    """Where it comes from: the audit, what a room above says, or the days of its cycle."""
    if recommendation.submission is not None:
        return f"the audit {recommendation.submission}"
    told = [words for origin in _origins if (words := origin(recommendation))]
    return told[0] if told else f"the audit days of {recommendation.cycle}"
