"""Mail about process reviews: a reference and a link, never a word of an answer."""

from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse

from learning.process_review.models import ReviewRound


def ask(*, people: list[Any], asked: ReviewRound) -> None:
    """Mails each of them alone, once the step has been saved."""
    address = reverse("process_review:answer", args=[asked.cycle.ref])
    body = (
        "You took part in this audit. A few open questions ask how it was for you; nobody sees who wrote "
        f"which answer. They can be answered until {asked.ends_on:%-d %B %Y}.\n\n"
        f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{address}\n"
    )
    for person in people:
        if person.may_sign_in:
            subject = f"{asked.cycle}: how was the audit for you?"
            send = partial(send_mail, subject, body, None, [person.email])
            transaction.on_commit(send, robust=True)
