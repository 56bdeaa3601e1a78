"""What happens next with a review, and what this very person can do about it."""

from typing import Any

from django.urls import reverse

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.work import Action
from learning.process_review.models import ProcessReview
from learning.process_review.states import WHAT_COMES, ReviewState


def what_comes(review: ProcessReview) -> str:
    """The next step in a sentence, for whoever reads."""
    return WHAT_COMES[ReviewState(review.state)]


def actions_for(user: Any, review: ProcessReview, missing: list[str]) -> list[Action]:
    """What the lead can do now, the next step first; nothing while evidence is missing."""
    if not holds(user, Right.RUN_PROCESS_REVIEW):
        return []
    year = review.programme.year
    if review.state == ReviewState.OPENED:
        return [] if missing else [_page("Say that the evidence is complete", "collect", year)]
    if review.state == ReviewState.EVIDENCE_COLLECTED:
        actions = [_page("Write down a decision", "decide", year)]
        if review.decisions.exists():
            actions.append(_page("All decisions are written: tell everybody", "decided", year))
        return actions
    is_linked = not review.decisions.filter(changes=None).exists()
    if review.state == ReviewState.DECIDED and is_linked:
        return [_page("Finish the review", "finish", year)]
    return []


def _page(label: str, name: str, year: int) -> Action:
    return Action(label, reverse(f"process_review:{name}", args=[year]))
