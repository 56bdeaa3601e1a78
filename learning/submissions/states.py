"""The states of a submission (domain.md E3)."""

from django.db import models


class SubmissionState(models.TextChoices):
    NOT_STARTED = "not_started", "Not started"
    READING = "reading", "Reading"
    QUESTIONS_AGREED = "questions_agreed", "Questions agreed"
    CONVERSATION_HELD = "conversation_held", "Conversation held"
    CONVERSATION_NOT_POSSIBLE = "conversation_not_possible", "Conversation not possible"
    FINALISING = "finalising", "Finalising"
    SUBMITTED = "submitted", "Submitted"
    RETURNED = "returned", "Returned to the pair"
    QUALITY_ASSURED = "quality_assured", "Quality assured"
    SHARED_WITH_WORKER = "shared_with_worker", "With the worker"
    AWAITING_FAMILY = "awaiting_family_feedback", "Waiting for the family’s views"
    COMPLETE = "complete", "Complete"
    LOCKED = "locked", "Locked"
    DISPOSED = "disposed", "Disposed of"


WRITABLE = (
    SubmissionState.READING,
    SubmissionState.QUESTIONS_AGREED,
    SubmissionState.CONVERSATION_HELD,
    SubmissionState.CONVERSATION_NOT_POSSIBLE,
    SubmissionState.FINALISING,
    SubmissionState.RETURNED,
)
"""States in which the pair writes."""

YET_TO_SUBMIT = (SubmissionState.NOT_STARTED, *WRITABLE)
"""States in which the submission is with its pair, opened or not."""

AFTER_QUALITY_ASSURANCE = (
    SubmissionState.QUALITY_ASSURED,
    SubmissionState.SHARED_WITH_WORKER,
    SubmissionState.AWAITING_FAMILY,
    SubmissionState.COMPLETE,
    SubmissionState.LOCKED,
    SubmissionState.DISPOSED,
)
OPEN_TO_READERS = tuple(
    state for state in AFTER_QUALITY_ASSURANCE if state != SubmissionState.DISPOSED
)
"""Whoever stands outside pair and office reads it while there is text, and none that may still change."""

WITH_THE_LEAD = (SubmissionState.SUBMITTED, SubmissionState.RETURNED, *AFTER_QUALITY_ASSURANCE)


MAY_BE_DISPOSED = tuple(state for state in SubmissionState if state != SubmissionState.DISPOSED)
"""Whatever it came to: when its cycle ended long ago, also what was never finished has to go."""


class MonthsOpen(models.TextChoices):
    """How long the case has been open, as a band: an exact time can give a child away (domain.md D1)."""

    UNDER_THREE = "0-2", "Less than 3 months"
    THREE_TO_FIVE = "3-5", "3 to 5 months"
    SIX_TO_ELEVEN = "6-11", "6 to 11 months"
    ONE_YEAR = "12-23", "1 year or more, less than 2"
    TWO_YEARS_OR_MORE = "24+", "2 years or more"


class SourceRead(models.TextChoices):
    """What the pair has read (domain.md D1)."""

    RECORD = "record", "Record"
    CHRONOLOGY = "chronology", "Chronology"
    PLANS = "plans", "Plans"
    SUPERVISION_NOTES = "supervision_notes", "Supervision notes"
    PARTNER_REPORTS = "partner_reports", "Partner reports"


class ParticipantRole(models.TextChoices):
    """Who took part in a conversation, by role and never by name (domain.md A27–A28)."""

    SOCIAL_WORKER = "social_worker", "Social worker"
    OTHER_WORKER = "other_worker", "Another worker"
    FOSTERING_STAFF = "fostering_staff", "Fostering staff"
    FOSTER_CARER = "foster_carer", "Foster carer"
    RESIDENTIAL_STAFF = "residential_staff", "Residential staff"
    PERSONAL_ADVISER = "personal_adviser", "Personal adviser"


class RecordingGapKind(models.TextChoices):
    """What the worker knew and the record did not (domain.md A36)."""

    VISIT = "visit", "A visit or contact"
    VOICE = "voice", "What the child said or showed"
    DECISION = "decision", "A decision and its reason"
    HISTORY = "history", "History or family"
    PLAN = "plan", "A plan or change to it"
    PARTNERS = "partners", "Work with partners"
    OTHER = "other", "Something else"
