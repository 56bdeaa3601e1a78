"""The report of a cycle, frozen when it is signed, and the boards that consider it (domain.md A46–A52, E6)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_fsm import FSMField, FSMModelMixin, transition

from learning.figures.figure import Figure
from learning.people.roles import Role
from learning.programme.models import AuditCycle
from learning.recommendations.models import Recommendation
from learning.reports.states import AFTER_SIGNING, BoardKind, Decision, ReportState

PERSON = settings.AUTH_USER_MODEL


class Board(models.Model):
    """A body that considers reports, one after the other in their order."""

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField("what sort of body", max_length=30, choices=BoardKind.choices)
    order = models.PositiveSmallIntegerField(
        "turn", default=1, help_text="The first considers a report first."
    )
    is_active = models.BooleanField("considers reports now", default=True)
    members: models.ManyToManyField = models.ManyToManyField(
        PERSON, blank=True, related_name="boards"
    )

    class Meta:
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class CycleReportQuerySet(models.QuerySet["CycleReport"]):
    """The only way to reports is through `visible_to`."""

    def visible_to(self, user: Any) -> "CycleReportQuerySet":
        """Domain.md E7, row “cycle report”: the QA office at all times; administrators, senior managers
        and boards once it is signed. Being a superuser opens nothing."""
        if not user.is_authenticated:
            return self.none()
        if user.has_role(Role.LEAD_QA, Role.QA_OFFICER):
            return self
        if user.has_role(Role.AUDIT_ADMIN, Role.SENIOR_MANAGER, Role.BOARD_MEMBER):
            return self.filter(state__in=AFTER_SIGNING)
        return self.none()

    def with_summary(self) -> "CycleReportQuerySet":
        """Those of which a summary may be read beyond the boards: at least one board has considered them."""
        return self.filter(considerations__considered_on__isnull=False).distinct()


class CycleReport(FSMModelMixin, models.Model):
    """What one cycle found and what became of earlier ones. Nothing of it changes once it is signed."""

    cycle = models.OneToOneField(AuditCycle, on_delete=models.PROTECT, related_name="report")
    state = FSMField(choices=ReportState.choices, default=ReportState.ASSEMBLING, protected=True)
    figures = models.JSONField(default=list, editable=False, help_text="As they stood on that day.")
    figures_as_of = models.DateField(null=True, editable=False)
    figures_taken_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    begun_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    signed_by = models.ForeignKey(
        PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    signed_name = models.CharField(max_length=200, blank=True, editable=False)
    signed_at = models.DateTimeField(null=True, editable=False)
    words_reason = models.CharField(
        "why the marked words stay", max_length=300, blank=True, editable=False
    )

    objects = CycleReportQuerySet.as_manager()

    class Meta:
        ordering = ["-cycle__ref"]

    def __str__(self) -> str:
        return f"Report of {self.cycle}"

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.cycle.ref])

    @property
    def is_signed(self) -> bool:
        return self.state in AFTER_SIGNING

    @property
    def has_figures(self) -> bool:
        return self.figures_as_of is not None

    @property
    def frozen_figures(self) -> list[Figure]:
        """The figures as they stood when they were taken."""
        return [Figure.thawed(kept) for kept in self.figures]

    @transition(state, source=ReportState.ASSEMBLING, target=ReportState.SIGNED)
    def sign(self, signed_by: Any, name: str, words_reason: str) -> None:
        self.signed_by, self.signed_name = signed_by, name
        self.words_reason = words_reason
        self.signed_at = timezone.now()

    @transition(state, source=ReportState.SIGNED, target=ReportState.WITH_BOARDS)
    def submit(self) -> None:
        """It lies before the boards, the first of them first."""

    @transition(state, source=ReportState.WITH_BOARDS, target=ReportState.CONSIDERED)
    def end_consideration(self) -> None:
        """The last board has considered it."""


class ReportPart(models.Model):
    """What somebody wrote in one part of a report."""

    report = models.ForeignKey(CycleReport, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["report_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_part_once")
        ]

    def __str__(self) -> str:
        return f"{self.report}, part {self.number}"


class EarlierAnswer(models.Model):
    """What a report says of a recommendation of an earlier cycle that is not settled (domain.md A47)."""

    report = models.ForeignKey(CycleReport, on_delete=models.CASCADE, related_name="answers")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="+")
    words = models.TextField("where it stands")
    written_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["report_id", "recommendation__ref"]
        constraints = [
            models.UniqueConstraint(fields=["report", "recommendation"], name="earlier_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.recommendation} in {self.report}"


class BoardConsideration(models.Model):
    """One board and one report: before it since, considered on, with which minute and decision."""

    report = models.ForeignKey(CycleReport, on_delete=models.PROTECT, related_name="considerations")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="considerations")
    submitted_at = models.DateTimeField(default=timezone.now, editable=False)
    considered_on = models.DateField("considered on", null=True, blank=True)
    decision = models.CharField(max_length=20, choices=Decision.choices, blank=True)
    minute = models.TextField("from the minutes", blank=True)
    recorded_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["report_id", "board__order", "board__name"]
        constraints = [
            models.UniqueConstraint(fields=["report", "board"], name="considered_once"),
            models.CheckConstraint(
                condition=Q(considered_on__isnull=True) | ~Q(minute=""),
                name="consideration_has_its_minute",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board} on {self.report}"

    @property
    def is_considered(self) -> bool:
        return self.considered_on is not None


class BoardQuestion(models.Model):
    """What a board wants to know about a report, and the answer."""

    consideration = models.ForeignKey(
        BoardConsideration, on_delete=models.PROTECT, related_name="questions"
    )
    text = models.TextField("question")
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["consideration_id", "pk"]

    def __str__(self) -> str:
        return f"Question {self.pk} of {self.consideration}"
