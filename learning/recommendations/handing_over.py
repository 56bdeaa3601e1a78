"""Giving a recommendation to another owner, so that it does not stand still when somebody leaves (A43, A45)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from learning.events.steps import take_step
from learning.people.mailing import mail_once_saved, whole_address
from learning.recommendations.decision_models import OwnerChange
from learning.recommendations.drafting import possible_owner
from learning.recommendations.ladder import Recipients
from learning.recommendations.mails import tell
from learning.recommendations.models import Recommendation
from learning.recommendations.permissions import user_can_issue
from learning.recommendations.refusals import HandingOverNotPossible
from learning.recommendations.states import Rung


@transaction.atomic
def hand_over(
    *, recommendation: Recommendation, owner: Any, reason: str, given_by: Any
) -> Recommendation:
    """The recommendation with its new owner, who takes it on anew. Both dates stay, and the ladder goes on."""
    if not user_can_issue(given_by):
        raise PermissionDenied("Only a lead gives a recommendation to another owner.")
    if not reason.strip():
        raise HandingOverNotPossible("Say why somebody else sees to it from now on.")
    if not possible_owner(owner):
        raise HandingOverNotPossible(
            f"{owner} cannot open recommendations in the portal. Choose somebody who can."
        )
    fresh = Recommendation.objects.select_for_update().get(pk=recommendation.pk)
    before = fresh.owner
    if before == owner:
        raise HandingOverNotPossible(f"{owner} sees to it already. Choose somebody else.")
    given = take_step(
        fresh, "hand_over", actor=given_by, reason="Given to another owner.", owner=owner
    )
    OwnerChange.objects.create(
        recommendation=given, from_owner=before, to_owner=owner, reason=reason, given_by=given_by
    )
    _redirect_follow_ups(given)
    _tell_both(given, before)
    return given


def _redirect_follow_ups(recommendation: Recommendation) -> None:
    """Rungs that nobody has been told of yet go to whom they are for under the new owner."""
    recipients = Recipients()
    for row in recommendation.follow_ups.filter(sent_at__isnull=True).select_for_update():
        recipient, is_stand_in = recipients.recipient_of(recommendation, Rung(row.rung))
        if recipient is not None:
            row.recipient, row.is_stand_in = recipient, is_stand_in
            row.save(update_fields=["recipient", "is_stand_in"])


def _tell_both(recommendation: Recommendation, before: Any) -> None:
    """The new owner gets its address; the old one, who may not read it any more, that of the list."""
    tell(
        person=recommendation.owner,
        recommendation=recommendation,
        subject="a recommendation is yours to see to",
        words="A recommendation of the practice audit was given to you, and you are its owner from now "
        "on. Please open it, see by when it is due, and say that you take it on.",
    )
    mail_once_saved(
        before,
        f"{recommendation.ref}: somebody else sees to it now",
        "A lead has given this recommendation to another owner. What is still yours is here:\n\n"
        f"{whole_address(reverse('recommendations:register'))}\n",
    )
