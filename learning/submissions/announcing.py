"""E-mails about submissions: a reference and a link, and no word of the case."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from learning.submissions.models import AuditSubmission


def tell(people: Iterable[Any], submission: AuditSubmission, sentence: str) -> None:
    """Each of these people gets the sentence with a link; they do not see each other's addresses."""
    url = settings.WAGTAILADMIN_BASE_URL + reverse("submissions:show", args=[submission.case.ref])
    for person in people:
        send_mail(
            f"Audit {submission.case.ref}: {sentence}",
            f"Hello {person.get_short_name()},\n\n{sentence}.\n\n{url}\n",
            None,
            [person.email],
        )


def leads_of(submission: AuditSubmission) -> list[Any]:
    """The lead of the cycle, and the deputy if there is one."""
    cycle = submission.case.cycle
    return [person for person in (cycle.lead, cycle.deputy) if person is not None]
