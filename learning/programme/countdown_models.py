"""What is done when: the tasks of a cycle and the timetable of its days (domain.md A3–A8, A16)."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from learning.programme.cycle_models import AuditCycle, AuditDay
from learning.programme.states import STEP_WORDS

DRAW = "draw"
"""The task that is done when the draw is confirmed."""
PERSON = settings.AUTH_USER_MODEL


class TimetableEntry(models.Model):
    """What happens when on a day (domain.md A16)."""

    day = models.ForeignKey(AuditDay, on_delete=models.CASCADE, related_name="timetable")
    starts_at = models.TimeField("from")
    ends_at = models.TimeField("to")
    words = models.CharField("what", max_length=200)

    class Meta:
        ordering = ["day_id", "starts_at"]
        verbose_name_plural = "timetable"

    def __str__(self) -> str:
        return f"{self.starts_at:%H:%M} {self.words}"


class CountdownTask(models.Model):
    """One thing to be done before, during or after the days, by somebody named."""

    cycle = models.ForeignKey(AuditCycle, on_delete=models.CASCADE, related_name="countdown")
    key = models.SlugField(max_length=40)
    words = models.CharField("what", max_length=200)
    due_date = models.DateField()
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="countdown_tasks")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["due_date", "pk"]
        constraints = [models.UniqueConstraint(fields=["cycle", "key"], name="countdown_task_once")]

    def __str__(self) -> str:
        return self.words

    @property
    def is_a_step(self) -> bool:
        """Whether the task is a step of the cycle or the draw, and so is ticked by taking it."""
        return self.key in STEP_WORDS or self.key == DRAW

    @property
    def is_overdue(self) -> bool:
        return self.done_at is None and self.due_date < timezone.localdate()
