"""Evidence notes: which audits a finding rests on. Restricted; never part of a page or the index."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from learning.access.models import Grant
from learning.people.roles import Role


class EvidenceNoteQuerySet(models.QuerySet["EvidenceNote"]):
    """The only way to evidence notes is through `visible_to`."""

    def visible_to(self, user: Any) -> "EvidenceNoteQuerySet":
        """Notes of the QA office, and those granted to this person and not yet run out."""
        if not user.is_authenticated:
            return self.none()
        if user.has_role(Role.LEAD_QA, Role.QA_OFFICER):
            return self
        now = timezone.now()
        return self.filter(
            Q(evidencenotegrant__user=user)
            & (
                Q(evidencenotegrant__expires_at__isnull=True)
                | Q(evidencenotegrant__expires_at__gt=now)
            )
        ).distinct()


class EvidenceNote(models.Model):
    """What a finding rests on, for the QA office and those granted it."""

    page = models.OneToOneField(
        Page,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="finding",
        help_text="The finding that this evidence stands behind.",
    )
    audit_references = models.TextField(
        help_text="One audit reference a line, such as 2026-Q1-CP-03. No names, no case numbers."
    )
    note = models.TextField(
        blank=True,
        help_text="How these audits bear on the finding. It is never published or searched.",
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EvidenceNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at"]

    def __str__(self) -> str:
        return f"Evidence note {self.pk}"

    @property
    def references(self) -> list[str]:
        return [line.strip() for line in self.audit_references.splitlines() if line.strip()]


class EvidenceNoteGrant(Grant):
    """The reading of one evidence note."""

    content_object = models.ForeignKey(EvidenceNote, on_delete=models.CASCADE)

    class Meta(Grant.Meta):
        abstract = False
        verbose_name = "grant of an evidence note"

    def __str__(self) -> str:
        return f"{self.user} may read {self.content_object}"
