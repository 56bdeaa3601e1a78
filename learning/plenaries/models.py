"""What was said together at the end of each audit day (domain.md A39–A40, E1).

Restricted: it is said about a small sample. Reached through `visible_to` only.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from learning.events.emptying_rules import GONE
from learning.plenaries.readers import discussed_by
from learning.programme.models import AuditCycle, AuditDay
from learning.recommendations.models import Recommendation
from learning.vocabulary.models import Theme

PERSON = settings.AUTH_USER_MODEL


class PlenaryNoteQuerySet(models.QuerySet["PlenaryNote"]):
    """The only way to plenary notes is through `visible_to`."""

    def visible_to(self, user: Any) -> "PlenaryNoteQuerySet":
        """Those of the cycles whose plenaries this person takes part in."""
        return self.filter(day__cycle__in=discussed_by(user).values("pk"))

    def of(self, cycle: AuditCycle) -> "PlenaryNoteQuerySet":
        return self.filter(day__cycle=cycle)

    def written(self) -> "PlenaryNoteQuerySet":
        """Those that say both what was strong and what needs to develop."""
        return self.exclude(strengths="").exclude(to_develop="")


class PlenaryNote(models.Model):
    """What the team saw across the sample on one day. It never changes once the days are over."""

    BOXES = ("strengths", "to_develop")

    day = models.OneToOneField(AuditDay, on_delete=models.PROTECT, related_name="plenary")
    strengths = models.TextField("what was strong", blank=True)
    to_develop = models.TextField("what needs to develop", blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="+")
    recommendations = models.ManyToManyField(Recommendation, blank=True, related_name="plenaries")
    version = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PlenaryNoteQuerySet.as_manager()

    class Meta:
        ordering = ["day_id"]

    def __str__(self) -> str:
        return f"Plenary of {self.day}"

    @property
    def is_written(self) -> bool:
        return bool(self.strengths and self.to_develop)

    @property
    def is_disposed(self) -> bool:
        """Whether its words went when their time was over."""
        return GONE in (self.strengths, self.to_develop)


class PlenaryVersion(models.Model):
    """What a note said after one save. Append-only: nothing that was written is lost."""

    note = models.ForeignKey(PlenaryNote, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    parts = models.JSONField()
    written_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["note_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["note", "number"], name="plenary_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.note}, version {self.number}"


class PlenaryAddendum(models.Model):
    """What a lead adds to a note after the days, with the reason. Append-only."""

    note = models.ForeignKey(PlenaryNote, on_delete=models.PROTECT, related_name="addenda")
    text = models.TextField("what is added")
    reason = models.CharField("why now", max_length=300)
    written_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["note_id", "pk"]
        verbose_name_plural = "addenda"

    def __str__(self) -> str:
        return f"Addendum {self.pk}"


class NothingToRecommend(models.Model):
    """The lead says that a cycle recommends nothing beyond its cases, and why (domain.md E1)."""

    cycle = models.OneToOneField(
        AuditCycle, on_delete=models.PROTECT, related_name="nothing_to_recommend"
    )
    reason = models.TextField("why there is nothing to recommend")
    stated_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    stated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "nothing to recommend"

    def __str__(self) -> str:
        return f"Nothing to recommend, {self.cycle}"
