"""Which alerts have come due, and whom each is for (domain.md E4)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from learning.escalations.clocks import running_clock
from learning.escalations.models import Escalation, EscalationAlert
from learning.escalations.states import (
    OF_EACH_ADDRESSEE,
    STILL_MATTERS,
    TO_THE_DEPUTY,
    TO_THE_DIRECTOR,
    AlertKind,
    EscalationState,
)
from learning.people.directory import Directory
from learning.people.models import StaffMember
from learning.programme.settings import AuditSettings

Due = list[tuple[AlertKind, datetime]]

RAN_OUT = {
    EscalationState.RAISED: (AlertKind.NOT_CONVEYED, AlertKind.NOT_CONVEYED_DIRECTOR),
    EscalationState.CONVEYED: (AlertKind.NOT_ACKNOWLEDGED, AlertKind.NOT_ACKNOWLEDGED_DIRECTOR),
    EscalationState.ACKNOWLEDGED: (AlertKind.NOT_ACTED, AlertKind.NOT_ACTED_DIRECTOR),
}
"""What the deputy is told when the clock of each state has run out, and some hours later the director."""

NOW = timedelta()


def due_alerts(
    escalations: Iterable[Escalation], now: datetime
) -> list[tuple[Escalation, AlertKind, datetime]]:
    """What has come due by now and is not recorded, whoever it is for; each with its cycle, already read."""
    rows, numbers = list(escalations), AuditSettings.load()
    recorded = EscalationAlert.objects.filter(escalation__in=[row.pk for row in rows])
    known = set(recorded.values_list("escalation_id", "kind", "turn"))
    return [
        (row, kind, due_at)
        for row in rows
        for kind, due_at in [*_turns(row), *_ran_out(row, now, numbers)]
        if (row.pk, kind.value, turn_of(row, kind)) not in known
    ]


def turn_of(row: Escalation, kind: AlertKind) -> int:
    """Which addressee in turn such an alert is about."""
    return row.times_handed_over if kind in OF_EACH_ADDRESSEE else 0


def waiting() -> QuerySet[EscalationAlert]:
    """Recorded alerts that nobody has been told yet, and that still say something true."""
    matters = Q()
    for kind, states in STILL_MATTERS.items():
        matters |= Q(kind=kind, escalation__state__in=states)
    of_now = ~Q(kind__in=OF_EACH_ADDRESSEE) | Q(turn=F("escalation__times_handed_over"))
    return EscalationAlert.objects.filter(matters, of_now, sent_at__isnull=True)


def _turns(row: Escalation) -> Due:
    """Whose turn it is in this state, and since when."""
    if row.state == EscalationState.RAISED:
        kinds = [AlertKind.RAISED]
        kinds += [AlertKind.RAISED_DEPUTY] if row.cycle.deputy_id is not None else []
        return [(kind, row.raised_at) for kind in kinds]
    if row.state == EscalationState.CONVEYED and row.with_recipient_since:
        return [(AlertKind.CONVEYED, row.with_recipient_since)]
    if row.state == EscalationState.ACTION_REPORTED and row.action_reported_at:
        return [(AlertKind.REPORTED, row.action_reported_at)]
    return []


def _ran_out(row: Escalation, now: datetime, numbers: AuditSettings) -> Due:
    """What follows from clocks that have run out by now. A deadline is also passed while nobody has
    acknowledged."""
    ends = []
    clock = running_clock(row, numbers)
    if clock is not None:
        ends.append((RAN_OUT[EscalationState(row.state)], clock.due_at))
    if row.state == EscalationState.CONVEYED and row.deadline:
        ends.append((RAN_OUT[EscalationState.ACKNOWLEDGED], row.deadline))
    later = timedelta(hours=numbers.escalation_director_hours)
    told = [
        (kind, end + wait)
        for kinds, end in ends
        for kind, wait in zip(kinds, (NOW, later), strict=True)
    ]
    return [(kind, due_at) for kind, due_at in told if due_at <= now]


class Recipients(Directory):
    """Who hears of which alert, looked up once for a whole round."""

    def recipient_of(self, row: Escalation, kind: AlertKind) -> tuple[StaffMember | None, bool]:
        """Whom it is for, and whether that is somebody who stands in; nobody when no lead signs in either."""
        right = self.reachable(self._right_one(row, kind))
        return (right, False) if right else (self._stand_in(row, kind), True)

    def _right_one(self, row: Escalation, kind: AlertKind) -> int | None:
        if kind == AlertKind.CONVEYED:
            return row.recipient_id
        if kind in TO_THE_DEPUTY:
            return row.cycle.deputy_id
        return self._director(row) if kind in TO_THE_DIRECTOR else row.cycle.lead_id

    def _director(self, row: Escalation) -> int | None:
        """The most senior manager above the addressee, or above the lead while there is none."""
        start = row.recipient_id or row.cycle.lead_id
        above = self.seniors_above(start)
        if above:
            return above[-1]
        return start if start in self.seniors else None

    def _stand_in(self, row: Escalation, kind: AlertKind) -> StaffMember | None:
        """Another lead; the cycle's own last where the alert is about the lead's own clock."""
        others = [pk for pk in self.leads if pk != row.cycle.lead_id]
        if kind in TO_THE_DEPUTY:
            return self.first_reachable([*others, row.cycle.lead_id])
        return self.first_reachable([row.cycle.lead_id, row.cycle.deputy_id, *others])
