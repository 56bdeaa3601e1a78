"""Lists of what is to go, who checked and approved them, and what is held back (domain.md D8, E3).

No text of an audit is ever in here: references, kinds and counts only. A list that is done is the
certificate of disposal.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_fsm import FSMModelMixin, transition

from learning.events.states import StateField
from learning.programme.models import AuditCycle
from learning.recommendations.models import Recommendation
from learning.retention.states import OPEN_LISTS, DisposalKind, ListState
from learning.spot_checks.models import SpotCheck
from learning.submissions.models import AuditSubmission

PERSON = settings.AUTH_USER_MODEL


class DisposalList(FSMModelMixin, models.Model):
    """What was due on one day. One lead checks it, somebody else approves it; only one is open at a time."""

    state = StateField(choices=ListState.choices, default=ListState.DRAWN_UP)
    drawn_up_at = models.DateTimeField(default=timezone.now, editable=False)
    drawn_up_by = models.ForeignKey(
        PERSON,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: by the timer.",
    )
    checked_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True, editable=False)
    approved_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(state__in=OPEN_LISTS), name="one_open_disposal_list"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | (Q(checked_by__isnull=False) & ~Q(approved_by=models.F("checked_by"))),
                name="disposal_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"Disposal {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("retention:list", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_LISTS

    @transition(state, source=ListState.DRAWN_UP, target=ListState.CHECKED)
    def check_through(self, checker: Any) -> None:
        self.checked_by, self.checked_at = checker, timezone.now()

    @transition(state, source=ListState.CHECKED, target=ListState.APPROVED)
    def approve(self, approver: Any) -> None:
        self.approved_by, self.approved_at = approver, timezone.now()

    @transition(state, source=OPEN_LISTS, target=ListState.SET_ASIDE)
    def set_aside(self) -> None:
        """Nothing more of it goes; what is still due comes onto the next list."""

    @transition(state, source=ListState.APPROVED, target=ListState.DONE)
    def finish(self) -> None:
        self.done_at = timezone.now()


def _about(field: str, *kinds: DisposalKind) -> Q:
    """An item of these kinds names this and nothing else."""
    others = {"submission", "spot_check", "recommendation", "cycle", "older_than"} - {field}
    rest = {f"{name}__isnull": True for name in sorted(others)}
    return Q(kind__in=kinds, **{f"{field}__isnull": False}, **rest)


class DisposalItem(models.Model):
    """One thing of a list: an audit, its letters, a spot check, a recommendation, the keys, papers or report of
    a cycle, or a stretch of the access log."""

    list = models.ForeignKey(DisposalList, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=20, choices=DisposalKind.choices)
    submission = models.ForeignKey(
        AuditSubmission, null=True, on_delete=models.PROTECT, related_name="disposals"
    )
    spot_check = models.ForeignKey(
        SpotCheck, null=True, on_delete=models.PROTECT, related_name="disposals"
    )
    recommendation = models.ForeignKey(
        Recommendation, null=True, on_delete=models.PROTECT, related_name="disposals"
    )
    cycle = models.ForeignKey(
        AuditCycle, null=True, on_delete=models.PROTECT, related_name="disposals"
    )
    older_than = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True, editable=False)
    counts = models.JSONField(default=dict, help_text="How many of what went. No text.")
    left_out_at = models.DateTimeField(null=True, editable=False)
    left_out_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["list_id", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "kind", "submission"], name="disposed_once_in_a_list"
            ),
            models.UniqueConstraint(
                fields=["list", "spot_check"], name="spot_check_disposed_once_in_a_list"
            ),
            models.UniqueConstraint(
                fields=["list", "recommendation"], name="recommendation_disposed_once_in_a_list"
            ),
            models.CheckConstraint(
                condition=_about("submission", DisposalKind.AUDIT, DisposalKind.LETTER)
                | _about("spot_check", DisposalKind.SPOT_CHECK)
                | _about("recommendation", DisposalKind.RECOMMENDATION)
                | _about("cycle", DisposalKind.KEYS, DisposalKind.PAPERS, DisposalKind.REPORT)
                | _about("older_than", DisposalKind.ACCESS_LOG),
                name="disposal_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.about}"

    @property
    def about(self) -> str:
        """Which one, by its reference."""
        if self.submission is not None:
            return self.submission.case.ref
        if self.spot_check is not None:
            return self.spot_check.ref
        if self.recommendation is not None:
            return self.recommendation.ref
        if self.cycle is not None:
            return self.cycle.ref
        return f"before {timezone.localdate(self.older_than):%d %B %Y}" if self.older_than else ""

    @property
    def holdable(self) -> dict[str, Any]:
        """What keeps it when it is held back, by the names of a hold: a recommendation is kept by its audit and
        by its cycle; nothing keeps the log."""
        about = self.recommendation or self
        found = {
            "submission": about.submission,
            "cycle": about.cycle,
            "spot_check": self.spot_check,
        }
        return {name: thing for name, thing in found.items() if thing is not None}

    @property
    def to_hold(self) -> str:
        """The reference under which it can be held back; empty for the log."""
        if self.recommendation is None:
            return self.about if self.holdable else ""
        return str(self.holdable.get("submission", self.recommendation.cycle))

    @property
    def is_settled(self) -> bool:
        return self.done_at is not None or self.left_out_at is not None

    @property
    def count_words(self) -> str:
        """What went, in words: `12 sections, 3 statements`."""
        return ", ".join(f"{count} {name}" for name, count in self.counts.items())


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    def running(self) -> "LegalHoldQuerySet":
        """Those that nobody has ended."""
        return self.filter(ended_at__isnull=True)

    def keys_of(self, what: str) -> models.QuerySet["LegalHold", Any]:
        """Primary keys of what is held back now: audits (`submission`), spot checks (`spot_check`) or cycles
        (`cycle`)."""
        return self.running().filter(**{f"{what}__isnull": False}).values_list(what, flat=True)


class LegalHold(models.Model):
    """Somebody needs this longer: an inquiry, a complaint, a court. It ends when a person ends it.

    An audit, a spot check, or what a cycle has beyond them: papers, recommendations, report, case numbers.
    """

    submission = models.ForeignKey(
        AuditSubmission, null=True, on_delete=models.PROTECT, related_name="legal_holds"
    )
    spot_check = models.ForeignKey(
        SpotCheck, null=True, on_delete=models.PROTECT, related_name="legal_holds"
    )
    cycle = models.ForeignKey(
        AuditCycle, null=True, on_delete=models.PROTECT, related_name="legal_holds"
    )
    reason = models.CharField(max_length=300)
    review_on = models.DateField("to be looked at again on")
    placed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    end_reason = models.CharField(max_length=300, blank=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        ordering = ["review_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission"], condition=Q(ended_at__isnull=True), name="one_running_hold"
            ),
            models.UniqueConstraint(
                fields=["spot_check"],
                condition=Q(ended_at__isnull=True),
                name="one_running_hold_a_spot_check",
            ),
            models.UniqueConstraint(
                fields=["cycle"],
                condition=Q(ended_at__isnull=True),
                name="one_running_hold_a_cycle",
            ),
            models.CheckConstraint(
                condition=Q(submission__isnull=False, spot_check__isnull=True, cycle__isnull=True)
                | Q(submission__isnull=True, spot_check__isnull=False, cycle__isnull=True)
                | Q(submission__isnull=True, spot_check__isnull=True, cycle__isnull=False),
                name="hold_on_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"Hold on {self.about}"

    def get_absolute_url(self) -> str:
        return reverse("retention:hold", args=[self.pk])

    @property
    def about(self) -> str:
        """What is held back, by its reference."""
        return self.submission.case.ref if self.submission else str(self.spot_check or self.cycle)

    @property
    def is_running(self) -> bool:
        return self.ended_at is None

    @property
    def is_to_be_reviewed(self) -> bool:
        return self.is_running and self.review_on <= timezone.localdate()
