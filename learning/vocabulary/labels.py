"""Labels that nearly every page shows, kept for a few minutes rather than asked for each time."""

from django.core.cache import cache

from learning.vocabulary.models import PracticeStandard

KEPT_SECONDS = 300


def practice_standard_title(standard_id: int) -> str:
    """The title of a practice standard; a change shows within five minutes."""
    titles = cache.get("practice-standard-titles")
    if titles is None or standard_id not in titles:
        titles = dict(PracticeStandard.objects.values_list("pk", "title"))
        cache.set("practice-standard-titles", titles, KEPT_SECONDS)
    return titles.get(standard_id, "")
