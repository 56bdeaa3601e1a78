"""What two auditors write about one case (domain.md A21–A39, A57–A66, D1, E3).

Restricted. Reached through `visible_to` only; auditors' and workers' reading is a grant, written by the
step that makes the relation and ended by the one that ends it.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_fsm import FSMField, FSMModelMixin, transition

from learning.access.models import Grant
from learning.people.roles import Role
from learning.proforma.models import ProFormaSection, ProFormaVersion
from learning.selection.models import SampledCase
from learning.submissions.states import (
    AFTER_QUALITY_ASSURANCE,
    WITH_THE_LEAD,
    WRITABLE,
    ParticipantRole,
    RecordingGapKind,
    SubmissionState,
)
from learning.vocabulary.choices import SubmissionStatementKind
from learning.vocabulary.models import Theme

PERSON = settings.AUTH_USER_MODEL


class AuditSubmissionQuerySet(models.QuerySet["AuditSubmission"]):
    """The only way to submissions is through `visible_to`."""

    def visible_to(self, user: Any) -> "AuditSubmissionQuerySet":
        """Domain.md E7: leads once it is submitted, QA officers once it is quality assured, and whoever
        holds a running grant. Being a superuser opens nothing."""
        if not user.is_authenticated:
            return self.none()
        may = Q(pk__in=self._granted_to(user))
        if user.has_role(Role.LEAD_QA):
            may |= Q(state__in=WITH_THE_LEAD)
        if user.has_role(Role.QA_OFFICER):
            may |= Q(state__in=AFTER_QUALITY_ASSURANCE)
        return self.filter(may)

    def written_by(self, user: Any) -> "AuditSubmissionQuerySet":
        """Those of whose pair this person is."""
        return self.filter(case__pair__members__person=user)

    def _granted_to(self, user: Any) -> Any:
        running = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
        return SubmissionGrant.objects.filter(running, user=user).values("content_object_id")


class AuditSubmission(FSMModelMixin, models.Model):
    """One audit of one case by one pair."""

    case = models.OneToOneField(SampledCase, on_delete=models.PROTECT, related_name="submission")
    form = models.ForeignKey(ProFormaVersion, on_delete=models.PROTECT, related_name="submissions")
    window_from = models.DateField("looks at practice from")
    window_to = models.DateField("to")
    state = FSMField(
        choices=SubmissionState.choices, default=SubmissionState.NOT_STARTED, protected=True
    )
    has_immediate_concern = models.BooleanField("immediate concern", null=True, blank=True)
    began_at = models.DateTimeField(null=True, blank=True, editable=False)
    talk_ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    quality_assured_at = models.DateTimeField(null=True, blank=True, editable=False)
    reply_due_date = models.DateField(null=True, blank=True, editable=False)
    locked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AuditSubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["case__ref"]

    def __str__(self) -> str:
        return self.case.ref

    def get_absolute_url(self) -> str:
        return reverse("submissions:show", args=[self.case.ref])

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE

    def is_of(self, person: Any) -> bool:
        """Whether this person is one of the pair."""
        pair = self.case.pair
        return pair is not None and any(member.pk == person.pk for member in pair.people)

    @transition(state, source=SubmissionState.NOT_STARTED, target=SubmissionState.READING)
    def begin(self) -> None:
        self.began_at = timezone.now()

    @transition(state, source=SubmissionState.READING, target=SubmissionState.QUESTIONS_AGREED)
    def agree_questions(self) -> None:
        """At least one question, and something of the child's day."""

    @transition(
        state, source=SubmissionState.QUESTIONS_AGREED, target=SubmissionState.CONVERSATION_HELD
    )
    def hold_conversation(self) -> None:
        self.talk_ended_at = timezone.now()

    @transition(
        state,
        source=SubmissionState.QUESTIONS_AGREED,
        target=SubmissionState.CONVERSATION_NOT_POSSIBLE,
    )
    def go_on_without_conversation(self) -> None:
        self.talk_ended_at = timezone.now()

    @transition(
        state,
        source=[SubmissionState.CONVERSATION_HELD, SubmissionState.CONVERSATION_NOT_POSSIBLE],
        target=SubmissionState.FINALISING,
    )
    def finalise(self) -> None:
        """The pair brings together what it read and what it heard."""

    @transition(
        state,
        source=[SubmissionState.FINALISING, SubmissionState.RETURNED],
        target=SubmissionState.SUBMITTED,
    )
    def submit(self) -> None:
        self.submitted_at = timezone.now()

    @transition(state, source=SubmissionState.SUBMITTED, target=SubmissionState.RETURNED)
    def send_back(self) -> None:
        """The lead asks for changes."""

    @transition(state, source=SubmissionState.SUBMITTED, target=SubmissionState.QUALITY_ASSURED)
    def sign_off(self) -> None:
        self.quality_assured_at = timezone.now()

    @transition(
        state, source=SubmissionState.QUALITY_ASSURED, target=SubmissionState.SHARED_WITH_WORKER
    )
    def share_with_worker(self) -> None:
        """The worker has some working days to reply."""

    @transition(
        state, source=SubmissionState.SHARED_WITH_WORKER, target=SubmissionState.AWAITING_FAMILY
    )
    def wait_for_family(self) -> None:
        """The worker has replied, or the days are over."""

    @transition(state, source=SubmissionState.AWAITING_FAMILY, target=SubmissionState.COMPLETE)
    def complete(self) -> None:
        """The family's views are in, or there is a reason why not."""

    @transition(state, source=SubmissionState.COMPLETE, target=SubmissionState.LOCKED)
    def lock(self) -> None:
        self.locked_at = timezone.now()


class SubmissionGrant(Grant):
    """The reading of one submission: the pair, the worker, the line manager, or somebody with a reason."""

    content_object = models.ForeignKey(AuditSubmission, on_delete=models.CASCADE)

    class Meta(Grant.Meta):
        abstract = False
        verbose_name = "grant of a submission"

    def __str__(self) -> str:
        return f"{self.user} may read {self.content_object}"


class OpeningStatement(models.Model):
    """One of the pair says, before anything is opened, that no link stands in the way (domain.md A58, D3)."""

    submission = models.ForeignKey(
        AuditSubmission, on_delete=models.CASCADE, related_name="opening_statements"
    )
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    stated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "person"], name="opening_stated_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} opens {self.submission}"


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


class ConversationQuestion(models.Model):
    """One thing to explore in the afternoon (domain.md A26)."""

    submission = models.ForeignKey(
        AuditSubmission, on_delete=models.CASCADE, related_name="questions"
    )
    text = models.TextField("question")
    why_decided = models.TextField(
        "why it was done that way",
        blank=True,
        help_text="The worker's reasons, in their sense: kept apart from what the record shows.",
    )
    written_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["submission_id", "pk"]

    def __str__(self) -> str:
        return f"Question {self.pk}"


class Conversation(models.Model):
    """The talk with the worker, or the reason why there was none (domain.md A27–A28)."""

    submission = models.OneToOneField(
        AuditSubmission, on_delete=models.CASCADE, related_name="conversation"
    )
    was_held = models.BooleanField()
    reason_not_held = models.CharField(max_length=300, blank=True)
    held_on = models.DateField(null=True, blank=True)
    participants = models.JSONField(default=list, help_text="Roles only, never names.")
    proud_of = models.TextField("what they are proud of", blank=True)
    in_the_way = models.TextField("what got in the way", blank=True)
    light_bulb = models.TextField("a moment of new insight", blank=True)
    light_bulb_consent = models.BooleanField(
        "the worker agrees that this may be used to help others learn", default=False
    )
    recorded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Conversation about {self.submission}"

    @property
    def participant_words(self) -> list[str]:
        labels = dict(ParticipantRole.choices)
        return [str(labels.get(code, code)) for code in self.participants]


class RecordingGap(models.Model):
    """Something that the worker knew and the record did not say (domain.md A36)."""

    submission = models.ForeignKey(AuditSubmission, on_delete=models.CASCADE, related_name="gaps")
    kind = models.CharField(max_length=20, choices=RecordingGapKind.choices)
    text = models.TextField("what was known")

    class Meta:
        ordering = ["submission_id", "pk"]

    def __str__(self) -> str:
        return f"Recording gap {self.pk}"


class SubmitConfirmation(models.Model):
    """One of the pair says that the text is as both want it; both are needed. Any later change ends it."""

    submission = models.ForeignKey(
        AuditSubmission, on_delete=models.CASCADE, related_name="confirmations"
    )
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64, help_text="Of the text that was confirmed.")
    hours = models.DecimalField(
        "hours spent", max_digits=4, decimal_places=1, null=True, blank=True
    )
    hints_reason = models.CharField("why the wording stays as it is", max_length=300, blank=True)
    confirmed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "person"], name="submit_confirmed_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} confirms {self.submission}"


class QualityAssuranceReview(models.Model):
    """What somebody outside the pair made of the analysis (domain.md A38). Append-only."""

    class Outcome(models.TextChoices):
        SIGNED_OFF = "signed_off", "Signed off"
        RETURNED = "returned", "Returned with questions"

    submission = models.ForeignKey(
        AuditSubmission, on_delete=models.CASCADE, related_name="reviews"
    )
    reviewer = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    words = models.TextField("to the pair", blank=True)
    reviewed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["submission_id", "pk"]

    def __str__(self) -> str:
        return f"Review of {self.submission}"


class WorkerReply(models.Model):
    """The worker's own words on the submission; no veto (domain.md A64, E3). Append-only."""

    submission = models.ForeignKey(
        AuditSubmission, on_delete=models.CASCADE, related_name="replies"
    )
    worker = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    facts = models.TextField("anything that is not factually right", blank=True)
    reflection = models.TextField("your own reflection", blank=True)
    replied_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "worker replies"

    def __str__(self) -> str:
        return f"Reply to {self.submission}"


class Addendum(models.Model):
    """What is added after the lock: locked text never changes (domain.md invariant 7). Append-only."""

    submission = models.ForeignKey(
        AuditSubmission, on_delete=models.CASCADE, related_name="addenda"
    )
    text = models.TextField("addendum")
    reason = models.CharField(max_length=300)
    written_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["submission_id", "pk"]
        verbose_name_plural = "addenda"

    def __str__(self) -> str:
        return f"Addendum to {self.submission}"
