"""The rows of the follow-up ladder: rungs, the messages that carried them, pauses (domain.md A45, E5)."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from learning.recommendations.models import Recommendation
from learning.recommendations.states import Rung

PERSON = settings.AUTH_USER_MODEL


class FollowUpMessage(models.Model):
    """The one message that a person gets on a day, however many rungs it carries."""

    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="one_follow_up_message_a_day")
        ]

    def __str__(self) -> str:
        return f"Message {self.pk} of {self.day}"


class FollowUp(models.Model):
    """One rung of the ladder, once for each due date. Sent once, whatever happens (invariant 6)."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="follow_ups"
    )
    rung = models.CharField(max_length=20, choices=Rung.choices)
    for_due_date = models.DateField()
    due_on = models.DateField()
    recipient = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_stand_in = models.BooleanField(
        "somebody else was told",
        default=False,
        help_text="Nobody of the kind that the rung names could be reached.",
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    message = models.ForeignKey(
        FollowUpMessage, null=True, blank=True, on_delete=models.PROTECT, related_name="follow_ups"
    )

    class Meta:
        ordering = ["recommendation_id", "due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "rung", "for_due_date"], name="rung_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recommendation}: {self.get_rung_display()}"


class FollowUpPause(models.Model):
    """A person stopped the ladder for a while, with a reason; it goes on by itself after the last day."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="pauses"
    )
    until = models.DateField()
    reason = models.CharField(max_length=300)
    paused_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    paused_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Pause of {self.recommendation}"
