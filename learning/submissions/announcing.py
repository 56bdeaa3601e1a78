"""E-mails about submissions: a reference and a link, and no word of the case."""

from collections.abc import Iterable
from typing import Any

from django.core.mail import send_mail
from django.urls import reverse

from learning.people.mailing import whole_address
from learning.submissions.models import AuditSubmission


def tell(people: Iterable[Any], submission: AuditSubmission, sentence: str) -> None:
    """Each of these people gets the sentence with a link; they do not see each other's addresses."""
    url = whole_address(reverse("submissions:show", args=[submission.case.ref]))
    for person in people:
        send_mail(
            f"Audit {submission.case.ref}: {sentence}",
            f"Hello {person.get_short_name()},\n\n{sentence}.\n\n{url}\n",
            None,
            [person.email],
        )
