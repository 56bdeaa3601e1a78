"""The form that auditors fill in: versions, sections, prompts (domain.md A23, A29–A34, D1).

A version can be changed until an audit uses it; from then on the database refuses, and a new version
stands beside it. No part of it can hold a grade.
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from learning.proforma import keys
from learning.programme.models import AuditCycle
from learning.vocabulary.models import AreaOfWork


class ProFormaKind(models.TextChoices):
    PRACTICE_AUDIT = "practice_audit", "Practice audit"
    INITIAL_CONTACT = "initial_contact", "Initial contact"
    SPOT_CHECK = "spot_check", "Spot check"


class Standing(models.TextChoices):
    """Where a version stands. It follows from its dates; nobody sets it."""

    DRAFT = "draft", "Draft"
    OFFERED = "offered", "Ready"
    IN_USE = "in_use", "Fixed"


class ProFormaVersion(models.Model):
    """One version of one kind of form."""

    kind = models.CharField(max_length=20, choices=ProFormaKind.choices)
    number = models.PositiveSmallIntegerField(editable=False)
    note = models.CharField(
        "what is new", max_length=300, blank=True, help_text="For whoever used the last version."
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField(auto_now_add=True)
    offered_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When new cycles began to take it."
    )
    frozen_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When the first audit used it."
    )

    class Meta:
        ordering = ["kind", "-number"]
        verbose_name = "pro forma"
        verbose_name_plural = "pro formas"
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="pro_forma_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("proforma:show", args=[self.ref])

    @property
    def ref(self) -> str:
        """How addresses name it: `practice_audit-2`."""
        return f"{self.kind}-{self.number}"

    @property
    def standing(self) -> Standing:
        if self.frozen_at:
            return Standing.IN_USE
        return Standing.OFFERED if self.offered_at else Standing.DRAFT

    @property
    def stands_since(self) -> datetime:
        return self.frozen_at or self.offered_at or self.created_at

    @property
    def is_draft(self) -> bool:
        return self.standing == Standing.DRAFT

    @property
    def is_fixed(self) -> bool:
        return self.frozen_at is not None


class ProFormaSection(models.Model):
    """One section: five boxes under a heading, with prompts."""

    version = models.ForeignKey(ProFormaVersion, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField(max_length=40)
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    prompts = models.JSONField(default=list, help_text="Questions to think with, one a line.")
    areas = models.ManyToManyField(
        AreaOfWork, blank=True, related_name="+", help_text="Only for these areas; none: for all."
    )
    can_be_skipped = models.BooleanField(
        default=True, help_text="Whether “not relevant”, with a reason, is an answer."
    )

    class Meta:
        ordering = ["version_id", "order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="section_key_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def questions(self) -> list[str]:
        """The prompts before the last."""
        return list(self.prompts[:-1])

    @property
    def difference(self) -> str:
        """The last prompt: what was different for the child because of it (domain.md A30)."""
        return self.prompts[-1] if self.prompts else ""

    @property
    def why_kept(self) -> str:
        """Why the form cannot be without this section; empty when it can."""
        return keys.KEPT.get(self.key, "")

    @property
    def is_first(self) -> bool:
        return self.key == keys.LIVED_EXPERIENCE

    @property
    def is_never_skipped(self) -> bool:
        return self.key in keys.NEVER_SKIPPED

    @property
    def has_own_page(self) -> bool:
        return self.key in keys.WRITTEN_ELSEWHERE


class CycleForm(models.Model):
    """The version of one kind of form that a cycle takes, chosen before its first audit (domain.md A23).

    Without a row a cycle takes the newest version that is offered on the day of its first audit.
    """

    cycle = models.ForeignKey(AuditCycle, on_delete=models.CASCADE, related_name="chosen_forms")
    kind = models.CharField(max_length=20, choices=ProFormaKind.choices)
    version = models.ForeignKey(ProFormaVersion, on_delete=models.PROTECT, related_name="choices")
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    chosen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["cycle_id", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "kind"], name="form_of_a_kind_once_a_cycle")
        ]

    def __str__(self) -> str:
        return f"{self.cycle}: {self.version}"
