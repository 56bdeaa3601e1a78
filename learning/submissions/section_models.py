"""What the pair writes in a section, save by save (domain.md A24, D1)."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from learning.proforma.models import ProFormaSection
from learning.submissions.submission_models import AuditSubmission
from learning.vocabulary.choices import SubmissionStatementKind
from learning.vocabulary.models import Theme

PERSON = settings.AUTH_USER_MODEL


class SectionEntry(models.Model):
    """What the pair wrote in one section: five boxes, and a version that counts every save."""

    BOXES = ("saw", "means", "to_ask", "learned", "agreed")

    submission = models.ForeignKey(
        AuditSubmission, on_delete=models.CASCADE, related_name="entries"
    )
    section = models.ForeignKey(ProFormaSection, on_delete=models.PROTECT, related_name="+")
    saw = models.TextField(
        "What we saw", blank=True, help_text="The evidence: what, when, and from which source."
    )
    means = models.TextField(
        "What it means for this child", blank=True, help_text="… because … which means …"
    )
    to_ask = models.TextField("What we still need to ask", blank=True)
    learned = models.TextField(
        "What we learned in conversation",
        blank=True,
        help_text="Why it was done this way, kept apart from what the record shows.",
    )
    agreed = models.TextField(
        "What we agreed", blank=True, help_text="Practice that helped, or should change."
    )
    not_relevant = models.BooleanField("This section is not relevant here", default=False)
    not_relevant_reason = models.CharField("Why not", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["submission_id", "section__order"]
        constraints = [models.UniqueConstraint(fields=["submission", "section"], name="entry_once")]

    def __str__(self) -> str:
        return f"{self.submission}: {self.section}"

    @property
    def boxes(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.BOXES}

    @classmethod
    def label_of(cls, box: str) -> str:
        """What a box is called."""
        return str(cls._meta.get_field(box).verbose_name)  # type: ignore[union-attr]

    @property
    def is_empty(self) -> bool:
        return not self.not_relevant and not any(self.boxes.values())


class EntryVersion(models.Model):
    """What a section said after one save. Append-only: nothing that was written is lost."""

    entry = models.ForeignKey(SectionEntry, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    boxes = models.JSONField()
    written_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["entry_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="entry_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry}, version {self.number}"


class MorningText(models.Model):
    """What the pair had written when it agreed its questions, before the talk (domain.md A37, E3).

    Append-only: what was taken out after the talk still stands here. `words` is made by `morning`.
    """

    submission = models.OneToOneField(
        AuditSubmission, on_delete=models.CASCADE, related_name="morning"
    )
    words = models.JSONField()
    kept_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.submission}, before the talk"


class SectionPresence(models.Model):
    """Who is in which section now: shown to the other of the pair, and stale after a minute."""

    submission = models.ForeignKey(
        AuditSubmission, on_delete=models.CASCADE, related_name="presences"
    )
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    section = models.ForeignKey(ProFormaSection, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "person"], name="presence_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.section}"


class EvaluativeStatement(models.Model):
    """One statement with its kind and up to three themes. The kind is the statement's, never the case's."""

    entry = models.ForeignKey(SectionEntry, on_delete=models.CASCADE, related_name="statements")
    kind = models.CharField(max_length=20, choices=SubmissionStatementKind.choices)
    text = models.TextField("statement")
    themes = models.ManyToManyField(Theme, blank=True, related_name="+")
    written_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["entry_id", "pk"]

    def __str__(self) -> str:
        return f"Statement {self.pk}"
