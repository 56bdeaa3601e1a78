"""Mail beside the alerts: a reference and a link, never a word of the concern (domain.md D7)."""

from functools import partial
from typing import Any

from django.core.mail import send_mail
from django.db import transaction

from learning.escalations.alerts import NOT_THE_ROUTE, address_of
from learning.escalations.models import Escalation, EscalationNote


def tell_of_note(note: EscalationNote) -> None:
    """Lead and addressee hear that more was said; who wrote it does not."""
    escalation = note.escalation
    readers = {escalation.cycle.lead, escalation.recipient} - {note.written_by, None}
    for person in readers:
        _mail(
            person,
            escalation,
            "more about an immediate concern",
            "Somebody has added a note. Please read it.",
        )


def tell_named_manager(escalation: Escalation) -> None:
    """The worker's line manager hears that the lead lets them read it."""
    _mail(
        escalation.named_manager,
        escalation,
        "an immediate concern that you may read",
        "The lead lets you read what cannot wait in the work of somebody whom you manage. Please open it.",
    )


def _mail(person: Any, escalation: Escalation, subject: str, words: str) -> None:
    """Mails the person once the step is saved; somebody who no longer signs in gets nothing."""
    if person is None or not person.may_sign_in:
        return
    body = f"{words}\n\n{address_of(escalation)}\n\n{NOT_THE_ROUTE}\n"
    send = partial(send_mail, f"{escalation.ref}: {subject}", body, None, [person.email])
    transaction.on_commit(send, robust=True)
