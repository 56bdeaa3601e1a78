"""Mail beside the alerts: a reference and a link, never a word of the concern (domain.md D7)."""

from typing import Any

from learning.escalations.alerts import NOT_THE_ROUTE, address_of
from learning.escalations.models import Escalation, EscalationNote
from learning.people.mailing import mail_once_saved


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


def tell_who_had_it(escalation: Escalation, person: Any) -> None:
    """Whom it was conveyed to before: it is not theirs any more, and they cannot open it."""
    mail_once_saved(
        person,
        f"{escalation.ref}: an immediate concern that is not yours any more",
        "The lead has given it to another senior manager. You need not act, and its page is closed to you. "
        f"If you know something about it, please phone the lead.\n\n{NOT_THE_ROUTE}\n",
    )


def _mail(person: Any, escalation: Escalation, subject: str, words: str) -> None:
    if person is not None:
        body = f"{words}\n\n{address_of(escalation)}\n\n{NOT_THE_ROUTE}\n"
        mail_once_saved(person, f"{escalation.ref}: {subject}", body)
