"""The steps of an escalation, from the report to its close (domain.md A41, E4)."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from learning.escalations.alerts import announce
from learning.escalations.mails import tell_named_manager, tell_of_note, tell_who_had_it
from learning.escalations.models import Escalation, EscalationHandover, EscalationNote
from learning.escalations.permissions import (
    possible_addressee,
    user_can_add_note,
    user_can_answer,
    user_can_see_to,
    user_can_verify,
)
from learning.escalations.refusals import (
    ConveyingNotPossible,
    HandingOverNotPossible,
    NoteNotPossible,
)
from learning.escalations.states import WITH_THE_ADDRESSEE, EscalationState
from learning.events.services import record_event
from learning.events.steps import take_step
from learning.programme.models import AuditCycle
from learning.spot_checks.models import SpotCheck
from learning.submissions.models import AuditSubmission

LEAD_ONLY = "Only a lead does this, and never about their own work."
ADDRESSEE_ONLY = "Only whom it was conveyed to does this."


@transaction.atomic
def raise_escalation(
    *, about: AuditSubmission | SpotCheck, raised_by: Any, words: str = ""
) -> Escalation:
    """The escalation that is open for this audit or spot check, with what is said of it; opened now if there
    is none.

    Called within the step by which somebody reports, which has made sure that they write it.
    """
    cycle = AuditCycle.objects.select_for_update().get(pk=_cycle_of(about))
    standing = about.escalations.exclude(state=EscalationState.CLOSED).first()
    escalation = standing or _open(cycle, about, raised_by)
    if words.strip():
        note = _write_note(escalation, words, raised_by)
        if standing:
            tell_of_note(note)
    return escalation


def _cycle_of(about: AuditSubmission | SpotCheck) -> int:
    """Whose lead sees to it: of a spot check the cycle for whose report it was drawn."""
    return about.round.cycle_id if isinstance(about, SpotCheck) else about.case.cycle_id


def _open(cycle: AuditCycle, about: AuditSubmission | SpotCheck, raised_by: Any) -> Escalation:
    """A new one: its clock starts, and lead and deputy are told."""
    of_check = isinstance(about, SpotCheck)
    escalation = Escalation.objects.create(
        ref=f"{cycle.ref}-E-{cycle.escalations.count() + 1:02}",
        cycle=cycle,
        raised_by=raised_by,
        **{"spot_check" if of_check else "submission": about},
    )
    record_event(actor=raised_by, action="escalation.raise", about=escalation)
    announce(escalation)
    return escalation


@transaction.atomic
def convey(
    *,
    escalation: Escalation,
    recipient: Any,
    action: str,
    deadline: datetime,
    names_manager: bool,
    conveyed_by: Any,
) -> Escalation:
    """The escalation, now with the senior manager who has to act; words and deadline never change again."""
    _lead_only(conveyed_by, escalation)
    _check_conveying(escalation, recipient, action, deadline)
    worker = escalation.worker
    conveyed = take_step(
        escalation,
        "convey",
        actor=conveyed_by,
        recipient=recipient,
        action=action.strip(),
        deadline=deadline,
        named_manager=worker.line_manager if worker and names_manager else None,
        conveyed_by=conveyed_by,
    )
    announce(conveyed)
    tell_named_manager(conveyed)
    return conveyed


def _check_conveying(
    escalation: Escalation, recipient: Any, action: str, deadline: datetime
) -> None:
    if not possible_addressee(recipient, escalation):
        raise ConveyingNotPossible(
            "recipient", "Choose a senior manager who signs in and whose own work it is not."
        )
    if not action.strip():
        raise ConveyingNotPossible("action", "Say what must be done.")
    if deadline <= timezone.now():
        raise ConveyingNotPossible(
            "deadline_time", "The deadline has to lie ahead, so that it can be met."
        )


@transaction.atomic
def hand_over(
    *, escalation: Escalation, recipient: Any, why: str, had_by: int, handed_over_by: Any
) -> Escalation:
    """The escalation with another senior manager, whose clock begins now; what must be done and the deadline
    stay. `had_by` is the number of whom the lead takes it from: another lead may have been quicker."""
    _lead_only(handed_over_by, escalation)
    fresh = _locked(escalation)
    _check_handing_over(fresh, recipient, why, had_by)
    before: Any = fresh.recipient
    now = timezone.now()
    EscalationHandover.objects.create(
        escalation=fresh,
        number=fresh.times_handed_over + 1,
        from_person=before,
        to_person=recipient,
        why=why.strip(),
        handed_over_by=handed_over_by,
        handed_over_at=now,
    )
    handed = take_step(
        fresh, "hand_over", actor=handed_over_by, recipient=recipient, handed_over_at=now
    )
    announce(handed)
    tell_who_had_it(handed, before)
    return handed


def _check_handing_over(escalation: Escalation, recipient: Any, why: str, had_by: int) -> None:
    if escalation.state not in WITH_THE_ADDRESSEE:
        raise HandingOverNotPossible("recipient", "It does not wait for its addressee now.")
    if escalation.recipient_id != had_by:
        raise HandingOverNotPossible(
            "recipient",
            f"Somebody has just given it to {escalation.recipient}. Look at the page again.",
        )
    if recipient.pk == had_by or not possible_addressee(recipient, escalation):
        raise HandingOverNotPossible(
            "recipient", "Choose another senior manager, who signs in and whose own work it is not."
        )
    if not why.strip():
        raise HandingOverNotPossible("why", "Say why.")


@transaction.atomic
def acknowledge(*, escalation: Escalation, acknowledged_by: Any) -> Escalation:
    """The addressee has read it and acts."""
    fresh = _of_addressee(acknowledged_by, escalation)
    return take_step(fresh, "acknowledge", actor=acknowledged_by)


@transaction.atomic
def report_action(*, escalation: Escalation, words: str, reported_by: Any) -> Escalation:
    """What the addressee did. It settles nothing: the lead looks for what shows it."""
    fresh = _of_addressee(reported_by, escalation)
    reported = take_step(fresh, "report_action", actor=reported_by, words=words.strip())
    announce(reported)
    return reported


@transaction.atomic
def verify(*, escalation: Escalation, evidence: str, verified_by: Any) -> Escalation:
    """A lead has seen what shows that it was done."""
    fresh = _locked(escalation)
    if not user_can_verify(verified_by, fresh):
        raise PermissionDenied("A lead verifies, and never what they had to do themselves.")
    return take_step(
        fresh,
        "verify",
        actor=verified_by,
        evidence=evidence.strip(),
        verified_by=verified_by,
    )


@transaction.atomic
def close(*, escalation: Escalation, closed_by: Any) -> Escalation:
    """Nothing more is asked of anybody."""
    _lead_only(closed_by, escalation)
    return take_step(escalation, "close", actor=closed_by)


@transaction.atomic
def note_referral(*, escalation: Escalation, noted_by: Any) -> Escalation:
    """That it went to another process as well, and nothing else about it (domain.md E4)."""
    _lead_only(noted_by, escalation)
    fresh = _not_closed(escalation)
    if not fresh.is_referred_elsewhere:
        fresh.is_referred_elsewhere = True
        fresh.save(update_fields=["is_referred_elsewhere"])
        record_event(actor=noted_by, action="escalation.refer_elsewhere", about=fresh)
    return fresh


@transaction.atomic
def add_note(*, escalation: Escalation, words: str, written_by: Any) -> EscalationNote:
    """What lead or addressee have to say; it stays as it was written."""
    fresh = _not_closed(escalation)
    if not user_can_add_note(written_by, fresh):
        raise PermissionDenied("Only the lead and whom it was conveyed to write here.")
    note = _write_note(fresh, words, written_by)
    tell_of_note(note)
    return note


def _write_note(escalation: Escalation, words: str, written_by: Any) -> EscalationNote:
    note = EscalationNote.objects.create(
        escalation=escalation, words=words.strip(), written_by=written_by
    )
    record_event(actor=written_by, action="escalation.note", about=escalation)
    return note


def _not_closed(escalation: Escalation) -> Escalation:
    """The escalation, locked; refused when it is closed."""
    fresh = _locked(escalation)
    if fresh.state == EscalationState.CLOSED:
        raise NoteNotPossible(
            f"It is closed. A new concern is reported from the {fresh.about_words}."
        )
    return fresh


def _lead_only(person: Any, escalation: Escalation) -> None:
    if not user_can_see_to(person, escalation):
        raise PermissionDenied(LEAD_ONLY)


def _of_addressee(person: Any, escalation: Escalation) -> Escalation:
    """The escalation, locked, for whom it is with now: a moment ago it may have been handed over."""
    fresh = _locked(escalation)
    if not user_can_answer(person, fresh):
        raise PermissionDenied(ADDRESSEE_ONLY)
    return fresh


def _locked(escalation: Escalation) -> Escalation:
    return Escalation.objects.select_for_update().get(pk=escalation.pk)
