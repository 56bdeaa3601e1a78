"""Telling people of an escalation: each alert once, none lost, whatever happens between.

An alert is a row first, unique for its escalation and kind. It is sent by the transaction that marks it as
sent, as its last act: what the mail server refuses stays unmarked, and the next round of the timer tries
again. The step itself is never undone by a mail.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from learning.escalations.alerting import Recipients, due_alerts, turn_of, waiting
from learning.escalations.clocks import moment_in_words, running_clock
from learning.escalations.models import Escalation, EscalationAlert, EscalationQuerySet
from learning.escalations.states import AlertKind
from learning.people.mailing import hand_over, message_id_of, whole_address
from learning.programme.settings import AuditSettings

logger = logging.getLogger("portal.escalations")

SENTENCES = {
    AlertKind.RAISED: "An immediate concern is reported. Please convey to a senior manager what must "
    "be done and by when. {clock}",
    AlertKind.RAISED_DEPUTY: "An immediate concern is reported. The lead is told as well; please make "
    "sure that one of you conveys it. {clock}",
    AlertKind.NOT_CONVEYED: "An immediate concern has not been conveyed in time. Please see to it, and "
    "phone the lead.",
    AlertKind.NOT_CONVEYED_DIRECTOR: "An immediate concern has still not been conveyed, although lead and "
    "deputy were told. Please phone them.",
    AlertKind.CONVEYED: "Something cannot wait, and the lead asks you to act. Please open it, and say that "
    "you have read it. {clock}",
    AlertKind.NOT_ACKNOWLEDGED: "Whom an immediate concern was conveyed to has not acknowledged it in "
    "time. Please phone them.",
    AlertKind.NOT_ACKNOWLEDGED_DIRECTOR: "An immediate concern has still not been acknowledged by whom it "
    "was conveyed to. Please phone them.",
    AlertKind.NOT_ACTED: "The deadline of an immediate concern has passed, and nobody has reported what "
    "was done. Please phone whom it was conveyed to.",
    AlertKind.NOT_ACTED_DIRECTOR: "The deadline of an immediate concern has passed, and still nobody has "
    "reported what was done. Please phone whom it was conveyed to.",
    AlertKind.REPORTED: "What was done has been reported. Please look for what shows it, and verify it.",
}
SUBJECTS = {
    AlertKind.RAISED: "immediate concern, please act now",
    AlertKind.RAISED_DEPUTY: "immediate concern",
    AlertKind.CONVEYED: "immediate concern, please act now",
    AlertKind.REPORTED: "action reported, please verify",
}
RAN_OUT_SUBJECT = "immediate concern, a clock has run out"
NOT_THE_ROUTE = "If a child may be unsafe now, phone the duty team: this message does not do that."
STAND_IN = "It comes to you because whoever should hear of it cannot be reached in the portal."


@dataclass
class Round:
    """What one round did, or would do."""

    at: datetime
    recorded: list[EscalationAlert] = field(default_factory=list)
    sent: list[EscalationAlert] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    to_nobody: int = 0


def send_alerts(at: datetime | None = None) -> Round:
    """Records what has come due and tells each person. Safe at any time, also twice at once, on any day:
    what cannot wait does not wait for a working day."""
    done = Round(at or timezone.now())
    done.recorded, done.to_nobody = record_due(Escalation.objects.unsettled(), done.at)
    _send_all(done, waiting().values_list("pk", flat=True))
    return done


def plan_alerts(at: datetime | None = None) -> Round:
    """What a round at that moment would do; nothing is kept and nobody is told."""
    planned = Round(at or timezone.now())
    with transaction.atomic():
        planned.recorded, planned.to_nobody = record_due(Escalation.objects.unsettled(), planned.at)
        planned.sent = list(waiting().select_related("escalation", "recipient"))
        transaction.set_rollback(True)
    return planned


def announce(escalation: Escalation) -> None:
    """Whose turn it is now hears of it as soon as the step is saved; the timer makes up for what fails."""
    record_due(Escalation.objects.filter(pk=escalation.pk), timezone.now())
    transaction.on_commit(lambda: _send_of(escalation.pk), robust=True)


def record_due(escalations: EscalationQuerySet, at: datetime) -> tuple[list[EscalationAlert], int]:
    """The alerts that have come due and were not recorded, and how many have nobody to go to: those wait
    for the next round. Whoever else records the same at the same moment, the row stands once."""
    due = due_alerts(escalations.select_related("cycle"), at)
    recipients = Recipients() if due else None
    found = [_alert(*one, recipients) for one in due if recipients]
    new = [alert for alert in found if alert is not None]
    EscalationAlert.objects.bulk_create(new, ignore_conflicts=True)
    return new, len(due) - len(new)


def _alert(
    row: Escalation, kind: AlertKind, due_at: datetime, recipients: Recipients
) -> EscalationAlert | None:
    """The alert, unsaved; None when nobody can be told."""
    person, is_stand_in = recipients.recipient_of(row, kind)
    if person is None:
        return None
    return EscalationAlert(
        escalation=row,
        kind=kind,
        turn=turn_of(row, kind),
        due_at=due_at,
        recipient=person,
        is_stand_in=is_stand_in,
    )


def _send_of(escalation_id: int) -> None:
    mine = waiting().filter(escalation=escalation_id)
    _send_all(Round(timezone.now()), mine.values_list("pk", flat=True))


def _send_all(done: Round, keys: Iterable[int]) -> None:
    """Each by itself: one that fails keeps no other from being sent."""
    for pk in list(keys):
        try:
            alert = _send(pk, done.at)
        except Exception:
            logger.exception("Escalation alert %s was not sent; the next round tries again.", pk)
            done.failed.append(pk)
        else:
            done.sent += [alert] if alert else []


@transaction.atomic
def _send(pk: int, at: datetime) -> EscalationAlert | None:
    """The alert, sent now; None when another round has sent it, or it says nothing true any more."""
    if not (waiting().filter(pk=pk).exists() and _claim(pk)):
        return None
    alert = EscalationAlert.objects.select_related("escalation__cycle", "recipient").get(pk=pk)
    kind = AlertKind(alert.kind)
    subject = f"{alert.escalation.ref}: {SUBJECTS.get(kind, RAN_OUT_SUBJECT)}"
    hand_over(
        alert.recipient, subject, _body(alert, at), message_id=message_id_of("escalations", pk)
    )
    return alert


def _claim(pk: int) -> bool:
    """Whether this round is the one that sends it: of two at once the second waits, and finds it sent.

    The row itself is asked, without a join: only so does a waiting update look at it again."""
    unsent = EscalationAlert.objects.filter(pk=pk, sent_at__isnull=True)
    return unsent.update(sent_at=timezone.now()) == 1


def _body(alert: EscalationAlert, at: datetime) -> str:
    """Whose turn it is, until when, and where. No word of the concern."""
    clock = running_clock(alert.escalation, AuditSettings.load())
    until = f"Until {moment_in_words(clock.due_at, at)}, please." if clock else ""
    words = SENTENCES[AlertKind(alert.kind)].format(clock=until).strip()
    stand_in = f"\n\n{STAND_IN}" if alert.is_stand_in else ""
    return f"{words}{stand_in}\n\n{address_of(alert.escalation)}\n\n{NOT_THE_ROUTE}\n"


def address_of(escalation: Escalation) -> str:
    """The address of its page, whole, for a mail."""
    return whole_address(escalation.get_absolute_url())
