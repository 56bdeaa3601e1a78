"""States of a cycle's report and what boards make of it (domain.md E6)."""

from django.db import models


class ReportState(models.TextChoices):
    ASSEMBLING = "assembling", "Being written"
    SIGNED = "signed", "Signed by the lead"
    WITH_BOARDS = "with_boards", "With the boards"
    CONSIDERED = "considered", "Considered by every board"


AFTER_SIGNING = (ReportState.SIGNED, ReportState.WITH_BOARDS, ReportState.CONSIDERED)


class BoardKind(models.TextChoices):
    """What sort of body it is. Their names have changed and will again, so each is a row, not a word here."""

    SENIOR_MANAGERS = "senior_managers", "Senior managers"
    CHILDRENS_TRUST = "childrens_trust", "Children’s trust board or its successor"
    SAFEGUARDING = "safeguarding", "Safeguarding partnership"
    OTHER = "other", "Another body"


class Decision(models.TextChoices):
    """What a board made of a report."""

    NOTED = "noted", "Noted"
    AGREED = "agreed", "Agreed, with the action plan"
    MORE_ASKED = "more_asked", "Considered, and more is asked for"


SETTLING = (Decision.NOTED, Decision.AGREED)
"""Decisions with which a board is done with a report; with any other it lies before the board once more."""
