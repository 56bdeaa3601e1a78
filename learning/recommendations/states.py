"""States of a recommendation, the rungs of its ladder, and the status that follows (domain.md E5)."""

from django.db import models


class RecommendationState(models.TextChoices):
    DRAFT = "draft", "Draft"
    ISSUED = "issued", "Issued"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETION_CONFIRMED = "completion_confirmed", "Completion confirmed"
    RETURNED = "returned", "Returned"
    VERIFIED = "verified", "Verified"
    CLOSED = "closed", "Closed"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    SUPERSEDED = "superseded", "Superseded"


OPEN = (
    RecommendationState.ISSUED,
    RecommendationState.ACKNOWLEDGED,
    RecommendationState.IN_PROGRESS,
    RecommendationState.RETURNED,
)
"""States in which the owner still has to confirm in writing; the ladder runs in these."""


class DerivedStatus(models.TextChoices):
    """What boards see. Derived from dates and events, and stored nowhere (invariant 8)."""

    ON_TRACK = "on_track", "On track"
    DUE_SOON = "due_soon", "Due soon"
    OVERDUE = "overdue", "Overdue"
    AWAITING_VERIFICATION = "awaiting_verification", "Awaiting verification"
    VERIFIED = "verified", "Verified"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    SUPERSEDED = "superseded", "Superseded"
    DRAFT = "draft", "Draft"


class ActionType(models.TextChoices):
    CASEWORK = "casework", "Casework"
    RECORDING = "recording", "Recording"
    SUPERVISION = "supervision", "Supervision"
    TRAINING_WORKSHOP = "training_workshop", "Training or workshop"
    POLICY_PROCEDURE = "policy_procedure", "Policy or procedure"
    SYSTEM_PATHWAY = "system_pathway", "System or pathway"
    COMMISSIONING = "commissioning", "Commissioning"
    PARTNERSHIP = "partnership", "Partnership"
    COMMUNICATION = "communication", "Communication"


class Rung(models.TextChoices):
    """The follow-up ladder: working days from the due date, and who hears of it."""

    REMINDER = "reminder", "Reminder, ten working days before"
    DUE = "due", "On the due date"
    OWNER = "owner", "Three working days after, to the owner"
    MANAGER = "manager", "Eight working days after, to the owner’s manager"
    SENIOR = "senior", "Fifteen working days after, to the senior manager"
    BOARD = "board", "Twenty-five working days after, named in the board’s report"


LADDER = {
    Rung.REMINDER: -10,
    Rung.DUE: 0,
    Rung.OWNER: 3,
    Rung.MANAGER: 8,
    Rung.SENIOR: 15,
    Rung.BOARD: 25,
}
