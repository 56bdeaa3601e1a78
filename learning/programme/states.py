"""The states of a cycle, in their order (domain.md E1)."""

from django.db import models


class CycleState(models.TextChoices):
    PLANNED = "planned", "Planned"
    TEAM_FORMING = "team_forming", "Forming the team"
    TEAM_AGREED = "team_agreed", "Team agreed"
    SELECTION = "selection", "Drawing the sample"
    NOTIFIED = "notified", "Workers told"
    READY = "ready", "Ready"
    IN_PROGRESS = "in_progress", "Audit days"
    QUALITY_ASSURANCE = "quality_assurance", "Quality assurance"
    FAMILY_FEEDBACK = "family_feedback", "Family feedback"
    REPORTING = "reporting", "Reporting"
    WITH_BOARDS = "with_boards", "With the boards"
    LEARNING_PUBLISHED = "learning_published", "Learning published"
    CLOSED = "closed", "Closed"
    POSTPONED = "postponed", "Postponed"
    CANCELLED = "cancelled", "Cancelled"


BEFORE_THE_DAYS = (
    CycleState.PLANNED,
    CycleState.TEAM_FORMING,
    CycleState.TEAM_AGREED,
    CycleState.SELECTION,
    CycleState.NOTIFIED,
    CycleState.READY,
)
"""States from which a cycle can still be cancelled or postponed."""

TEAM_OPEN = (CycleState.TEAM_FORMING, CycleState.TEAM_AGREED, CycleState.SELECTION)
"""States in which people may still join and pairs may still change."""


class FocusSource(models.TextChoices):
    """Where a themed supplement comes from (domain.md C1)."""

    INSPECTION = "inspection", "Inspection"
    LOCAL_REVIEW = "local_review", "Local review"
    NATIONAL_REVIEW = "national_review", "National review"
    RESEARCH = "research", "Research"
    EMERGING_ISSUE = "emerging_issue", "Emerging issue"
    PREVIOUS_RECOMMENDATION = "previous_recommendation", "An earlier recommendation"
