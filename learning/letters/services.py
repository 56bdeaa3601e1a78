"""The steps of a letter from its nomination to the worker (domain.md A66, D5, E6)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.events.services import record_event
from learning.events.steps import take_step
from learning.letters.mails import tell
from learning.letters.models import GoodPracticeLetter
from learning.letters.permissions import (
    user_can_approve,
    user_can_nominate,
    user_can_see_to,
    user_can_write,
)
from learning.letters.refusals import NominationNotPossible, WriterNotPossible
from learning.letters.states import BEFORE_APPROVAL, LetterState
from learning.people.models import StaffMember
from learning.programme.models import AuditCycle
from learning.submissions.models import AuditSubmission
from learning.submissions.states import WITH_THE_LEAD


@transaction.atomic
def nominate(
    *, submission: AuditSubmission, what_was_done: str, difference_made: str, nominated_by: Any
) -> GoodPracticeLetter:
    """The nominated letter, with the cycle's next reference."""
    cycle = AuditCycle.objects.select_for_update().get(pk=submission.case.cycle_id)
    worker = check_nominating(submission, nominated_by)
    letter = GoodPracticeLetter.objects.create(
        ref=f"{cycle.ref}-L-{cycle.letters.count() + 1:02}",
        cycle=cycle,
        submission=submission,
        worker=worker,
        what_was_done=what_was_done,
        difference_made=difference_made,
        nominated_by=nominated_by,
    )
    record_event(actor=nominated_by, action="goodpracticeletter.nominate", about=letter)
    return letter


def check_nominating(submission: AuditSubmission, person: Any) -> StaffMember:
    """The worker to write to. Refuses whoever may not nominate, and audits that give no letter now."""
    if not user_can_nominate(person, submission):
        raise PermissionDenied("Only the pair and the lead nominate work for a letter.")
    if submission.state not in WITH_THE_LEAD:
        raise NominationNotPossible("Submit the audit first; then nominate the work for a letter.")
    worker = submission.case.worker
    if worker is None:
        raise NominationNotPossible("This case has no worker to write to.")
    if submission.letters.exclude(state=LetterState.SET_ASIDE).exists():
        raise NominationNotPossible("This work is nominated already. The lead sees to the letter.")
    return worker


@transaction.atomic
def choose_writer(*, letter: GoodPracticeLetter, writer: Any, chosen_by: Any) -> GoodPracticeLetter:
    """The letter with the lead or senior manager who writes and signs it."""
    _lead_only(chosen_by, letter)
    fresh = GoodPracticeLetter.objects.select_for_update().get(pk=letter.pk)
    if fresh.state != LetterState.NOMINATED:
        raise WriterNotPossible("It is written already.")
    if fresh.worker_id == writer.pk or not holds(writer, Right.WRITE_LETTER):
        raise WriterNotPossible("Choose a lead or a senior manager whom it is not about.")
    fresh.writer = writer
    fresh.save()
    record_event(actor=chosen_by, action="goodpracticeletter.choose_writer", about=fresh)
    tell(
        person=writer,
        letter=fresh,
        subject="would you write a letter of thanks?",
        words="Somebody’s work was nominated for a letter, and you are asked to write and sign it.",
    )
    return fresh


@transaction.atomic
def write_letter(
    *, letter: GoodPracticeLetter, written_by: Any, **parts: str
) -> GoodPracticeLetter:
    """The letter with its four parts, those of `GoodPracticeLetter.PARTS`. Who writes it signs it."""
    if not user_can_write(written_by, letter):
        raise PermissionDenied("Only a lead, or the senior manager who was asked, writes it.")
    GoodPracticeLetter.objects.filter(pk=letter.pk, state__in=BEFORE_APPROVAL).update(
        writer=written_by, **{name: parts[name] for name in GoodPracticeLetter.PARTS}
    )
    return take_step(letter, "draft", actor=written_by)


@transaction.atomic
def approve(*, letter: GoodPracticeLetter, approved_by: Any) -> GoodPracticeLetter:
    """Somebody who wrote no version of it has read it."""
    fresh = GoodPracticeLetter.objects.select_for_update().get(pk=letter.pk)
    if not user_can_approve(approved_by, fresh):
        raise PermissionDenied("A lead approves, and never a letter that they wrote on themselves.")
    return take_step(fresh, "approve", actor=approved_by, approver=approved_by)


@transaction.atomic
def send(*, letter: GoodPracticeLetter, sent_by: Any) -> GoodPracticeLetter:
    """The letter, now the worker's: its words never change again."""
    _lead_only(sent_by, letter)
    sent = take_step(letter, "send", actor=sent_by)
    tell(
        person=sent.worker,
        letter=sent,
        subject="a letter for you",
        words="There is a letter for you in the portal. It is about good work of yours, and it is private.",
    )
    return sent


@transaction.atomic
def send_back(*, letter: GoodPracticeLetter, reason: str, sent_back_by: Any) -> GoodPracticeLetter:
    """The approved letter with its writer again, who is told; it has to be approved anew."""
    _lead_only(sent_back_by, letter)
    returned = take_step(letter, "send_back", actor=sent_back_by, reason=reason)
    if returned.writer is not None:
        tell(
            person=returned.writer,
            letter=returned,
            subject="your letter was sent back",
            words="Please open the letter, read why, and write it once more.",
        )
    return returned


@transaction.atomic
def set_aside(*, letter: GoodPracticeLetter, reason: str, set_aside_by: Any) -> GoodPracticeLetter:
    """No letter comes of the nomination; another may be made."""
    _lead_only(set_aside_by, letter)
    return take_step(letter, "set_aside", actor=set_aside_by, reason=reason)


def note_reading(*, letter: GoodPracticeLetter, reader: Any) -> None:
    """Keeps when the worker first opened the letter, so that it waits for them no longer."""
    if letter.worker_id == reader.pk and letter.is_with_worker:
        unread = GoodPracticeLetter.objects.filter(pk=letter.pk, read_at__isnull=True)
        unread.update(read_at=timezone.now())


def _lead_only(person: Any, letter: GoodPracticeLetter) -> None:
    if not user_can_see_to(person, letter):
        raise PermissionDenied("Only a lead does this, and never with a letter to themselves.")
