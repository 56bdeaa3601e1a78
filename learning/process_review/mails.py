"""Mail about process reviews: a reference and a link, never a word of an answer."""

from typing import Any

from django.urls import reverse

from learning.people.mailing import mail_once_saved, whole_address
from learning.process_review.models import ReviewRound


def ask(*, people: list[Any], asked: ReviewRound) -> None:
    """Mails each of them alone, once the step has been saved."""
    path = reverse("process_review:answer", args=[asked.cycle.ref])
    body = (
        "You took part in this audit. A few open questions ask how it was for you; nobody sees who wrote "
        f"which answer. They can be answered until {asked.ends_on:%-d %B %Y}.\n\n"
        f"{whole_address(path)}\n"
    )
    for person in people:
        mail_once_saved(person, f"{asked.cycle}: how was the audit for you?", body)
