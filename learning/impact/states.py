"""What a later audit says about a recommendation's effect (domain.md C1)."""

from django.db import models


class ImpactStatus(models.TextChoices):
    """A word for what was seen, never a number. Before any assessment it is “not yet tested”."""

    NOT_YET_TESTED = "not_yet_tested", "Not yet tested"
    TOO_EARLY = "too_early", "Too early to say"
    NO_CHANGE = "no_change", "No change seen"
    EMERGING = "emerging", "Change emerging"
    ESTABLISHED = "established", "Change established"
    SUSTAINED = "sustained", "Change sustained"
    DETERIORATED = "deteriorated", "Worse than before"


ASSESSED = tuple(status for status in ImpactStatus if status != ImpactStatus.NOT_YET_TESTED)
"""What an assessment can say."""
