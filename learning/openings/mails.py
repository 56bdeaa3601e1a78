"""Mail about openings: a reference and a link, no reason and no name."""

from collections.abc import Iterable
from typing import Any

from django.core.mail import EmailMessage, get_connection

from learning.openings.models import Opening
from learning.openings.refusals import OpeningNotPossible
from learning.people.mailing import MAIL_PATIENCE, whole_address


def tell_or_refuse(people: Iterable[Any], opening: Opening, sentence: str) -> None:
    """Sends now, each person a message of their own; raises when the mail server does not take them all,
    so that whatever the message is about does not happen unheard."""
    messages = [_message(person, opening, sentence) for person in people]
    try:
        sent = get_connection(timeout=MAIL_PATIENCE).send_messages(messages) or 0
    except OSError as error:
        raise OpeningNotPossible(NOBODY_TOLD) from error
    if sent < len(messages):
        raise OpeningNotPossible(NOBODY_TOLD)


NOBODY_TOLD = (
    "Those who have to know could not be told, because the mail server does not answer: nothing was done. "
    "Try again in a moment; if somebody is at risk, phone the duty team now."
)


def _message(person: Any, opening: Opening, sentence: str) -> EmailMessage:
    ref = opening.submission.case.ref
    address = whole_address(opening.get_absolute_url())
    body = f"Hello {person.get_short_name()},\n\n{sentence}\n\n{address}\n"
    return EmailMessage(
        f"Audit {ref}: {opening.get_kind_display().lower()}", body, to=[person.email]
    )
