"""Words and states of the draw and of a drawn case (domain.md C1, E2)."""

from django.db import models


class SelectionRoute(models.TextChoices):
    """Why a case is in the sample. Themed and re-audit cases are never pooled with random ones."""

    RANDOM = "random", "Random"
    THEMED = "themed_supplement", "Themed supplement"
    RE_AUDIT = "re_audit", "Re-audit"
    REPLACEMENT = "replacement", "Replacement"
    SPOT_CHECK = "spot_check", "Spot check"


class ExclusionReason(models.TextChoices):
    """Why a case of the frame may not be drawn (domain.md E2)."""

    AUDITED_RECENTLY = "audited_recently", "Audited in the last months"
    COMPLAINT = "complaint", "Open complaint"
    COURT = "court", "Restricted by a court"
    WORKER_AWAY = "worker_away", "Worker on leave"
    CLOSED = "closed", "Closed before the period"
    SIBLING = "sibling", "Brother or sister of a case in the draw"
    NO_AREA = "no_area", "No area of work"
    OTHER = "other", "Another reason"


class CaseState(models.TextChoices):
    DRAWN = "drawn", "Drawn"
    RESERVE = "reserve", "Reserve"
    CONFIRMED = "confirmed", "Confirmed"
    WORKER_NOTIFIED = "worker_notified", "Worker told"
    READY = "ready", "Ready"
    ALLOCATED = "allocated", "With a pair"
    AUDITING = "auditing", "Being audited"
    AUDITED = "audited", "Audited"
    FEEDBACK_DONE = "feedback_done", "Family asked"
    COMPLETE = "complete", "Complete"
    EXCLUDED = "excluded", "Taken out"
    WITHDRAWN = "withdrawn", "Withdrawn"


IN_SAMPLE = (
    CaseState.DRAWN,
    CaseState.CONFIRMED,
    CaseState.WORKER_NOTIFIED,
    CaseState.READY,
    CaseState.ALLOCATED,
    CaseState.AUDITING,
    CaseState.AUDITED,
    CaseState.FEEDBACK_DONE,
    CaseState.COMPLETE,
)
"""States of a case that counts as one of the sample."""

BEFORE_AUDIT = (
    CaseState.DRAWN,
    CaseState.CONFIRMED,
    CaseState.WORKER_NOTIFIED,
    CaseState.READY,
    CaseState.ALLOCATED,
)
"""States from which a case can still be replaced by a reserve."""

WITH_A_PAIR = (CaseState.ALLOCATED, CaseState.AUDITING)
"""States of a case that a pair is to audit, or audits now."""

TO_CONFIRM = (CaseState.WORKER_NOTIFIED, CaseState.READY, CaseState.ALLOCATED)
"""States in which the worker confirms recording and attendance, and may still say otherwise."""

NOT_TOLD = (CaseState.RESERVE, CaseState.DRAWN, CaseState.CONFIRMED)
"""States in which only the QA office knows of a case."""

AUDITED_STATES = (
    CaseState.AUDITING,
    CaseState.AUDITED,
    CaseState.FEEDBACK_DONE,
    CaseState.COMPLETE,
)
"""States of a case that a pair has read."""
