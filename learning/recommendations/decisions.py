"""The ways beside the way: more time, not accepted, another in its place, a pause (domain.md E5)."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from learning.events.services import record_event
from learning.events.steps import take_step
from learning.events.working_days import add_working_days, working_days_between
from learning.programme.settings import AuditSettings
from learning.recommendations.deciders import tell_of_extension, tell_of_non_acceptance
from learning.recommendations.decision_models import ExtensionRequest, NonAcceptance
from learning.recommendations.follow_up_models import FollowUpPause
from learning.recommendations.mails import tell
from learning.recommendations.models import Recommendation
from learning.recommendations.permissions import (
    user_can_decide_extension,
    user_can_decide_non_acceptance,
    user_can_pause,
    user_can_supersede,
    user_owns,
)
from learning.recommendations.refusals import (
    ExtensionNotPossible,
    NonAcceptanceNotPossible,
    NotPossible,
    PauseNotPossible,
    SupersedingNotPossible,
)

# --- More time -----------------------------------------------------------------------------------


@transaction.atomic
def request_extension(
    *, recommendation: Recommendation, new_due_date: date, reason: str, requested_by: Any
) -> ExtensionRequest:
    """The owner's request. The date stays as it is until somebody has decided."""
    _owner_only(requested_by, recommendation)
    fresh = _open_and_locked(recommendation)
    if new_due_date <= max(fresh.due_date, timezone.localdate()):
        raise ExtensionNotPossible("The new date has to lie after today and after the date of now.")
    if fresh.extensions.filter(decided_at__isnull=True).exists():
        raise ExtensionNotPossible("You have asked already. Somebody has to decide on that first.")
    request = ExtensionRequest.objects.create(
        recommendation=fresh, new_due_date=new_due_date, reason=reason, requested_by=requested_by
    )
    record_event(actor=requested_by, action="recommendation.ask_for_time", about=fresh)
    tell_of_extension(fresh)
    return request


@transaction.atomic
def decide_extension(
    *, request: ExtensionRequest, is_granted: bool, words: str, decided_by: Any
) -> ExtensionRequest:
    """The decided request; a granted one moves the due date, never the date of the issue."""
    fresh = _open_and_locked(request.recommendation)
    if not user_can_decide_extension(decided_by, fresh):
        raise PermissionDenied("The lead decides on more time, or a board member; never the owner.")
    _check_words(is_granted, words, ExtensionNotPossible)
    if is_granted and request.new_due_date <= timezone.localdate():
        raise ExtensionNotPossible(
            "The date that was asked for has passed. Refuse, and let them ask anew."
        )
    decided = _decide(request, decided_by, ExtensionNotPossible, is_granted=is_granted, words=words)
    if is_granted:
        fresh.due_date = request.new_due_date
        fresh.save(update_fields=["due_date"])
    step = "grant_time" if is_granted else "refuse_time"
    record_event(actor=decided_by, action=f"recommendation.{step}", about=fresh)
    tell(
        person=fresh.owner,
        recommendation=fresh,
        subject="your request for more time was decided",
        words="Somebody has decided on your request for more time. Please open the recommendation.",
    )
    return decided


# --- Not accepted --------------------------------------------------------------------------------


@transaction.atomic
def propose_non_acceptance(
    *, recommendation: Recommendation, reason: str, proposed_by: Any
) -> NonAcceptance:
    """The owner's reasons. Until a senior manager has agreed, the recommendation stays as it is."""
    _owner_only(proposed_by, recommendation)
    fresh = _open_and_locked(recommendation)
    if fresh.non_acceptances.filter(decided_at__isnull=True).exists():
        raise NonAcceptanceNotPossible("You have said so already. A senior manager decides first.")
    proposal = NonAcceptance.objects.create(
        recommendation=fresh, reason=reason, proposed_by=proposed_by
    )
    record_event(actor=proposed_by, action="recommendation.propose_refusal", about=fresh)
    tell_of_non_acceptance(fresh)
    return proposal


@transaction.atomic
def decide_non_acceptance(
    *, proposal: NonAcceptance, is_approved: bool, words: str, decided_by: Any
) -> NonAcceptance:
    """The decided proposal; an approved one ends the recommendation, and the board's report names it."""
    fresh = _open_and_locked(proposal.recommendation)
    if not user_can_decide_non_acceptance(decided_by, fresh):
        raise PermissionDenied("A senior manager decides, and never on what is their own.")
    _check_words(is_approved, words, NonAcceptanceNotPossible)
    decided = _decide(
        proposal, decided_by, NonAcceptanceNotPossible, is_approved=is_approved, words=words
    )
    if is_approved:
        take_step(fresh, "refuse", actor=decided_by, reason="Not accepted; told to the board.")
    else:
        record_event(actor=decided_by, action="recommendation.keep", about=fresh)
    tell(
        person=fresh.owner,
        recommendation=fresh,
        subject="it was decided whether it stands",
        words="A senior manager has decided on what you wrote. Please open the recommendation.",
    )
    return decided


# --- Another in its place, and a pause -----------------------------------------------------------


@transaction.atomic
def supersede(
    *, recommendation: Recommendation, by: Recommendation, superseded_by: Any
) -> Recommendation:
    """The recommendation, ended because an issued one has taken its place."""
    if not user_can_supersede(superseded_by, recommendation):
        raise PermissionDenied("Another lead than its owner lets one take its place.")
    if by.pk == recommendation.pk or by.original_due_date is None or not by.is_open:
        raise SupersedingNotPossible(
            "Only another recommendation that is issued and open can take its place."
        )
    return take_step(recommendation, "supersede", actor=superseded_by, by=by)


@transaction.atomic
def pause_follow_ups(
    *, recommendation: Recommendation, until: date, reason: str, paused_by: Any
) -> FollowUpPause:
    """The pause. The latest one counts, so that a shorter one ends a longer; the ladder goes on by itself."""
    fresh = _open_and_locked(recommendation)
    if not user_can_pause(paused_by, fresh):
        raise PermissionDenied("Only the QA office pauses follow-ups, and never the owner.")
    _check_end(fresh, until)
    pause = FollowUpPause.objects.create(
        recommendation=fresh, until=until, reason=reason, paused_by=paused_by
    )
    record_event(actor=paused_by, action="recommendation.pause", about=fresh)
    return pause


def _check_end(recommendation: Recommendation, until: date) -> None:
    """Refuses a pause that is too long, counted with those that it follows on without a break."""
    longest = AuditSettings.load().longest_pause_days
    last = add_working_days(_paused_since(recommendation), longest)
    today = timezone.localdate()
    if last < today:
        raise PauseNotPossible(
            f"It has been paused for {longest} working days on end. The follow-ups go on for a working day "
            "before they can be paused again. Where more time is needed, its owner asks for it."
        )
    if not today <= until <= last:
        raise PauseNotPossible(
            f"Choose a day from today to {last:%-d %B %Y}: pauses that follow one upon the other last at "
            f"most {longest} working days together. Where more time is needed, its owner asks for it."
        )


def _paused_since(recommendation: Recommendation) -> date:
    """The first day of the pauses that last until now without a working day between them; else today."""
    since = timezone.localdate()
    for pause in recommendation.pauses.order_by("-pk"):
        if working_days_between(pause.until, since) > 1:
            break
        since = timezone.localdate(pause.paused_at)
    return since


def _decide(
    waiting: Any, person: Any, refusal: type[NotPossible], *, words: str, **answer: bool
) -> Any:
    """The request with its one decision; whoever comes second is told so."""
    fresh = type(waiting).objects.select_for_update().get(pk=waiting.pk)
    if not fresh.is_waiting:
        raise refusal("Somebody else has decided a moment ago. Look at the page again.")
    for name, value in {**answer, "decision_words": words, "decided_by": person}.items():
        setattr(fresh, name, value)
    fresh.decided_at = timezone.now()
    fresh.save()
    return fresh


def _check_words(is_yes: bool, words: str, refusal: type[NotPossible]) -> None:
    if not is_yes and not words.strip():
        raise refusal("Say why not: the owner has to know how to go on.")


def _owner_only(person: Any, recommendation: Recommendation) -> None:
    if not user_owns(person, recommendation):
        raise PermissionDenied("Only the owner of a recommendation does this.")


def _open_and_locked(recommendation: Recommendation) -> Recommendation:
    """The recommendation as it is now, held for this step."""
    fresh = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    if not fresh.is_open:
        state = fresh.get_state_display().lower()
        raise NotPossible(f"This is not possible any more: it is “{state}”.")
    return fresh
