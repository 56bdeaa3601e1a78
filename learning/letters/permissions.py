"""Who may do what with a letter (domain.md E7). Being a superuser opens nothing here."""

from typing import Any

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.letters.models import GoodPracticeLetter
from learning.letters.states import BEFORE_APPROVAL
from learning.letters.story import writers_of
from learning.submissions.models import AuditSubmission


def user_can_nominate(user: Any, submission: AuditSubmission) -> bool:
    """The pair of the audit and the lead; never the worker themselves."""
    is_worker = submission.case.worker_id == user.pk
    return not is_worker and (submission.is_of(user) or holds(user, Right.SEE_TO_LETTERS))


def user_can_see_to(user: Any, letter: GoodPracticeLetter) -> bool:
    """A lead whom the letter is not about."""
    return holds(user, Right.SEE_TO_LETTERS) and letter.worker_id != user.pk


def user_can_write(user: Any, letter: GoodPracticeLetter) -> bool:
    """A lead, or the senior manager who was asked; nobody about themselves."""
    if letter.worker_id == user.pk or not holds(user, Right.WRITE_LETTER):
        return False
    return holds(user, Right.SEE_TO_LETTERS) or letter.writer_id == user.pk


def user_can_approve(user: Any, letter: GoodPracticeLetter) -> bool:
    """A lead who wrote no version of it (domain.md invariant 3)."""
    return user_can_see_to(user, letter) and user.pk not in writers_of(letter)


def user_can_answer(user: Any, letter: GoodPracticeLetter) -> bool:
    """The worker, and nobody on their behalf."""
    return bool(letter.worker_id == user.pk)


def user_sees_nomination(user: Any, letter: GoodPracticeLetter) -> bool:
    """Those who write and those who approve; it is of no use to anybody once the letter is sent."""
    is_office = holds(user, Right.LETTER_REGISTER) or user_can_write(user, letter)
    return is_office and letter.state in BEFORE_APPROVAL and letter.worker_id != user.pk
