"""What this room tells those below it."""

import re
from typing import Any

from learning.programme.earlier import register_recommendations
from learning.recommendations.models import Recommendation
from learning.recommendations.states import RecommendationState
from learning.submissions.actions import CaseAction, tell_actions
from learning.submissions.models import AuditSubmission


def is_named_in(words: str) -> bool:
    """Whether the reference of an issued recommendation stands in these words."""
    issued = Recommendation.objects.exclude(state=RecommendationState.DRAFT)
    return issued.filter(ref__in=re.findall(r"[\w-]+", words)).exists()


def _actions_of(submission: AuditSubmission, user: Any) -> list[CaseAction]:
    """The recommendations out of this audit; those that `user` may read, or all without one. One query."""
    rows = Recommendation.objects.visible_to(user) if user else Recommendation.objects
    of_audit = rows.filter(submission=submission).select_related("owner").order_by("ref")
    return [_told(row) for row in of_audit]


def _told(row: Recommendation) -> CaseAction:
    return CaseAction(
        ref=row.ref,
        status=row.get_state_display(),
        is_draft=row.state == RecommendationState.DRAFT,
        action=row.action,
        why=row.why,
        how_known=row.how_known,
        owner=str(row.owner),
        due_date=row.due_date,
        url=row.get_absolute_url(),
    )


def connect() -> None:
    """Called once when the app is ready."""
    register_recommendations(is_named_in)
    tell_actions(_actions_of)
