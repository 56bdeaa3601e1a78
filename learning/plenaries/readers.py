"""Whose plenaries somebody takes part in (domain.md A39, E7)."""

from typing import Any

from django.db.models import QuerySet

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.programme.models import AuditCycle
from learning.programme.permissions import open_to_auditors


def discussed_by(user: Any) -> QuerySet[AuditCycle]:
    """The cycles whose plenaries this person may read: all for leads and QA officers, for others those that
    they audit in, until auditors stop reading. Being a superuser opens nothing."""
    cycles = AuditCycle.objects.all()
    if not user.is_authenticated:
        return cycles.none()
    if holds(user, Right.READ_PLENARY):
        return cycles
    return open_to_auditors().filter(pk__in=user.audit_memberships.values("cycle"))
