"""The form that auditors fill in: versions, sections, prompts (domain.md A23, A29–A34, D1).

A version can be changed until an audit uses it; from then on the database refuses, and a new version
stands beside it. No part of it can hold a grade.
"""

from django.conf import settings
from django.db import models

from learning.vocabulary.models import AreaOfWork


class ProFormaKind(models.TextChoices):
    PRACTICE_AUDIT = "practice_audit", "Practice audit"
    INITIAL_CONTACT = "initial_contact", "Initial contact"
    SPOT_CHECK = "spot_check", "Spot check"


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
