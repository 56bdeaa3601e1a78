"""Which audits a published page rests on. Restricted; never part of a page's revision or of the index."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from learning.submissions.models import AuditSubmission


class PageEvidence(models.Model):
    """One audit that a page rests on: its submission, or a reference from before there were submissions."""

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey(
        AuditSubmission, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    earlier_reference = models.CharField(
        max_length=80,
        blank=True,
        editable=False,
        help_text="Of an audit that has no submission in the portal; carried over, never typed anew.",
    )
    bearing = models.TextField(
        "how it bears on the page",
        blank=True,
        help_text="Read by the QA office only. It is never published or searched.",
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    named_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["page", "submission__case__ref", "earlier_reference"]
        verbose_name = "audit that a page rests on"
        verbose_name_plural = "audits that pages rest on"
        constraints = [
            models.UniqueConstraint(fields=["page", "submission"], name="evidence_once_a_page"),
            models.UniqueConstraint(
                fields=["page", "earlier_reference"],
                condition=~Q(earlier_reference=""),
                name="earlier_evidence_once_a_page",
            ),
            models.CheckConstraint(
                condition=Q(submission__isnull=False, earlier_reference="")
                | (Q(submission__isnull=True) & ~Q(earlier_reference="")),
                name="evidence_is_one_audit",
            ),
        ]

    def __str__(self) -> str:
        return f"Evidence {self.pk}"
