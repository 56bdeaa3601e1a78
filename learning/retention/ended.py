"""Which cycles ended long enough ago: asked of every kind that is due."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from learning.events.months import add_months
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState
from learning.recommendations.states import UNVERIFIED, RecommendationState

UNSETTLED = (*UNVERIFIED, RecommendationState.DRAFT)


def ended_cycles(months: int) -> QuerySet[AuditCycle]:
    """Cycles that ended so many months ago, or earlier."""
    return AuditCycle.objects.filter(ended_before(months_ago(months)))


def months_ago(months: int) -> date:
    return add_months(timezone.localdate(), -months)


def ended_before(day: date) -> Q:
    """Closed and not opened again; a cancelled cycle ended with its last day."""
    closed = Q(state=CycleState.CLOSED, closed_at__date__lte=day)
    cancelled = Q(state=CycleState.CANCELLED) & ~Q(days__date__gt=day)
    return closed | cancelled
