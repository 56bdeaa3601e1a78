"""What the pages of reflections show, and what waits for whom."""

from datetime import timedelta
from typing import Any

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils import timezone

from learning.access.work import WorkItem, WorkKind
from learning.programme.models import AuditTeamMember
from learning.programme.states import CycleState
from learning.reflections.models import AuditorReflection

ASKED = (
    CycleState.IN_PROGRESS,
    CycleState.QUALITY_ASSURANCE,
    CycleState.FAMILY_FEEDBACK,
    CycleState.REPORTING,
)
"""States of a cycle in which auditors are asked for a reflection; it can be written later too."""

DAYS_TO_REFLECT = timedelta(days=14)


def shared_with(user: Any) -> QuerySet[AuditorReflection]:
    """What people whom this person manages have shared, ready to be listed."""
    found = AuditorReflection.objects.shared_with_manager(user)
    return found.select_related("person", "cycle")


def waiting_for(person: Any) -> list[WorkItem]:
    """For auditors: to look back, from the last audit day on. Two queries at most."""
    today = timezone.localdate()
    members = (
        AuditTeamMember.objects.filter(person=person, cycle__state__in=ASKED)
        .exclude(cycle__reflections__person=person)
        .annotate(last_day=Max("cycle__days__date"))
        .filter(last_day__lte=today)
        .select_related("cycle")
    )
    return [
        WorkItem(
            title=f"{member.cycle}: what will you take back?",
            url=reverse("reflections:write", args=[member.cycle.ref]),
            kind=WorkKind.WRITE,
            words="A few lines for yourself. Nobody else reads them unless you choose so.",
            due=member.last_day + DAYS_TO_REFLECT,
        )
        for member in members
    ]
