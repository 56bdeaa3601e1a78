"""Who was told what about an escalation, and when."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from learning.escalations.states import AlertKind

PERSON = settings.AUTH_USER_MODEL


class EscalationAlert(models.Model):
    """One thing that one person is told once. Recorded first, and marked as sent by whoever sends it."""

    escalation = models.ForeignKey(
        "learning.Escalation", on_delete=models.PROTECT, related_name="alerts"
    )
    kind = models.CharField(max_length=30, choices=AlertKind.choices)
    turn = models.PositiveSmallIntegerField(
        default=0,
        help_text="Which addressee in turn it is about; 0 where it is about none, or about the first.",
    )
    due_at = models.DateTimeField()
    recipient = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    is_stand_in = models.BooleanField(
        "somebody else was told",
        default=False,
        help_text="Nobody of the kind that the alert is for could be reached.",
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["escalation_id", "due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["escalation", "kind", "turn"], name="escalation_alert_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.escalation}: {self.get_kind_display()}"
