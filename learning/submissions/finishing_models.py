"""From both confirming to the last word: review, reply, addendum (domain.md A37–A38, A64)."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from learning.submissions.submission_models import AuditSubmission

PERSON = settings.AUTH_USER_MODEL


class SubmitConfirmation(models.Model):
    """One of the pair says that the text is as both want it; both are needed. Any later change ends it."""

    submission = models.ForeignKey(
        AuditSubmission, on_delete=models.CASCADE, related_name="confirmations"
    )
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64, help_text="Of the text that was confirmed.")
    hours = models.DecimalField(
        "hours spent", max_digits=4, decimal_places=1, null=True, blank=True
    )
    hints_reason = models.CharField("why the wording stays as it is", max_length=300, blank=True)
    confirmed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "person"], name="submit_confirmed_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} confirms {self.submission}"


class QualityAssuranceReview(models.Model):
    """What somebody outside the pair made of the analysis (domain.md A38). Append-only."""

    class Outcome(models.TextChoices):
        SIGNED_OFF = "signed_off", "Signed off"
        RETURNED = "returned", "Returned with questions"

    submission = models.ForeignKey(
        AuditSubmission, on_delete=models.CASCADE, related_name="reviews"
    )
    reviewer = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    words = models.TextField("to the pair", blank=True)
    reviewed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["submission_id", "pk"]

    def __str__(self) -> str:
        return f"Review of {self.submission}"


class WorkerReply(models.Model):
    """The worker's own words on the submission; no veto (domain.md A64, E3). Append-only."""

    submission = models.ForeignKey(
        AuditSubmission, on_delete=models.CASCADE, related_name="replies"
    )
    worker = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    facts = models.TextField("anything that is not factually right", blank=True)
    reflection = models.TextField("your own reflection", blank=True)
    replied_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "worker replies"

    def __str__(self) -> str:
        return f"Reply to {self.submission}"


class Addendum(models.Model):
    """What is added after the lock: locked text never changes (domain.md invariant 7). Append-only."""

    submission = models.ForeignKey(
        AuditSubmission, on_delete=models.CASCADE, related_name="addenda"
    )
    text = models.TextField("addendum")
    reason = models.CharField(max_length=300)
    written_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["submission_id", "pk"]
        verbose_name_plural = "addenda"

    def __str__(self) -> str:
        return f"Addendum to {self.submission}"
