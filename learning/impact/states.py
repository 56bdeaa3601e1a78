"""What a later audit says about a recommendation's effect (domain.md C1)."""

from django.db import models

from learning.programme.states import BEFORE_THE_DAYS, CycleState


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

SET_ASIDE = (CycleState.POSTPONED, CycleState.CANCELLED)
"""States of a cycle that asks nothing: a test planned for it waits, or never comes."""

NOT_YET = (*BEFORE_THE_DAYS, *SET_ASIDE, CycleState.IN_PROGRESS)
"""States of a cycle in which its audits cannot answer yet."""
