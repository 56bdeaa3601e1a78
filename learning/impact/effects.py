"""What tests tell the rooms below: a recommendation’s status, and what a cycle asks again (A71, E5)."""

from typing import Any

from django.db.models import Case, Exists, OuterRef, Subquery, Value, When
from django.db.models.lookups import In

from learning.impact.models import ImpactAssessment, ImpactTest
from learning.impact.states import ImpactStatus
from learning.programme.asking_again import register_questions
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState
from learning.recommendations.effects import register_effects
from learning.recommendations.states import DerivedStatus

LASTING = (ImpactStatus.ESTABLISHED, ImpactStatus.SUSTAINED)
"""What the counts of a test have borne out."""

UNDECIDED = (ImpactStatus.TOO_EARLY, ImpactStatus.EMERGING)


def connect() -> None:
    register_effects(effect_of_tests)
    register_questions(questions_of)


def questions_of(cycle: AuditCycle) -> list[str]:
    """The questions of the tests that were planned for this cycle."""
    tests = ImpactTest.objects.filter(cycle=cycle).order_by("recommendation__ref")
    return list(tests.values_list("question", flat=True))


def effect_of_tests() -> Any:
    """Shown when the newest assessment says so; pending while a test waits or the newest is undecided."""
    assessed = ImpactAssessment.objects.filter(test__recommendation=OuterRef("pk"))
    latest = Subquery(assessed.order_by("-test__cycle__ref").values("status")[:1])
    waiting = ImpactTest.objects.filter(recommendation=OuterRef("pk"), assessment__isnull=True)
    return Case(
        When(In(latest, LASTING), then=Value(DerivedStatus.IMPACT_SHOWN.value)),
        When(
            Exists(waiting.exclude(cycle__state=CycleState.CANCELLED)) | In(latest, UNDECIDED),
            then=Value(DerivedStatus.IMPACT_PENDING.value),
        ),
    )
