"""Mail about notes: a reference and a link, never a word of them (domain.md D7). Alerts stand in `alerts`."""

from functools import partial

from django.core.mail import send_mail
from django.db import transaction

from learning.escalations.alerts import address_of
from learning.escalations.models import EscalationNote


def tell_of_note(note: EscalationNote) -> None:
    """Lead and addressee hear that more was said, once it is saved; who wrote it does not."""
    escalation = note.escalation
    readers = {escalation.cycle.lead, escalation.recipient} - {note.written_by, None}
    body = f"Somebody has added a note. Please read it.\n\n{address_of(escalation)}\n"
    subject = f"{escalation.ref}: more about an immediate concern"
    for person in readers:
        if person is not None and person.may_sign_in:
            send = partial(send_mail, subject, body, None, [person.email])
            transaction.on_commit(send, robust=True)
