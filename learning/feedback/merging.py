"""What of the family's views stands in the audit, for everybody who reads it (domain.md A56, E7)."""

from learning.feedback.models import FamilyFeedback
from learning.feedback.states import FeedbackState
from learning.submissions.family import FamilyView
from learning.submissions.models import AuditSubmission


def views_in(submission: AuditSubmission) -> list[FamilyView]:
    """Main points, themes and agreed quotes of each person whose views are in; of the others how it
    stands. Three queries, however many were asked."""
    asked = submission.family_feedback.prefetch_related("raised__theme", "quotes")
    return [_view_of(row) for row in asked]


def _view_of(feedback: FamilyFeedback) -> FamilyView:
    who, outcome = feedback.who, feedback.get_state_display()
    if feedback.state != FeedbackState.INCORPORATED:
        return FamilyView(who, outcome if feedback.is_settled else "Still to come", is_in=False)
    return FamilyView(
        who,
        outcome,
        is_in=True,
        main_points=feedback.main_points,
        agrees=feedback.agrees,
        differs=feedback.differs,
        themes=tuple((str(r.theme), r.get_view_display()) for r in feedback.raised.all()),
        quotes=tuple(q.words for q in feedback.quotes.all() if q.withdrawn_at is None),
    )
