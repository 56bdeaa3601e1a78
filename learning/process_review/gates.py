"""What a cycle waits for before it closes: its people have been asked how the audit was (domain.md E1)."""

from typing import Any

from learning.process_review.asking import open_round
from learning.process_review.models import ProcessReview, ReviewRound
from learning.process_review.services import still_asking
from learning.process_review.states import ReviewState
from learning.programme import gates
from learning.programme.models import AuditCycle
from learning.programme.news import cycle_changed


def feedback_missing(cycle: AuditCycle) -> list[str]:
    """Gate of `close`: auditors and workers were asked, and their days have run or all have answered."""
    asked = ReviewRound.objects.filter(cycle=cycle).select_related("cycle").first()
    if asked is not None:
        sentence = still_asking(asked)
        return [sentence] if sentence else []
    if _is_reviewed(cycle):
        return []
    return ["Its auditors and workers have not been asked how the audit was: “The audit itself”."]


def _is_reviewed(cycle: AuditCycle) -> bool:
    """Whether the evidence of its year is complete, so that nobody can be asked any more."""
    reviews = ProcessReview.objects.filter(programme=cycle.programme_id)
    return reviews.exclude(state=ReviewState.OPENED).exists()


def ask_after_quality_assurance(sender: Any, cycle: AuditCycle, step: str, **kwargs: Any) -> None:
    """The people of a cycle are asked as soon as every analysis is signed off, in the same transaction."""
    if step == "finish_quality_assurance" and not _is_reviewed(cycle):
        open_round(cycle=cycle, opened_by=None)


def connect() -> None:
    """Called once when the app is ready."""
    gates.hold("close", feedback_missing)
    cycle_changed.connect(ask_after_quality_assurance, dispatch_uid="ask_after_quality_assurance")
