"""Handing one message to the mail server, so that a second copy can be told from a second message."""

import hashlib

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from learning.people.models import StaffMember

MAIL_PATIENCE = 10
"""Seconds that a mail server gets: rows are locked meanwhile."""


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
