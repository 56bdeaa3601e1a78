"""The boards that consider a report, what they made of it, and what they asked (domain.md A48–A52, E6)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from learning.recommendations.models import Recommendation
from learning.reports.models import CycleReport
from learning.reports.states import BoardKind, Decision

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


class BoardConsideration(models.Model):
    """One board and one report: before it since, considered on, with which minute and decision.

    A board that asks for more has the report before it once more, in a row of its own.
    """

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
        ordering = ["report_id", "board__order", "board__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "board"],
                condition=Q(considered_on__isnull=True) | ~Q(decision=Decision.MORE_ASKED),
                name="settled_once_by_each_board",
            ),
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

    @property
    def asks_for_more(self) -> bool:
        return self.decision == Decision.MORE_ASKED


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


class DecidedRecommendation(models.Model):
    """A recommendation that was opened out of what a board decided (domain.md E6). It goes with a draft
    that is discarded, and stays with one that was issued."""

    consideration = models.ForeignKey(
        BoardConsideration, on_delete=models.PROTECT, related_name="opened"
    )
    recommendation = models.OneToOneField(
        Recommendation, on_delete=models.CASCADE, related_name="decided_in"
    )
    opened_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["consideration_id", "recommendation__ref"]

    def __str__(self) -> str:
        return f"{self.recommendation}, out of {self.consideration}"
