"""What is asked for beside the way, and who decided: more time, and not accepting (domain.md E5)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from learning.recommendations.models import Recommendation

PERSON = settings.AUTH_USER_MODEL


class ExtensionRequest(models.Model):
    """More time, asked for by the owner and decided by the lead, or the board if organisational."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="extensions"
    )
    new_due_date = models.DateField("new due date")
    reason = models.TextField("why more time is needed")
    requested_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    is_granted = models.BooleanField(null=True)
    decision_words = models.TextField(blank=True)

    class Meta:
        ordering = ["recommendation_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation"],
                condition=Q(decided_at__isnull=True),
                name="one_extension_waits",
            )
        ]

    def __str__(self) -> str:
        return f"Extension of {self.recommendation}"

    @property
    def is_waiting(self) -> bool:
        return self.decided_at is None


class NonAcceptance(models.Model):
    """The owner does not accept it, with a reason; a senior manager decides, and the board is told."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="non_acceptances"
    )
    reason = models.TextField("why it is not accepted")
    proposed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    is_approved = models.BooleanField(null=True)
    decision_words = models.TextField(blank=True)

    class Meta:
        ordering = ["recommendation_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation"],
                condition=Q(decided_at__isnull=True),
                name="one_non_acceptance_waits",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("proposed_by")),
                name="non_acceptance_has_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"Non-acceptance of {self.recommendation}"

    @property
    def is_waiting(self) -> bool:
        return self.decided_at is None


class OwnerChange(models.Model):
    """A lead gave it to another owner, with a reason; who owned it before stays on record. Append-only."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="owner_changes"
    )
    from_owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    to_owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    given_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["recommendation_id", "pk"]

    def __str__(self) -> str:
        return f"Another owner of {self.recommendation}"
