"""Opening one audit: at once and heard by all who watch, or on request (domain.md E7)."""

import re
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.models import AccessEvent
from learning.access.services import record_access
from learning.events.services import record_event
from learning.events.steps import take_step
from learning.events.working_days import end_of_working_day
from learning.openings.mails import tell_or_refuse
from learning.openings.models import Opening, OpeningLook, sides_of
from learning.openings.people import governance, is_about_own_work, leads
from learning.openings.refusals import OpeningNotPossible
from learning.openings.states import OpeningKind, OpeningState
from learning.programme.settings import AuditSettings
from learning.submissions.grants import end_reading, grant_reading
from learning.submissions.models import AuditSubmission, SubmissionGrant
from learning.submissions.states import AFTER_QUALITY_ASSURANCE

LEAST_WORDS = 5
OPENED_FOR = "Opening {number}"
"""The reason of the grant; the words stand in the opening, where few read them."""


def break_glass(*, submission: AuditSubmission, reason: str, opened_by: Any) -> Opening:
    """The opening, which lets this superuser read at once and for a short time.

    Leads and information governance are told first: when the mail cannot be handed over, nothing is
    opened. What was refused stands in the access log.
    """
    if not (opened_by.is_superuser and opened_by.may_sign_in):
        raise PermissionDenied(Right.BREAK_GLASS.value.words)
    try:
        return _break_glass(submission, reason, opened_by)
    except OpeningNotPossible:
        record_access(user=opened_by, action=AccessEvent.Action.REFUSED, about=submission)
        raise


@transaction.atomic
def _break_glass(submission: AuditSubmission, reason: str, person: Any) -> Opening:
    opening = _ask(submission, reason, person, OpeningKind.BREAK_GLASS)
    watchers = _watchers(person)
    until = timezone.now() + timedelta(minutes=AuditSettings.load().break_glass_minutes)
    opened = take_step(opening, "open", actor=person, until=until)
    _let_in(opened, granted_by=person)
    tell_or_refuse(
        watchers,
        opened,
        "A superuser has opened this audit without being part of it. Please look at why, and write what you "
        "found. It waits in “My work” until somebody has.",
    )
    return opened


def _watchers(person: Any) -> list[Any]:
    """Everybody who is told. There has to be somebody of either side beside the one who opens."""
    of_leads, of_governance = leads(but=person), governance(but=person)
    watchers = list(dict.fromkeys([*of_leads, *of_governance]))
    if not (of_leads and of_governance and len(watchers) > 1):
        raise OpeningNotPossible(
            "Nobody would hear of it: there have to be a lead manager and somebody else of information "
            "governance who can sign in, beside you."
        )
    return watchers


@transaction.atomic
def ask_to_read(*, submission: AuditSubmission, reason: str, asked_by: Any) -> Opening:
    """The request of information governance, which a lead decides on."""
    if not holds(asked_by, Right.ASK_TO_READ):
        raise PermissionDenied(Right.ASK_TO_READ.value.words)
    if submission.state not in AFTER_QUALITY_ASSURANCE:
        raise OpeningNotPossible(
            "This audit is not quality assured yet; until then only its pair and the lead read it.",
            "reference",
        )
    deciders = leads(but=asked_by)
    if not deciders:
        raise OpeningNotPossible("There is no lead manager who could decide. Ask IT support.")
    opening = _ask(submission, reason, asked_by, OpeningKind.REQUEST)
    tell_or_refuse(
        deciders, opening, "Information governance asks to read this audit. Please decide."
    )
    return opening


def _ask(submission: AuditSubmission, reason: str, person: Any, kind: OpeningKind) -> Opening:
    """The row, once nothing stands in the way. Two at once: the second waits, and is refused."""
    locked = AuditSubmission.objects.select_for_update().get(pk=submission.pk)
    check_reason(reason)
    _refuse_own_work(locked, person)
    _refuse_again(locked, person)
    opening = Opening.objects.create(submission=locked, kind=kind, asked_by=person, reason=reason)
    record_event(actor=person, action="opening.asked", about=opening)
    return opening


def check_reason(reason: str, field: str = "reason") -> None:
    """Refuses what says nothing: a full stop, one word five times."""
    if len(set(re.findall(r"[^\W\d_]{2,}", reason.casefold()))) < LEAST_WORDS:
        raise OpeningNotPossible(
            f"Say it in a sentence, in at least {LEAST_WORDS} different words: somebody else reads it and "
            "has to understand it.",
            field,
        )


def _refuse_own_work(submission: AuditSubmission, person: Any) -> None:
    if is_about_own_work(submission, person):
        raise OpeningNotPossible(
            "This audit is about your own work, or that of somebody whom you manage, or you audit it "
            "yourself. Somebody else has to open it.",
            "reference",
        )


def _refuse_again(submission: AuditSubmission, person: Any) -> None:
    """Nothing is renewed in silence, and nobody is let in who reads it anyway."""
    own = Opening.objects.filter(submission=submission, asked_by=person)
    if own.filter(state=OpeningState.ASKED).exists():
        raise OpeningNotPossible(
            "You have asked for this audit already. A lead decides.", "reference"
        )
    if own.to_be_looked_at().exists():
        raise OpeningNotPossible(
            "You have opened this audit before, and that has not been looked at by both a lead and information "
            "governance. Ask them; then it can be opened again.",
            "reference",
        )
    if AuditSubmission.objects.visible_to(person).filter(pk=submission.pk).exists():
        raise OpeningNotPossible("You can read this audit already.", "reference")


@transaction.atomic
def decide(*, opening: Opening, may_read: bool, decision: str, decided_by: Any) -> Opening:
    """The request granted, for the days that the service has set, or refused; with the lead's reason."""
    if not user_can_decide(decided_by, opening):
        raise PermissionDenied("A lead decides, whose own work it is not about.")
    check_reason(decision, "decision")
    fresh = Opening.objects.select_for_update().get(pk=opening.pk)
    if may_read:
        decided = take_step(fresh, "open", actor=decided_by, until=end_of_request())
    else:
        decided = take_step(fresh, "refuse", actor=decided_by)
    Opening.objects.filter(pk=decided.pk).update(decided_by=decided_by, decision=decision)
    if may_read:
        _refuse_own_work(decided.submission, decided.asked_by)
        _let_in(decided, granted_by=decided_by)
    tell_or_refuse(
        [decided.asked_by], decided, "A lead has decided on your request to read this audit."
    )
    return Opening.objects.get(pk=decided.pk)


def user_can_decide(user: Any, opening: Opening) -> bool:
    """A lead, on somebody else's request, and not on an audit of the lead's own work."""
    return (
        not opening.is_break_glass
        and holds(user, Right.DECIDE_OPENING)
        and opening.asked_by_id != user.pk
        and not is_about_own_work(opening.submission, user)
    )


def end_of_request() -> datetime:
    """When a request that is granted today runs out: the end of a working day."""
    days = AuditSettings.load().opening_request_days
    return end_of_working_day(timezone.localdate(), days)


def _let_in(opening: Opening, granted_by: Any) -> None:
    grant_reading(
        submission=opening.submission,
        person=opening.asked_by,
        reason=OPENED_FOR.format(number=opening.pk),
        granted_by=granted_by,
        expires_at=opening.expires_at,
    )


@transaction.atomic
def look_at(*, opening: Opening, words: str, looked_by: Any) -> Opening:
    """The opening with what this person found, for each side that they stand for and that is open."""
    fresh = Opening.objects.select_for_update().get(pk=opening.pk)
    waits = Opening.objects.to_look_at_by(looked_by).filter(pk=fresh.pk).exists()
    if fresh.asked_by_id == looked_by.pk or not sides_of(looked_by):
        raise PermissionDenied("A lead and information governance look at it, never who opened it.")
    if not waits:
        raise OpeningNotPossible("Somebody of your side has looked at it already.")
    check_reason(words, "words")
    side = _side_still_open(fresh, looked_by)
    OpeningLook.objects.create(opening=fresh, side=side, person=looked_by, words=words)
    record_event(actor=looked_by, action="opening.looked_at", about=fresh)
    return take_step(fresh, "settle", actor=looked_by) if fresh.looks.count() == 2 else fresh


def _side_still_open(opening: Opening, person: Any) -> str:
    """One person looks for one side only, also who stands for both: four eyes are meant."""
    if opening.looks.filter(person=person).exists():
        raise OpeningNotPossible("You have looked at it. Somebody else looks for the other side.")
    done = set(opening.looks.values_list("side", flat=True))
    return next(side for side in sides_of(person) if side not in done)


@transaction.atomic
def end_opening(*, opening: Opening, ended_by: Any) -> bool:
    """Whether there was still something to end: a lead or information governance closes it early."""
    if not holds(ended_by, Right.SEE_OPENINGS):
        raise PermissionDenied(Right.SEE_OPENINGS.value.words)
    grants = SubmissionGrant.objects.select_for_update().filter(
        content_object=opening.submission,
        user=opening.asked_by,
        reason=OPENED_FOR.format(number=opening.pk),
    )
    ended = list(grants)
    for grant in ended:
        end_reading(grant=grant, ended_by=ended_by)
    Opening.objects.filter(pk=opening.pk, expires_at__gt=timezone.now()).update(
        expires_at=timezone.now()
    )
    return bool(ended)
