"""The states of a good-practice letter (domain.md E6); whether its page is out is the page's own state."""

from django.db import models


class LetterState(models.TextChoices):
    NOMINATED = "nominated", "Nominated"
    DRAFTED = "drafted", "Drafted"
    APPROVED = "approved", "Approved"
    SENT = "sent", "With the worker"
    DECLINED = "declined", "Stays private"
    CONSENTED = "consented", "May be shared without names"
    ANONYMISED = "anonymised", "Page begun"
    WITHDRAWN = "withdrawn", "Consent withdrawn"
    SET_ASIDE = "set_aside", "Set aside"


BEFORE_SENDING = (LetterState.NOMINATED, LetterState.DRAFTED, LetterState.APPROVED)
BEFORE_APPROVAL = (LetterState.NOMINATED, LetterState.DRAFTED)
SHARED = (LetterState.CONSENTED, LetterState.ANONYMISED)
"""States in which the worker's consent stands."""

WITH_THE_WORKER = (
    LetterState.SENT,
    LetterState.DECLINED,
    *SHARED,
    LetterState.WITHDRAWN,
)
"""States from the day on which the letter is the worker's."""
