"""The staff time that a cycle took, beside the hours given with each audit (domain.md A67)."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models

from learning.programme.models import AuditCycle

PERSON = settings.AUTH_USER_MODEL


class Activity(models.TextChoices):
    """What the time went into."""

    PREPARATION = "preparation", "Preparation: modules, briefing, reading beforehand"
    PLENARY = "plenary", "Plenaries at the end of each day"
    FAMILIES = "families", "Asking families: letters, telephone, meetings"
    ARRANGING = "arranging", "Arranging: rooms, laptops, the draw, timetables"
    ASSURING = "assuring", "Quality assurance and the report"
    OTHER = "other", "Anything else for this cycle"


class LoggedHours(models.Model):
    """The hours that somebody gave to one activity of a cycle, in all."""

    cycle = models.ForeignKey(AuditCycle, on_delete=models.CASCADE, related_name="logged_hours")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="logged_hours")
    activity = models.CharField(max_length=20, choices=Activity.choices)
    hours = models.DecimalField(
        max_digits=4, decimal_places=1, validators=[MinValueValidator(Decimal("0.1"))]
    )
    logged_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["cycle_id", "person_id", "activity"]
        verbose_name_plural = "logged hours"
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "person", "activity"], name="hours_once_an_activity"
            ),
            models.CheckConstraint(
                condition=models.Q(hours__gt=0), name="hours_are_more_than_none"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.cycle}: {self.get_activity_display()}"
