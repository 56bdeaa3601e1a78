"""One audit of one case by one pair, and who may read it (domain.md A21–A25, E3).

Restricted. Reached through `visible_to` only; auditors' and workers' reading is a grant, written by the
step that makes the relation and ended by the one that ends it.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_fsm import FSMModelMixin, transition

from learning.access.models import Grant
from learning.events.states import StateField
from learning.people.roles import Role
from learning.proforma.models import ProFormaVersion
from learning.selection.models import SampledCase
from learning.selection.states import IN_SAMPLE
from learning.submissions.states import (
    AFTER_QUALITY_ASSURANCE,
    MAY_BE_DISPOSED,
    OPEN_TO_READERS,
    WITH_THE_LEAD,
    WRITABLE,
    MonthsOpen,
    SourceRead,
    SubmissionState,
)
from learning.vocabulary.choices import AgeBand

PERSON = settings.AUTH_USER_MODEL


class AuditSubmissionQuerySet(models.QuerySet["AuditSubmission"]):
    """The only way to submissions is through `visible_to`."""

    def visible_to(self, user: Any) -> "AuditSubmissionQuerySet":
        """Domain.md E7: leads once it is submitted, QA officers and the worker's line manager of today once it
        is quality assured, and whoever holds a running grant. Of a case that left the sample only the grants
        count. Being a superuser opens nothing."""
        if not user.is_authenticated:
            return self.none()
        may = Q(pk__in=self._granted_to(user)) | Q(pk__in=self._of_team_of(user))
        if user.has_role(Role.LEAD_QA):
            may |= Q(state__in=WITH_THE_LEAD, case__state__in=IN_SAMPLE)
        if user.has_role(Role.QA_OFFICER):
            may |= Q(state__in=AFTER_QUALITY_ASSURANCE)
        return self.filter(may)

    def written_by(self, user: Any) -> "AuditSubmissionQuerySet":
        """Those of whose pair this person is, while their cases are in the sample."""
        return self.filter(case__pair__members__person=user, case__state__in=IN_SAMPLE)

    def _granted_to(self, user: Any) -> Any:
        running = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
        return SubmissionGrant.objects.filter(running, user=user).values("content_object_id")

    def _of_team_of(self, manager: Any) -> Any:
        """No grant: who manages whom changes, and the reading with it at once."""
        audits = AuditSubmission.objects.filter(
            case__worker__line_manager=manager, case__state__in=IN_SAMPLE
        )
        return audits.filter(state__in=OPEN_TO_READERS).order_by().values("pk")


class AuditSubmission(FSMModelMixin, models.Model):
    """One audit of one case by one pair."""

    case = models.OneToOneField(SampledCase, on_delete=models.PROTECT, related_name="submission")
    form = models.ForeignKey(ProFormaVersion, on_delete=models.PROTECT, related_name="submissions")
    window_from = models.DateField("looks at practice from")
    window_to = models.DateField("to")
    state = StateField(choices=SubmissionState.choices, default=SubmissionState.NOT_STARTED)
    age_band = models.CharField("age band", max_length=10, blank=True, choices=AgeBand.choices)
    months_open = models.CharField(
        "open for", max_length=10, blank=True, choices=MonthsOpen.choices
    )
    sources_read = models.JSONField("sources read", default=list, blank=True)
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

    @property
    def source_words(self) -> list[str]:
        """What the pair has read, in words and in the order of the form."""
        return [str(source.label) for source in SourceRead if source in self.sources_read]

    @property
    def header_left_open(self) -> list[str]:
        """What of the header is not said yet (domain.md D1)."""
        names = ("age_band", "months_open", "sources_read")
        fields = [self._meta.get_field(name) for name in names if not getattr(self, name)]
        return [str(field.verbose_name) for field in fields]  # type: ignore[union-attr]

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

    @transition(state, source=MAY_BE_DISPOSED, target=SubmissionState.DISPOSED)
    def dispose(self) -> None:
        """Its text is gone; `learning.retention` takes this step and nobody else."""
        self.age_band, self.months_open, self.sources_read = "", "", []


class SubmissionGrant(Grant):
    """The reading of one submission: the pair, the worker, or somebody with a reason."""

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
