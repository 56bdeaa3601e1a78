"""Mail to people: a link whole enough for a mailbox, sent once a step is saved, or now and never twice."""

import hashlib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection, send_mail
from django.db import transaction

from learning.people.models import StaffMember

MAIL_PATIENCE = 10
"""Seconds that a mail server gets: rows are locked meanwhile."""


def whole_address(path: str) -> str:
    """The address of a page of the portal as a mail needs it."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"


def mail_once_saved(person: StaffMember, subject: str, body: str) -> None:
    """Mails the person once the step has been saved; somebody who no longer signs in gets nothing.

    A mail server that is away does not undo the step: what is to be done stands in “My work” as well.
    """

    def send() -> None:
        send_mail(subject, body, None, [person.email])

    if person.may_sign_in:
        transaction.on_commit(send, robust=True)


def hand_over(person: StaffMember, subject: str, body: str, *, message_id: str) -> None:
    """Sends the message now; raises when the mail server does not take it."""
    connection = get_connection(timeout=MAIL_PATIENCE)
    headers = {"Message-ID": message_id}
    EmailMessage(subject, body, None, [person.email], connection=connection, headers=headers).send()


def message_id_of(kind: str, *keys: int | None) -> str:
    """The same for the same rows: many mailboxes show a message that comes twice under it only once."""
    rows = ",".join(str(key) for key in sorted(key for key in keys if key is not None))
    host = settings.WAGTAILADMIN_BASE_URL.partition("://")[2].split("/")[0].split(":")[0]
    return f"<{kind}.{hashlib.sha256(rows.encode()).hexdigest()[:24]}@{host}>"
