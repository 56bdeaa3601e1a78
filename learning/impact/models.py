"""Whether a recommendation made a difference: what changed, the planned test, what it showed (A71–A72)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from learning.impact.states import ImpactStatus
from learning.programme.models import AuditCycle
from learning.recommendations.models import Recommendation

PERSON = settings.AUTH_USER_MODEL


class SystemChange(models.Model):
    """A lasting change in how the service works that came out of a recommendation (domain.md A72)."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="system_changes"
    )
    words = models.TextField("what works differently now")
    changed_on = models.DateField("since when")
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["changed_on", "pk"]

    def __str__(self) -> str:
        return f"System change out of {self.recommendation}"


class ImpactTest(models.Model):
    """A later cycle that asks a question again: whether a recommendation changed anything (domain.md A71)."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="impact_tests"
    )
    cycle = models.ForeignKey(AuditCycle, on_delete=models.PROTECT, related_name="impact_tests")
    question = models.TextField("what the later audits are asked")
    planned_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["cycle__ref", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "cycle"], name="impact_tested_once_a_cycle"
            )
        ]

    def __str__(self) -> str:
        return f"Test of {self.recommendation} in {self.cycle}"


class ImpactAssessment(models.Model):
    """What a test showed. Kept as it was written; a later cycle can test again.

    The counts say in how many audits it was seen as it should be; a comparison needs both pairs.
    """

    test = models.OneToOneField(ImpactTest, on_delete=models.PROTECT, related_name="assessment")
    before_seen = models.PositiveSmallIntegerField("audits before in which it was seen", null=True)
    before_of = models.PositiveSmallIntegerField("audits before", null=True)
    after_seen = models.PositiveSmallIntegerField("audits now in which it is seen", null=True)
    after_of = models.PositiveSmallIntegerField("audits now", null=True)
    status = models.CharField(max_length=20, choices=ImpactStatus.choices)
    words = models.TextField("what was seen")
    assessed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=ImpactStatus.NOT_YET_TESTED), name="assessment_says_something"
            ),
            models.CheckConstraint(
                condition=Q(
                    before_seen__lte=F("before_of"),
                    after_seen__lte=F("after_of"),
                    before_seen__isnull=False,
                    before_of__isnull=False,
                    after_seen__isnull=False,
                    after_of__isnull=False,
                )
                | Q(
                    before_seen__isnull=True,
                    before_of__isnull=True,
                    after_seen__isnull=True,
                    after_of__isnull=True,
                ),
                name="assessment_counts_fit",
            ),
        ]

    def __str__(self) -> str:
        return f"Assessment of {self.test}"

    @property
    def before(self) -> tuple[int, int] | None:
        if self.before_seen is None or self.before_of is None:
            return None
        return self.before_seen, self.before_of

    @property
    def after(self) -> tuple[int, int] | None:
        if self.after_seen is None or self.after_of is None:
            return None
        return self.after_seen, self.after_of
