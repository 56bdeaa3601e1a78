"""The talk with the worker, and what it brought to light (domain.md A26–A28, A35–A36)."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from learning.submissions.states import (
    ParticipantRole,
    RecordingGapKind,
)
from learning.submissions.submission_models import AuditSubmission

PERSON = settings.AUTH_USER_MODEL


class ConversationQuestion(models.Model):
    """One thing to explore in the afternoon (domain.md A26)."""

    submission = models.ForeignKey(
        AuditSubmission, on_delete=models.CASCADE, related_name="questions"
    )
    text = models.TextField("question")
    why_decided = models.TextField(
        "why it was done that way",
        blank=True,
        help_text="The worker's reasons, in their sense: kept apart from what the record shows.",
    )
    written_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["submission_id", "pk"]

    def __str__(self) -> str:
        return f"Question {self.pk}"


class Conversation(models.Model):
    """The talk with the worker, or the reason why there was none (domain.md A27–A28)."""

    submission = models.OneToOneField(
        AuditSubmission, on_delete=models.CASCADE, related_name="conversation"
    )
    was_held = models.BooleanField()
    reason_not_held = models.CharField(max_length=300, blank=True)
    held_on = models.DateField(null=True, blank=True)
    participants = models.JSONField(default=list, help_text="Roles only, never names.")
    proud_of = models.TextField("what they are proud of", blank=True)
    in_the_way = models.TextField("what got in the way", blank=True)
    light_bulb = models.TextField("a moment of new insight", blank=True)
    light_bulb_consent = models.BooleanField(
        "the worker agrees that this may be used to help others learn", default=False
    )
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Conversation about {self.submission}"

    @property
    def participant_words(self) -> list[str]:
        labels = dict(ParticipantRole.choices)
        return [str(labels.get(code, code)) for code in self.participants]


class RecordingGap(models.Model):
    """Something that the worker knew and the record did not say (domain.md A36)."""

    submission = models.ForeignKey(AuditSubmission, on_delete=models.CASCADE, related_name="gaps")
    kind = models.CharField(max_length=20, choices=RecordingGapKind.choices)
    text = models.TextField("what was known")

    class Meta:
        ordering = ["submission_id", "pk"]

    def __str__(self) -> str:
        return f"Recording gap {self.pk}"
