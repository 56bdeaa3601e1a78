"""The frame, the draw, the drawn case, and the key that alone says who it is (domain.md A5–A10, E2).

A case is known by a pseudonym. No name, date of birth or address is stored anywhere; the council's own
number stands in `CaseKey`, a table of its own, which only a QA officer reads, and each look is logged.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_fsm import FSMModelMixin, transition

from learning.events.states import StateField
from learning.people.models import Team
from learning.people.roles import Role
from learning.programme.models import AuditCycle, AuditPair
from learning.selection.encryption import EncryptedField
from learning.selection.states import (
    BEFORE_AUDIT,
    IN_SAMPLE,
    NOT_TOLD,
    WITH_A_PAIR,
    CaseState,
    ExclusionReason,
    SelectionRoute,
)
from learning.vocabulary.models import AreaOfWork

PERSON = settings.AUTH_USER_MODEL


class SelectionDraw(models.Model):
    """One draw of one cycle: the promise of a seed, the frame, and what came out.

    The seed is fixed, and its hash shown, before the frame is loaded; it is revealed by the draw. The
    certificate holds what anybody needs to draw again, bit for bit (domain.md invariant 5).
    """

    cycle = models.OneToOneField(AuditCycle, on_delete=models.PROTECT, related_name="draw")
    seed = models.CharField(max_length=64, editable=False)
    seed_hash = models.CharField("hash of the seed", max_length=64, editable=False)
    seed_committed_at = models.DateTimeField(default=timezone.now, editable=False)
    committed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    certificate = models.JSONField(null=True, blank=True, editable=False)
    drawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    drawn_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"Draw of {self.cycle}"


class CaseFrame(models.Model):
    """One list of cases that a draw is made from, as it was read from a file."""

    draw = models.OneToOneField(SelectionDraw, on_delete=models.CASCADE, related_name="frame")
    form = models.CharField(max_length=40, help_text="Which kind of file it was.")
    frame_hash = models.CharField(max_length=64)
    counts = models.JSONField(help_text="Rows read, kept, merged and dropped, list by list.")
    left_out = models.JSONField(default=list, help_text="Columns that were read past.")
    loaded_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField(default=timezone.now)
    checked_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)

    def __str__(self) -> str:
        return f"Frame of {self.draw.cycle}"


class ColumnMapping(models.Model):
    """Which columns of a council's own list mean what, remembered by the header that they stood in.

    Places and a hash only: a header may be somebody's name.
    """

    signature = models.CharField(max_length=64, unique=True)
    columns = models.JSONField(help_text="Field to column, counted from nought.")
    mapped_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    mapped_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Columns of {self.signature[:8]}"


class FrameCase(models.Model):
    """One child's case in the frame, by pseudonym."""

    frame = models.ForeignKey(CaseFrame, on_delete=models.CASCADE, related_name="cases")
    pseudonym = models.CharField(max_length=32)
    lists = models.JSONField(default=list, help_text="The lists of the file that it stood on.")
    area = models.ForeignKey(
        AreaOfWork, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    team_in_file = models.CharField(max_length=120, blank=True)
    worker = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    worker_reference = models.CharField(max_length=32, blank=True)
    family = models.CharField(max_length=32, blank=True, help_text="Pseudonym of the family.")
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    route = models.CharField(
        max_length=20, choices=SelectionRoute.choices, default=SelectionRoute.RANDOM
    )
    apart_words = models.CharField(
        "why it stands in a stratum of its own", max_length=300, blank=True
    )
    excluded = models.CharField(max_length=30, choices=ExclusionReason.choices, blank=True)
    excluded_words = models.CharField(max_length=300, blank=True)
    excluded_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["frame", "pseudonym"]
        constraints = [
            models.UniqueConstraint(fields=["frame", "pseudonym"], name="frame_case_once")
        ]

    def __str__(self) -> str:
        return self.pseudonym


class CaseKey(models.Model):
    """The council’s number of a case, encrypted. People read it through `selection.keys.look_up_key`."""

    case = models.OneToOneField(FrameCase, on_delete=models.CASCADE, related_name="key")
    council_id = EncryptedField()

    def __str__(self) -> str:
        return f"Key of case {self.case_id}"


class SampledCaseQuerySet(models.QuerySet["SampledCase"]):
    """The only way to sampled cases is through `visible_to`."""

    def in_sample(self) -> "SampledCaseQuerySet":
        """Without reserves, and without what was taken out."""
        return self.filter(state__in=IN_SAMPLE)

    def visible_to(self, user: Any) -> "SampledCaseQuerySet":
        """Domain.md E7, row “sampled-case list”: the QA office all; a pair and a worker their own; a line
        manager the team's, each once the worker was told. Nobody else any."""
        if not user.is_authenticated:
            return self.none()
        if user.has_role(Role.LEAD_QA, Role.QA_OFFICER, Role.AUDIT_ADMIN):
            return self
        own = Q(worker=user) | Q(pair__members__person=user)
        if user.has_role(Role.LINE_MANAGER):
            own |= Q(worker__line_manager=user)
        return self.filter(own).exclude(state__in=NOT_TOLD).distinct()


class SampledCase(FSMModelMixin, models.Model):
    """A case that was drawn, or stands by as a reserve."""

    cycle = models.ForeignKey(AuditCycle, on_delete=models.PROTECT, related_name="sample")
    case = models.ForeignKey(FrameCase, on_delete=models.PROTECT, related_name="sampled")
    ref = models.SlugField("reference", max_length=30, unique=True)
    area = models.ForeignKey(AreaOfWork, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stratum = models.CharField(max_length=200)
    route = models.CharField(max_length=20, choices=SelectionRoute.choices)
    order = models.PositiveIntegerField(help_text="Place in its stratum, as it was drawn.")
    worker = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="sampled_cases"
    )
    pair = models.ForeignKey(
        AuditPair, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    state = StateField(choices=CaseState.choices, default=CaseState.DRAWN)

    objects = SampledCaseQuerySet.as_manager()

    class Meta:
        ordering = ["cycle", "ref"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "case"], name="case_once_a_cycle"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def is_in_sample(self) -> bool:
        """Whether it counts as one of the sample: no reserve, and neither taken out nor withdrawn."""
        return self.state in IN_SAMPLE

    @property
    def recording(self) -> "RecordingConfirmation | None":
        return next(iter(self.recording_confirmations.all()), None)

    @property
    def attendance(self) -> "AttendanceConfirmation | None":
        return next(iter(self.attendance_confirmations.all()), None)

    @transition(state, source=CaseState.DRAWN, target=CaseState.CONFIRMED)
    def confirm(self) -> None:
        """The draw is confirmed."""

    @transition(state, source=CaseState.RESERVE, target=CaseState.CONFIRMED)
    def step_in(self, replaces: "SampledCase") -> None:
        """A reserve takes the place of a case that was taken out, and says so."""
        self.replaces = replaces
        if self.route == SelectionRoute.RANDOM:
            self.route = SelectionRoute.REPLACEMENT

    @transition(state, source=CaseState.CONFIRMED, target=CaseState.WORKER_NOTIFIED)
    def tell_worker(self) -> None:
        """The worker knows that the case was drawn."""

    @transition(state, source=CaseState.WORKER_NOTIFIED, target=CaseState.READY)
    def become_ready(self) -> None:
        """Recording and attendance are confirmed."""

    @transition(
        state, source=[CaseState.READY, CaseState.ALLOCATED], target=CaseState.WORKER_NOTIFIED
    )
    def ask_again(self) -> None:
        """The days have moved: the worker says anew what is prepared, and the case is given out anew."""
        self.pair = None

    @transition(state, source=CaseState.READY, target=CaseState.ALLOCATED)
    def allocate(self, pair: AuditPair) -> None:
        self.pair = pair

    @transition(state, source=WITH_A_PAIR, target=None)
    def reallocate(self, pair: AuditPair) -> None:
        """Another pair audits it from now on; where it stands does not change."""
        self.pair = pair

    @transition(state, source=CaseState.ALLOCATED, target=CaseState.AUDITING)
    def open(self) -> None:
        """The pair has opened the case."""

    @transition(state, source=CaseState.AUDITING, target=CaseState.AUDITED)
    def finish_audit(self) -> None:
        """The submission is through quality assurance."""

    @transition(state, source=CaseState.AUDITED, target=CaseState.FEEDBACK_DONE)
    def finish_feedback(self) -> None:
        """The family was asked, or there is a reason why not."""

    @transition(state, source=CaseState.FEEDBACK_DONE, target=CaseState.COMPLETE)
    def complete(self) -> None:
        """Nothing more is asked of anybody."""

    @transition(state, source=BEFORE_AUDIT, target=CaseState.EXCLUDED)
    def take_out(self) -> None:
        """Out of the sample, with a reason; a reserve steps in."""

    @transition(state, source=[*BEFORE_AUDIT, CaseState.AUDITING], target=CaseState.WITHDRAWN)
    def withdraw(self) -> None:
        """Out of the sample without a replacement."""


class RecordingConfirmation(models.Model):
    """The worker says that the recording is up to date (domain.md A7), or why it cannot be."""

    case = models.ForeignKey(
        SampledCase, on_delete=models.CASCADE, related_name="recording_confirmations"
    )
    is_exception = models.BooleanField("not up to date by then", default=False)
    words = models.CharField("anything the auditors should know", max_length=300, blank=True)
    confirmed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case"], name="recording_confirmed_once")]

    def __str__(self) -> str:
        return f"Recording of {self.case}"


class AttendanceConfirmation(models.Model):
    """The worker says which time suits for the conversation (domain.md A8), or that none does."""

    case = models.ForeignKey(
        SampledCase, on_delete=models.CASCADE, related_name="attendance_confirmations"
    )
    day = models.ForeignKey(
        "learning.AuditDay", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_exception = models.BooleanField("cannot come on either day", default=False)
    words = models.CharField("another time, or why not", max_length=300, blank=True)
    confirmed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case"], name="attendance_confirmed_once")]

    def __str__(self) -> str:
        return f"Attendance for {self.case}"
