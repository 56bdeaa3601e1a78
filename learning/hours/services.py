"""Writing down hours."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from learning.events.refusals import Refusal
from learning.events.services import record_event
from learning.hours.models import Activity, LoggedHours
from learning.hours.permissions import takes_hours, user_works_for
from learning.programme.models import AuditCycle


class HoursNotTaken(Refusal):
    """The hours were not written down; the message says why."""


@transaction.atomic
def log_hours(*, cycle: AuditCycle, person: Any, hours: Mapping[str, Decimal | None]) -> int:
    """How many activities have hours of this person now. What is empty or nought is taken away."""
    fresh = AuditCycle.objects.select_for_update().get(pk=cycle.pk)
    if not user_works_for(person, fresh):
        raise PermissionDenied("Hours are logged by those who work for this cycle.")
    if not takes_hours(fresh):
        raise HoursNotTaken(f"{fresh} is over, and its hours are counted.")
    given = {activity: hours.get(activity) for activity in Activity.values}
    kept = {activity: amount for activity, amount in given.items() if amount}
    own = LoggedHours.objects.filter(cycle=fresh, person=person)
    own.exclude(activity__in=kept).delete()
    for activity, amount in kept.items():
        own.update_or_create(
            cycle=fresh, person=person, activity=activity, defaults={"hours": amount}
        )
    record_event(actor=person, action="auditcycle.log_hours", about=fresh)
    return len(kept)
