"""Mail about family feedback: a reference and a link, and not a word about a family (domain.md D7)."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from learning.feedback.models import FamilyFeedback
from learning.people.mailing import mail_once_saved, whole_address
from learning.submissions.models import AuditSubmission


def tell_worker(submission: AuditSubmission) -> None:
    """The worker is asked whether contact is safe; for one who no longer signs in, their manager;
    where there is neither, the leads."""
    case = submission.case
    own = [case.worker, case.worker.line_manager] if case.worker else []
    asked = [person for person in own if person and person.may_sign_in][:1] or case.cycle.leads
    words = "Before anybody contacts the family, please say whether it is safe. Two minutes, here:"
    _tell(asked, case.ref, "is contact safe?", words, "feedback:list")


def tell_pair(feedback: FamilyFeedback, sentence: str) -> None:
    """The pair hears how the question of safety was answered."""
    submission = feedback.submission
    people = submission.case.pair.people if submission.case.pair else []
    _tell(people, submission.case.ref, "family feedback", sentence, "feedback:case")


def _tell(people: Iterable[Any], ref: str, subject: str, words: str, url_name: str) -> None:
    """Mails each of them once the step is saved."""
    path = reverse(url_name, args=[ref] if url_name == "feedback:case" else [])
    body = f"{words}\n\n{whole_address(path)}\n"
    for person in people:
        mail_once_saved(person, f"Audit {ref}: {subject}", body)
