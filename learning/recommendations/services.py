"""The steps of a recommendation from its owner's “I take this on” to its close (domain.md A42–A44, E5)."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from learning.events.services import record_event
from learning.events.steps import take_step
from learning.recommendations.completion_models import (
    CompletionConfirmation,
    RecommendationUpdate,
    Verification,
)
from learning.recommendations.mails import tell
from learning.recommendations.models import Recommendation
from learning.recommendations.permissions import user_can_issue, user_can_verify, user_owns
from learning.recommendations.refusals import NotPossible, VerificationNotPossible
from learning.recommendations.statements import check_statement
from learning.recommendations.states import RecommendationState


@transaction.atomic
def acknowledge(*, recommendation: Recommendation, acknowledged_by: Any) -> Recommendation:
    """The owner has read it and takes it on."""
    _owner_only(acknowledged_by, recommendation)
    return take_step(recommendation, "acknowledge", actor=acknowledged_by)


@transaction.atomic
def write_update(
    *, recommendation: Recommendation, words: str, written_by: Any
) -> RecommendationUpdate:
    """The owner's note on how it is going; the first one begins the work."""
    _owner_only(written_by, recommendation)
    fresh = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    if not fresh.is_open or fresh.state == RecommendationState.ISSUED:
        raise NotPossible("Notes are written from taking it on until it is confirmed.")
    if fresh.state != RecommendationState.IN_PROGRESS:
        take_step(fresh, "start_work", actor=written_by)
    update = RecommendationUpdate.objects.create(
        recommendation=fresh, words=words, written_by=written_by
    )
    record_event(actor=written_by, action="recommendation.update", about=fresh)
    return update


@transaction.atomic
def confirm_completion(
    *,
    recommendation: Recommendation,
    statement: str,
    completed_on: date,
    evidence: str,
    full_name: str,
    confirmed_by: Any,
) -> CompletionConfirmation:
    """The owner's written statement. It closes nothing: somebody else verifies it."""
    _owner_only(confirmed_by, recommendation)
    check_statement(
        recommendation,
        statement=statement,
        completed_on=completed_on,
        evidence=evidence,
        full_name=full_name,
        confirmed_by=confirmed_by,
    )
    confirmed = take_step(recommendation, "confirm_completion", actor=confirmed_by)
    return CompletionConfirmation.objects.create(
        recommendation=confirmed,
        statement=statement,
        completed_on=completed_on,
        evidence=evidence,
        confirmed_by=confirmed_by,
        confirmed_name=full_name,
    )


@transaction.atomic
def verify(*, recommendation: Recommendation, words: str, verified_by: Any) -> Recommendation:
    """Somebody other than the owner has looked, and it was done."""
    _verifier_only(verified_by, recommendation)
    verified = take_step(recommendation, "verify", actor=verified_by, verifier=verified_by)
    _answer(verified, is_accepted=True, words=words, verified_by=verified_by)
    tell(
        person=verified.owner,
        recommendation=verified,
        subject="your statement was verified",
        words="Your statement that this recommendation was carried out has been verified. Thank you.",
    )
    return verified


@transaction.atomic
def return_confirmation(
    *, recommendation: Recommendation, words: str, returned_by: Any
) -> Recommendation:
    """The statement does not yet show that it was done; `words` say what is missing."""
    _verifier_only(returned_by, recommendation)
    if not words.strip():
        raise VerificationNotPossible("Say what is missing, so that the owner can answer it.")
    returned = take_step(
        recommendation, "send_back", actor=returned_by, reason="The statement was sent back."
    )
    _answer(returned, is_accepted=False, words=words, verified_by=returned_by)
    tell(
        person=returned.owner,
        recommendation=returned,
        subject="your statement was sent back",
        words="Whoever read your statement needs to know more. Please open the recommendation, read what "
        "is missing, and confirm again. The due date stays as it is.",
    )
    return returned


def answer_confirmation(
    *, recommendation: Recommendation, is_accepted: bool, words: str, answered_by: Any
) -> Recommendation:
    """The recommendation, verified or with its owner again."""
    if is_accepted:
        return verify(recommendation=recommendation, words=words, verified_by=answered_by)
    return return_confirmation(recommendation=recommendation, words=words, returned_by=answered_by)


@transaction.atomic
def close(*, recommendation: Recommendation, closed_by: Any) -> Recommendation:
    """Nothing more is asked of anybody; a later audit may still test what it changed."""
    if not user_can_issue(closed_by):
        raise PermissionDenied("Only a lead closes recommendations.")
    return take_step(recommendation, "close", actor=closed_by)


def _answer(
    recommendation: Recommendation, *, is_accepted: bool, words: str, verified_by: Any
) -> Verification:
    """The answer to the statement that waited."""
    confirmation = recommendation.latest_confirmation
    if confirmation is None:
        raise VerificationNotPossible("There is no written statement to answer.")
    return Verification.objects.create(
        confirmation=confirmation, is_accepted=is_accepted, words=words, verified_by=verified_by
    )


def _owner_only(person: Any, recommendation: Recommendation) -> None:
    if not user_owns(person, recommendation):
        raise PermissionDenied("Only the owner of a recommendation does this.")


def _verifier_only(person: Any, recommendation: Recommendation) -> None:
    if not user_can_verify(person, recommendation):
        raise PermissionDenied("A lead or QA officer verifies, and never what is their own.")
