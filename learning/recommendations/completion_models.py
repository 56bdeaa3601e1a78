"""What the owner of a recommendation writes, and what a verifier makes of it (domain.md A44). Append-only."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from learning.recommendations.models import Recommendation

PERSON = settings.AUTH_USER_MODEL


class RecommendationUpdate(models.Model):
    """A note on how it is going. Append-only."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="updates"
    )
    words = models.TextField("how it is going")
    written_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["recommendation_id", "pk"]

    def __str__(self) -> str:
        return f"Update {self.pk}"


class CompletionConfirmation(models.Model):
    """The owner's written statement: what was done, when, what shows it (domain.md A44). Append-only."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="confirmations"
    )
    statement = models.TextField("what was done")
    completed_on = models.DateField("when")
    evidence = models.TextField("what shows it")
    confirmed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    confirmed_name = models.CharField("your full name", max_length=200)
    confirmed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["recommendation_id", "pk"]

    def __str__(self) -> str:
        return f"Confirmation of {self.recommendation}"


class Verification(models.Model):
    """What the verifier made of a confirmation. Append-only."""

    confirmation = models.OneToOneField(
        CompletionConfirmation, on_delete=models.PROTECT, related_name="verification"
    )
    is_accepted = models.BooleanField()
    words = models.TextField(blank=True)
    verified_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Verification of {self.confirmation}"
