"""What the worker says to sharing the letter without names, and what may be published because of it."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from learning.events.months import add_months
from learning.events.steps import take_step
from learning.letters import pages
from learning.letters.models import GoodPracticeLetter
from learning.letters.permissions import user_can_answer, user_can_see_to
from learning.letters.refusals import PageNotPossible
from learning.programme.settings import AuditSettings

MONTHS_OF_A_QUARTER = 3


@transaction.atomic
def answer(*, letter: GoodPracticeLetter, may_share: bool, answered_by: Any) -> GoodPracticeLetter:
    """The letter with the worker's yes or no."""
    _worker_only(answered_by, letter)
    return take_step(letter, "give_consent" if may_share else "decline", actor=answered_by)


@transaction.atomic
def begin_page(*, letter: GoodPracticeLetter, begun_by: Any) -> GoodPracticeLetter:
    """The letter with an empty page, for a person to write without names."""
    if not user_can_see_to(begun_by, letter):
        raise PermissionDenied("Only a lead begins the page of a letter.")
    page = pages.begin(letter.cycle.quarter, begun_by)
    if page is None:
        raise PageNotPossible("The portal has no section for letters. Make one first.")
    return take_step(letter, "begin_page", actor=begun_by, page=page)


@transaction.atomic
def withdraw_consent(*, letter: GoodPracticeLetter, withdrawn_by: Any) -> GoodPracticeLetter:
    """The letter, private again; its page is gone with the same step."""
    _worker_only(withdrawn_by, letter)
    withdrawn = take_step(letter, "withdraw_consent", actor=withdrawn_by)
    if withdrawn.page is not None:
        pages.take_down(withdrawn.page, withdrawn_by)
    return withdrawn


def first_day_out(letter: GoodPracticeLetter) -> date:
    """The day from which the page may be published: some months after the letter was sent."""
    sent = letter.sent_at or timezone.now()
    return add_months(timezone.localdate(sent), AuditSettings.load().letter_delay_months)


def stands_behind(page_id: int) -> bool:
    """Whether this page came of a private letter, whose worker said yes in the portal."""
    return GoodPracticeLetter.objects.filter(page_id=page_id).exists()


def first_day_out_without_letter(work_began: date) -> date:
    """The same for a page that no private letter stands behind: as many months after its quarter has ended."""
    return add_months(work_began, MONTHS_OF_A_QUARTER + AuditSettings.load().letter_delay_months)


def what_holds_page(page_id: int, day: date, work_began: date | None = None) -> str:
    """Why the page of a letter may not be out on that day, in a sentence; empty for other pages.

    `work_began` is the first day of the quarter of one worker's work, that a page tells of which no private
    letter stands behind.
    """
    letter = GoodPracticeLetter.objects.filter(page_id=page_id).first()
    if letter is not None:
        if not letter.has_consent:
            return "The worker’s consent does not stand, so this letter is not published."
        first = first_day_out(letter)
    elif work_began is not None:
        first = first_day_out_without_letter(work_began)
    else:
        return ""
    if day < first:
        return f"This letter may be published from {first:%-d %B %Y} on, so that nobody is known by the date."
    return ""


def _worker_only(person: Any, letter: GoodPracticeLetter) -> None:
    if not user_can_answer(person, letter):
        raise PermissionDenied("Only the worker whose letter it is decides this.")
