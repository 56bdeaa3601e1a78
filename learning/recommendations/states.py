"""States of a recommendation, the rungs of its ladder, and the status that follows (domain.md E5)."""

from django.db import models

from learning.vocabulary.choices import RecommendationLevel


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

UNVERIFIED = (*OPEN, RecommendationState.COMPLETION_CONFIRMED)
"""Open until somebody else has verified it, not until its owner says so (domain.md A42): ages count these."""

CARRIED_OUT = (RecommendationState.VERIFIED, RecommendationState.CLOSED)
"""Somebody has verified it; from now on it is asked what it changed."""


class DerivedStatus(models.TextChoices):
    """What boards see. Derived from dates and events, and stored nowhere (invariant 8)."""

    ON_TRACK = "on_track", "On track"
    DUE_SOON = "due_soon", "Due soon"
    OVERDUE = "overdue", "Overdue"
    AWAITING_VERIFICATION = "awaiting_verification", "Awaiting verification"
    VERIFIED = "verified", "Verified"
    IMPACT_PENDING = "impact_pending", "Impact pending"
    IMPACT_SHOWN = "impact_shown", "Impact shown"
    NOT_ACCEPTED = "not_accepted", "Not accepted"
    SUPERSEDED = "superseded", "Superseded"
    DRAFT = "draft", "Draft"


SETTLED = {
    RecommendationState.DRAFT: DerivedStatus.DRAFT,
    RecommendationState.COMPLETION_CONFIRMED: DerivedStatus.AWAITING_VERIFICATION,
    RecommendationState.NOT_ACCEPTED: DerivedStatus.NOT_ACCEPTED,
    RecommendationState.SUPERSEDED: DerivedStatus.SUPERSEDED,
}
"""The status where it follows from the state alone; of what was carried out later audits decide, else the due
date."""

BOARD_LEVELS = (RecommendationLevel.ORGANISATIONAL, RecommendationLevel.PARTNERSHIP)
"""Levels of which a board decides on more time: what goes beyond one service."""


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
    """The follow-up ladder, the lowest rung first, and who hears of each."""

    REMINDER = "reminder", "Reminder before the due date"
    DUE = "due", "On the due date"
    OWNER = "owner", "After the due date, to the owner"
    MANAGER = "manager", "After the due date, to the owner’s manager"
    SENIOR = "senior", "After the due date, to the senior manager"
    BOARD = "board", "Named in the board’s report"
