"""Sending the follow-up ladder: every rung once, none lost, whatever happens between (invariant 6).

A rung is a row first, unique for its recommendation and due date. It is sent by the transaction that marks
it as sent: the mail goes out as its last act. When the mail fails nothing is marked, and the next round
tries again; when the machine stops between mail and commit, the next round sends the same message again
under the same Message-ID. Better twice than never: docs/follow-ups.md says why.
"""

import logging
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from learning.events.working_days import is_working_day
from learning.people.mailing import hand_over, message_id_of
from learning.recommendations.follow_up_models import FollowUp, FollowUpMessage
from learning.recommendations.ladder import due_rungs, waiting
from learning.recommendations.mails import address_of
from learning.recommendations.states import Rung

logger = logging.getLogger("portal.follow_ups")

HEIGHT = {rung: height for height, rung in enumerate(Rung)}

SENTENCES = {
    Rung.REMINDER: "is due on {due}. Please confirm in writing when it is done, or ask for more time.",
    Rung.DUE: "was to be done by {due}. Please confirm in writing, or ask for more time.",
    Rung.OWNER: "was due on {due} and is not confirmed. Please confirm in writing, or say what stands "
    "in the way.",
    Rung.MANAGER: "was due on {due}, and its owner, whom you manage, has not confirmed it. Please see "
    "with them what stands in the way.",
    Rung.SENIOR: "was due on {due} and is still not confirmed, although its owner was asked. Please "
    "see to it.",
    Rung.BOARD: "was due on {due} and is still not confirmed. The board’s report has to name it.",
}
STAND_IN = (
    "It comes to you because whoever should hear of it is not known here, or no longer signs in. "
)


@dataclass
class Round:
    """What one round did, or would do."""

    on: date
    recorded: list[FollowUp] = field(default_factory=list)
    sent: list[list[FollowUp]] = field(default_factory=list)
    failed: list[int] = field(default_factory=list)
    to_nobody: int = 0


def send_follow_ups(on: date | None = None) -> Round:
    """Records what has come due and tells each person in one message a day. Safe at any time, also twice
    at once; on days that are not working days it rests, and the next one makes up for it."""
    done = Round(on or timezone.localdate())
    if not is_working_day(done.on):
        return done
    done.recorded, done.to_nobody = record_due_rungs(done.on)
    people = waiting(done.on).order_by("recipient_id").values_list("recipient_id", flat=True)
    for person_id in people.distinct():
        _try_to_tell(person_id, done)
    return done


def plan_follow_ups(on: date | None = None) -> Round:
    """What a round on that day would do; nothing is kept and nobody is told."""
    planned = Round(on or timezone.localdate())
    if not is_working_day(planned.on):
        return planned
    with transaction.atomic():
        planned.recorded, planned.to_nobody = record_due_rungs(planned.on)
        told = FollowUpMessage.objects.filter(day=planned.on).values("person_id")
        by_person: dict[Any, list[FollowUp]] = defaultdict(list)
        for row in _with_names(waiting(planned.on).exclude(recipient__in=told)):
            by_person[row.recipient_id].append(row)
        planned.sent = list(by_person.values())
        transaction.set_rollback(True)
    return planned


def record_due_rungs(on: date) -> tuple[list[FollowUp], int]:
    """The rungs that have come due and were not recorded, and how many have nobody to go to: those wait
    for the next round. Whoever else records the same at the same moment, the row stands once."""
    due = due_rungs(on)
    reachable = [row for row in due if row.recipient_id]
    FollowUp.objects.bulk_create(reachable, ignore_conflicts=True)
    return reachable, len(due) - len(reachable)


def highest(rows: list[FollowUp]) -> list[FollowUp]:
    """Of each recommendation its highest rung, the highest first."""
    top: dict[int, FollowUp] = {}
    for row in sorted(rows, key=lambda row: HEIGHT[Rung(row.rung)]):
        top[row.recommendation_id] = row
    return sorted(top.values(), key=lambda row: (-HEIGHT[Rung(row.rung)], row.for_due_date, row.pk))


def _try_to_tell(person_id: int, done: Round) -> None:
    """One person's message; a failure leaves everything as it was, and does not keep others waiting."""
    try:
        rows = _tell(person_id, done.on)
    except Exception:
        logger.exception(
            "Follow-ups for person %s were not sent; the next round tries again.", person_id
        )
        done.failed.append(person_id)
    else:
        if rows:
            done.sent.append(rows)


@transaction.atomic
def _tell(person_id: int, on: date) -> list[FollowUp]:
    """The rungs that this person was told of now; none when another round has told them today.

    The day's message is claimed before any rung is read: two rounds that read at once would each lock a
    part of them, and the part of the one that came second would wait for another day.
    """
    mine = waiting(on).filter(recipient=person_id)
    message = _claim(person_id, on) if mine.exists() else None
    if message is None:
        return []
    rows = list(_with_names(mine.select_for_update(of=("self",))))
    if not rows:  # settled while this round waited for the claim
        transaction.set_rollback(True)
        return []
    FollowUp.objects.filter(pk__in=[row.pk for row in rows]).update(
        sent_at=timezone.now(), message=message
    )
    _mail(rows)
    return rows


def _claim(person_id: int, on: date) -> FollowUpMessage | None:
    """The day's message to this person; None when it has gone out already."""
    try:
        with transaction.atomic():
            return FollowUpMessage.objects.create(person_id=person_id, day=on)
    except IntegrityError:
        return None


def _mail(rows: list[FollowUp]) -> None:
    top = highest(rows)
    recipient = rows[0].recipient
    if recipient is None:
        return
    subject = f"{len(top)} recommendations need you"
    if len(top) == 1:
        subject = f"{top[0].recommendation.ref}: {top[0].get_rung_display().lower()}"
    body = "\n".join(_paragraph(row) for row in top)
    message_id = message_id_of("follow-ups", *(row.pk for row in rows))
    hand_over(recipient, subject, body, message_id=message_id)


def _paragraph(row: FollowUp) -> str:
    words = SENTENCES[Rung(row.rung)].format(due=f"{row.for_due_date:%-d %B %Y}")
    stand_in = STAND_IN if row.is_stand_in else ""
    ref = row.recommendation.ref
    return f"Recommendation {ref} {words}\n{stand_in}{address_of(row.recommendation)}\n"


def _with_names(rows: Any) -> Any:
    return rows.select_related("recommendation", "recipient")
