"""Closed lists of the domain (domain.md C1). None of them holds a grade of a case or a person."""

from django.db import models


class StatementKind(models.TextChoices):
    """The kind of a *statement*, never of a case."""

    STRENGTH = "strength", "Strength"
    DEVELOPMENT_AREA = "development_area", "Area for development"
    MIXED = "mixed", "Strength and development"


class SubmissionStatementKind(models.TextChoices):
    """The kind of a statement in a submission: what is immediate goes to the lead at once."""

    STRENGTH = "strength", "Strength"
    DEVELOPMENT_AREA = "development_area", "Area for development"
    MIXED = "mixed", "Strength and development"
    IMMEDIATE_CONCERN = "immediate_concern", "Immediate concern"


class RecommendationLevel(models.TextChoices):
    """How far beyond one case a recommendation reaches (domain.md C1)."""

    CASE = "case", "This child"
    TEAM = "team", "Team"
    SERVICE = "service", "Service"
    ORGANISATIONAL = "organisational", "Whole organisation"
    PARTNERSHIP = "partnership", "Partnership"


class LearningLevel(models.TextChoices):
    """How far beyond one case a piece of published learning reaches."""

    TEAM = "team", "Team"
    SERVICE = "service", "Service"
    ORGANISATIONAL = "organisational", "Whole organisation"
    PARTNERSHIP = "partnership", "Partnership"


class AgeBand(models.TextChoices):
    """Age as a band: an exact age can identify a child (domain.md D7)."""

    UNBORN = "unborn", "Unborn"
    UNDER_TWO = "0-1", "0–1"
    TWO_TO_FOUR = "2-4", "2–4"
    FIVE_TO_NINE = "5-9", "5–9"
    TEN_TO_THIRTEEN = "10-13", "10–13"
    FOURTEEN_FIFTEEN = "14-15", "14–15"
    SIXTEEN_SEVENTEEN = "16-17", "16–17"
    EIGHTEEN_TO_TWENTY_FIVE = "18-25", "18–25"


class ThemeGroup(models.TextChoices):
    PRACTICE = "practice", "Practice"
    NEED_AND_RISK = "need_and_risk", "Need and risk"
    OUTCOME = "outcome", "Outcome"
    SYSTEM = "system", "System"
