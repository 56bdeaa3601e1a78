"""What happened, once and for ever: the row that every transition writes."""

from django.db import models
from django.utils import timezone


class Event(models.Model):
    """One thing that one person did to one object. Ids only: no case text is ever put in here."""

    happened_at = models.DateTimeField(default=timezone.now, db_index=True)
    actor_id = models.BigIntegerField(null=True, help_text="Kept without a key: people may go.")
    action = models.CharField(max_length=80, db_index=True)
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=40)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="event_object")]

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"
