"""E-mails about submissions: a reference and a link, and no word of the case."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from learning.people.mailing import mail_once_saved, whole_address
from learning.submissions.models import AuditSubmission


def tell(people: Iterable[Any], submission: AuditSubmission, sentence: str) -> None:
    """Each of these people gets the sentence with a link, once the step is saved; they do not see each other's
    addresses, and a mail server that is away undoes no step."""
    url = whole_address(reverse("submissions:show", args=[submission.case.ref]))
    for person in people:
        mail_once_saved(
            person,
            f"Audit {submission.case.ref}: {sentence}",
            f"Hello {person.get_short_name()},\n\n{sentence}.\n\n{url}\n",
        )
