"""Who audits: preparation, offers, team, pairs, links, what was acknowledged (domain.md A14–A22, A58, A75)."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from learning.events.months import add_months
from learning.programme.cycle_models import AuditCycle, AuditProgramme

PERSON = settings.AUTH_USER_MODEL


class AuditorReadiness(models.Model):
    """That somebody is prepared to audit, as the lead recorded it (domain.md A75, E6)."""

    person = models.OneToOneField(PERSON, on_delete=models.CASCADE, related_name="readiness")
    modules_read_on = models.DateField("read the core modules", null=True, blank=True)
    briefing_attended_on = models.DateField("attended a briefing", null=True, blank=True)
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "readiness"

    def __str__(self) -> str:
        return f"Readiness of {self.person}"

    @property
    def is_complete(self) -> bool:
        return self.prepared_on is not None

    @property
    def prepared_on(self) -> date | None:
        """The day on which the second of the two parts was done; None while one is missing."""
        if self.modules_read_on is None or self.briefing_attended_on is None:
            return None
        return max(self.modules_read_on, self.briefing_attended_on)

    def lapses_on(self, months: int) -> date | None:
        """The first day on which the preparation no longer counts; None while it is not complete."""
        return add_months(self.prepared_on, months) if self.prepared_on else None

    def counts_on(self, day: date, months: int) -> bool:
        """Whether somebody prepared like this may audit on that day."""
        begins, ends = self.prepared_on, self.lapses_on(months)
        return begins is not None and ends is not None and begins <= day < ends


class PreparationReview(models.Model):
    """What the lead found, once a year, about the preparation of auditors itself (domain.md A75)."""

    programme = models.ForeignKey(
        AuditProgramme, on_delete=models.PROTECT, related_name="preparation_reviews"
    )
    reviewed_on = models.DateField("day of the review")
    words = models.TextField(
        "what you found", help_text="What prepared auditors well, what did not."
    )
    changes = models.TextField(
        "what changes",
        help_text="What will be different in the modules or the briefing. None? Say why.",
    )
    written_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-reviewed_on", "-pk"]

    def __str__(self) -> str:
        return f"Review of preparation, {self.programme}"


class AuditorExpression(models.Model):
    """Somebody would like to audit in this cycle (domain.md A14)."""

    cycle = models.ForeignKey(AuditCycle, on_delete=models.CASCADE, related_name="expressions")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="expressions")
    words = models.CharField(
        "what you would bring", max_length=300, blank=True, help_text="A sentence is enough."
    )
    is_first_time = models.BooleanField("I have not audited before", default=False)
    expressed_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["expressed_at"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "person"], name="expression_once_a_cycle")
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.cycle}"


class AuditTeamMember(models.Model):
    """Somebody who audits in this cycle."""

    cycle = models.ForeignKey(AuditCycle, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="audit_memberships")
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    is_first_time = models.BooleanField("audits for the first time", default=False)
    links_declared_at = models.DateTimeField(null=True, blank=True, editable=False)
    links = models.TextField(
        "links to declare",
        blank=True,
        help_text="Families, workers or teams that you are close to or have worked with. "
        "Leave it empty if there are none.",
    )

    class Meta:
        ordering = ["person__last_name", "person__first_name"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "person"], name="member_once_a_cycle")
        ]

    def __str__(self) -> str:
        return str(self.person)


class AuditPair(models.Model):
    """Two auditors who work together (domain.md A22). They are shown by name, never by grade of job."""

    cycle = models.ForeignKey(AuditCycle, on_delete=models.CASCADE, related_name="pairs")
    number = models.PositiveSmallIntegerField()
    members = models.ManyToManyField(AuditTeamMember, related_name="pairs")
    reason_for_mix = models.CharField(
        "why these two, although their experience or their work is alike",
        max_length=300,
        blank=True,
        help_text="Only where nobody in the pair has audited before, or both do the same kind of work.",
    )

    class Meta:
        ordering = ["cycle_id", "number"]
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="pair_number_once")]

    def __str__(self) -> str:
        return f"Pair {self.number}"

    @property
    def people(self) -> list[Any]:
        return [member.person for member in self.members.all()]


class ConflictDeclaration(models.Model):
    """Somebody whose cases this member must not audit, beside their own team's (domain.md A58)."""

    member = models.ForeignKey(AuditTeamMember, on_delete=models.CASCADE, related_name="conflicts")
    worker = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    team = models.ForeignKey(
        "learning.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    declared_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(worker__isnull=False) | models.Q(team__isnull=False),
                name="conflict_names_worker_or_team",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.worker or self.team}"


class Acknowledgement(models.Model):
    """Somebody has read the ground rules or the briefing of a cycle, in that wording (domain.md A19–A20)."""

    class Subject(models.TextChoices):
        GROUND_RULES = "ground_rules", "Ground rules"
        BRIEFING = "briefing", "Briefing of the cycle"

    cycle = models.ForeignKey(AuditCycle, on_delete=models.CASCADE, related_name="acknowledgements")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=20, choices=Subject.choices)
    revision = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.PROTECT, related_name="+", null=True
    )
    acknowledged_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "person", "subject", "revision"], name="acknowledged_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_subject_display()}"
