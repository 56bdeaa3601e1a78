"""Whose plenaries somebody takes part in (domain.md A39, E7)."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.events.working_days import add_working_days
from learning.programme.models import AuditCycle
from learning.programme.settings import AuditSettings


def discussed_by(user: Any) -> QuerySet[AuditCycle]:
    """The cycles whose plenaries this person may read: all for leads and QA officers, for others those that
    they audit in, until auditors stop reading. Being a superuser opens nothing."""
    cycles = AuditCycle.objects.all()
    if not user.is_authenticated:
        return cycles.none()
    if holds(user, Right.READ_PLENARY):
        return cycles
    days = AuditSettings.load().access_days_after_close
    since = add_working_days(timezone.localdate(), -days)
    still = Q(closed_at__isnull=True) | Q(closed_at__date__gte=since)
    return cycles.filter(still, pk__in=user.audit_memberships.values("cycle"))
