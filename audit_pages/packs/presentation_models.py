"""That learning was presented: evidence that it reached people (domain.md G3, D6)."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from wagtail.models import Page

from audit_pages.packs.models import Pack
from learning.people.models import Team
from learning.suppression.counts import in_words


class Presentation(models.Model):
    """One team that saw a pack or talked a briefing through, and the one change that it will make."""

    pack = models.ForeignKey(
        Pack, null=True, blank=True, on_delete=models.SET_NULL, related_name="presentations"
    )
    briefing = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(
        max_length=255,
        help_text="What was presented, as it was called then: it may go, this stays.",
    )
    presented_on = models.DateField("day")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    attended = models.PositiveSmallIntegerField("how many people were there")
    change = models.TextField("one change that the team will make", max_length=1000)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-presented_on", "-pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(attended__gte=1), name="presentation_somebody_attended"
            )
        ]

    def __str__(self) -> str:
        return f"Presentation {self.pk}"

    @property
    def attended_words(self) -> str:
        """How many people were there; small numbers in words (domain.md D7)."""
        return in_words(self.attended)
