"""The report of a cycle, frozen when it is signed, and what is added afterwards (domain.md A46–A47, E6)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django_fsm import FSMModelMixin, transition

from learning.events.states import StateField
from learning.figures.figure import Figure
from learning.people.roles import Role
from learning.programme.models import AuditCycle
from learning.recommendations.models import Recommendation
from learning.reports.states import AFTER_SIGNING, SETTLING, ReportState

PERSON = settings.AUTH_USER_MODEL


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
        """Those of which a summary may be read beyond the boards: at least one board has considered them
        and asks for no more."""
        return self.filter(
            considerations__considered_on__isnull=False, considerations__decision__in=SETTLING
        ).distinct()


class CycleReport(FSMModelMixin, models.Model):
    """What one cycle found and what became of earlier ones. Nothing of it changes once it is signed."""

    cycle = models.OneToOneField(AuditCycle, on_delete=models.PROTECT, related_name="report")
    state = StateField(choices=ReportState.choices, default=ReportState.ASSEMBLING)
    figures = models.JSONField(default=list, editable=False, help_text="As they stood on that day.")
    figures_as_of = models.DateField(null=True, editable=False)
    figures_taken_at = models.DateTimeField(null=True, editable=False)
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
        "why what was marked stays", max_length=300, blank=True, editable=False
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


class ReportAddendum(models.Model):
    """What a lead adds to a signed report, with the reason (domain.md invariant 7). Append-only."""

    report = models.ForeignKey(CycleReport, on_delete=models.PROTECT, related_name="addenda")
    text = models.TextField("what is added")
    reason = models.CharField("why", max_length=300)
    written_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["report_id", "pk"]
        verbose_name_plural = "addenda"

    def __str__(self) -> str:
        return f"Addendum {self.pk} to {self.report}"
