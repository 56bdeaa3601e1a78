"""The yearly review of the audit itself (domain.md A73, A75, E6).

Who was asked and what was answered stand in two tables that nothing connects: an answer has no person, no
moment and a random number, so that nobody who reads the tables finds out who wrote what.
"""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_fsm import FSMModelMixin, transition

from learning.events.states import StateField
from learning.process_review.states import AskedPart, ChangeKind, ReviewState
from learning.proforma.models import ProFormaVersion
from learning.programme.models import AuditCycle, AuditProgramme

PERSON = settings.AUTH_USER_MODEL


class ProcessReview(FSMModelMixin, models.Model):
    """What one year taught about the audit itself."""

    programme = models.OneToOneField(
        AuditProgramme, on_delete=models.PROTECT, related_name="process_review"
    )
    state = StateField(choices=ReviewState.choices, default=ReviewState.OPENED)
    opened_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-programme__year"]

    def __str__(self) -> str:
        return f"Review of the audit in {self.programme}"

    def get_absolute_url(self) -> str:
        return reverse("process_review:show", args=[self.programme.year])

    # What may follow what; `process_review.services` asks first what is missing.

    @transition(state, source=ReviewState.OPENED, target=ReviewState.EVIDENCE_COLLECTED)
    def collect_evidence(self) -> None:
        """Every cycle of the year has been asked about; nobody is asked any more."""

    @transition(state, source=ReviewState.EVIDENCE_COLLECTED, target=ReviewState.DECIDED)
    def finish_deciding(self) -> None:
        """What will be different is written down."""

    @transition(state, source=ReviewState.DECIDED, target=ReviewState.CHANGES_LINKED)
    def finish(self) -> None:
        """Each decision names what it changed."""


class ReviewRound(models.Model):
    """That the people of one cycle are asked how the audit was for them, for some working days."""

    cycle = models.OneToOneField(AuditCycle, on_delete=models.PROTECT, related_name="review_round")
    questions = models.JSONField(help_text="For each part the questions as they were asked.")
    ends_on = models.DateField("last day for answers")
    opened_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["cycle__ref"]

    def __str__(self) -> str:
        return f"Questions about {self.cycle}"

    def get_absolute_url(self) -> str:
        return reverse("process_review:round", args=[self.cycle.ref])

    def questions_for(self, part: str) -> list[tuple[str, str]]:
        """(key, words) of what this part was asked, in order."""
        return [(key, words) for key, words in self.questions[part]]

    def is_over(self, on: date) -> bool:
        """Whether its days have run, or everybody has answered before."""
        return on > self.ends_on or not self.invitations.filter(has_answered=False).exists()


class ReviewInvitation(models.Model):
    """Somebody is asked, in one part. It says whether they answered: not when, and not what."""

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=10, choices=AskedPart.choices)
    has_answered = models.BooleanField(default=False)

    class Meta:
        ordering = ["part", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "person", "part"], name="asked_once_a_part")
        ]

    def __str__(self) -> str:
        return f"{self.round}, {self.get_part_display().lower()}"


class ReviewAnswer(models.Model):
    """One answer to one question. Append-only. Not even the answers of one person are tied together."""

    wagtail_reference_index_ignore = (
        True  # its rows are numbered, and would tell the order of answers
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="answers")
    part = models.CharField(max_length=10, choices=AskedPart.choices)
    question = models.SlugField(max_length=40)
    text = models.TextField()

    class Meta:
        ordering = ["pk"]  # a random number: the order says nothing

    def __str__(self) -> str:
        return f"An answer to {self.round}"


class ProcessDecision(models.Model):
    """What will be different about the audit: who sees to it, and until when."""

    review = models.ForeignKey(ProcessReview, on_delete=models.PROTECT, related_name="decisions")
    words = models.TextField("what will be different")
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="process_decisions")
    due_date = models.DateField("until when")
    decided_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["review_id", "due_date", "pk"]

    def __str__(self) -> str:
        return f"Decision {self.pk} of the {self.review}"


class ProcessChange(models.Model):
    """What a decision changed: a version of a form, a page, or a setting (domain.md E6)."""

    decision = models.ForeignKey(ProcessDecision, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    form = models.ForeignKey(
        ProFormaVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    page_address = models.CharField("address of the page", max_length=300, blank=True)
    setting = models.CharField("which setting", max_length=200, blank=True)
    words = models.CharField("what is different there", max_length=500)
    linked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["decision_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ChangeKind.FORM, form__isnull=False)
                | (Q(kind=ChangeKind.GUIDANCE) & ~Q(page_address=""))
                | (Q(kind=ChangeKind.SETTING) & ~Q(setting="")),
                name="change_names_what_it_changed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.target}"

    @property
    def target(self) -> Any:
        """The form, the address of the page or the setting."""
        return self.form or self.page_address or self.setting
