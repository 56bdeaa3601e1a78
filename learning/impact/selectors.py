"""What waits for somebody in impact, as “My work” shows it."""

from typing import Any

from django.urls import reverse

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.work import WorkItem, WorkKind
from learning.impact.models import ImpactTest
from learning.impact.states import NOT_YET


def waiting_for(person: Any) -> list[WorkItem]:
    """Tests whose cycle has been, for the QA office; nobody's own. One query."""
    if not holds(person, Right.ASSESS_IMPACT):
        return []
    tests = ImpactTest.objects.filter(assessment__isnull=True).exclude(cycle__state__in=NOT_YET)
    rows = tests.exclude(recommendation__owner=person).select_related("recommendation", "cycle")
    return [
        WorkItem(
            title=f"Assess what {test.cycle} showed about {test.recommendation}",
            url=reverse("impact:assess", args=[test.recommendation.ref]),
            kind=WorkKind.VERIFY,
            words="A test of whether it made a difference.",
        )
        for test in rows
    ]
