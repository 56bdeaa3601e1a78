"""What this room tells those below it."""

import re

from learning.programme.earlier import register_recommendations
from learning.recommendations.models import Recommendation
from learning.recommendations.states import RecommendationState


def is_named_in(words: str) -> bool:
    """Whether the reference of an issued recommendation stands in these words."""
    issued = Recommendation.objects.exclude(state=RecommendationState.DRAFT)
    return issued.filter(ref__in=re.findall(r"[\w-]+", words)).exists()


def connect() -> None:
    """Called once when the app is ready."""
    register_recommendations(is_named_in)
