"""Spot checks between the cycles: a few cases at random, a light form (domain.md A76).

Restricted. Reached through `visible_to` only.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_fsm import FSMModelMixin, transition

from learning.events.states import StateField
from learning.people.models import StaffMember, Team
from learning.people.roles import Role
from learning.proforma.models import ProFormaSection, ProFormaVersion
from learning.programme.models import AuditCycle
from learning.programme.permissions import open_to_auditors
from learning.selection.models import CaseFrame, FrameCase
from learning.spot_checks.states import (
    NOT_DISPOSED,
    READABLE,
    UNFINISHED,
    WITH_THE_LEAD,
    SpotCheckState,
)
from learning.vocabulary.choices import SubmissionStatementKind
from learning.vocabulary.models import AreaOfWork, Theme

PERSON = settings.AUTH_USER_MODEL


class SpotCheckRound(models.Model):
    """One draw of a few cases from a list that stands already, for the report of the coming cycle.

    The seed is fixed, and its hash shown, before the draw; the list was fixed by an earlier draw.
    """

    ref = models.SlugField("reference", max_length=20, unique=True)
    cycle = models.ForeignKey(
        AuditCycle, on_delete=models.PROTECT, related_name="spot_check_rounds"
    )
    frame = models.ForeignKey(CaseFrame, on_delete=models.PROTECT, related_name="+")
    cases_asked = models.PositiveSmallIntegerField("how many cases")
    seed = models.CharField(max_length=64, editable=False)
    seed_hash = models.CharField("hash of the seed", max_length=64, editable=False)
    seed_committed_at = models.DateTimeField(default=timezone.now, editable=False)
    committed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    certificate = models.JSONField(null=True, blank=True, editable=False)
    drawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    drawn_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-ref"]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("spot_checks:round", args=[self.ref])


def of_reports_of(cycles: Any) -> Q:
    """Spot checks that went into a report of these cycles, or were drawn for one and went into none."""
    return Q(folded_into__in=cycles) | Q(folded_into=None, round__cycle__in=cycles)


class SpotCheckQuerySet(models.QuerySet["SpotCheck"]):
    """The only way to spot checks is through `visible_to`."""

    def visible_to(self, user: Any) -> "SpotCheckQuerySet":
        """QA officers and leads know of all, its auditors of their own until auditors stop reading. The worker,
        and the worker's line manager, once it is signed off. Being a superuser opens nothing."""
        if not user.is_authenticated:
            return self.none()
        if user.has_role(Role.LEAD_QA, Role.QA_OFFICER):
            return self
        of_work = Q(case__worker=user)
        if user.has_role(Role.LINE_MANAGER):
            of_work |= Q(case__worker__line_manager=user)
        return self.filter(
            Q(auditors=user) & self._still_read() | of_work & Q(state__in=READABLE)
        ).distinct()

    def _still_read(self) -> Q:
        """What is not signed off yet, and what went into a report, or will, of a cycle whose auditors read."""
        return Q(state__in=UNFINISHED) | of_reports_of(open_to_auditors().values("pk"))


class SpotCheck(FSMModelMixin, models.Model):
    """One case that is looked at between the cycles."""

    round = models.ForeignKey(SpotCheckRound, on_delete=models.PROTECT, related_name="checks")
    case = models.ForeignKey(FrameCase, on_delete=models.PROTECT, related_name="spot_checks")
    ref = models.SlugField("reference", max_length=30, unique=True)
    area = models.ForeignKey(AreaOfWork, on_delete=models.PROTECT, related_name="+")
    form = models.ForeignKey(ProFormaVersion, on_delete=models.PROTECT, related_name="spot_checks")
    auditors: models.ManyToManyField[StaffMember, Any] = models.ManyToManyField(
        StaffMember, blank=True, related_name="spot_checks"
    )
    window_from = models.DateField("looks at practice from")
    window_to = models.DateField("to")
    state = StateField(choices=SpotCheckState.choices, default=SpotCheckState.DRAWN)
    version = models.PositiveIntegerField(default=0, help_text="Counts every save.")
    has_immediate_concern = models.BooleanField("immediate concern", null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    folded_into = models.ForeignKey(
        AuditCycle, null=True, blank=True, on_delete=models.PROTECT, related_name="spot_checks"
    )
    folded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SpotCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-round__ref", "ref"]
        constraints = [
            models.UniqueConstraint(fields=["round", "case"], name="spot_checked_once_a_round"),
            models.CheckConstraint(
                condition=Q(folded_at__isnull=True) | Q(folded_into__isnull=False),
                name="folded_into_a_cycle",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("spot_checks:show", args=[self.ref])

    @property
    def worker(self) -> Any:
        return self.case.worker

    @property
    def team(self) -> Team | None:
        return self.case.team

    def is_made_by(self, person: Any) -> bool:
        return any(auditor.pk == person.pk for auditor in self.auditors.all())

    def is_about_work_of(self, person: Any) -> bool:
        return person.pk is not None and self.case.worker_id == person.pk

    def words_are_open_to(self, person: Any) -> bool:
        """Whether somebody who may see that it is there may read what it says by now."""
        if self.state == SpotCheckState.DISPOSED:
            return False
        if self.is_made_by(person) or self.state in READABLE:
            return True
        is_lead = person.has_role(Role.LEAD_QA) and not self.is_about_work_of(person)
        return bool(is_lead and (self.state in WITH_THE_LEAD or self.has_immediate_concern))

    # What may follow what; `spot_checks.services` asks first what is missing.

    @transition(state, source=SpotCheckState.DRAWN, target=SpotCheckState.DONE)
    def finish(self) -> None:
        self.done_at = timezone.now()

    @transition(state, source=SpotCheckState.DONE, target=SpotCheckState.DRAWN)
    def send_back(self) -> None:
        """The lead asks for changes."""

    @transition(state, source=SpotCheckState.DONE, target=SpotCheckState.QUALITY_ASSURED)
    def sign_off(self) -> None:
        """Somebody who did not make it has read it."""

    @transition(state, source=SpotCheckState.DRAWN, target=SpotCheckState.SET_ASIDE)
    def set_aside(self) -> None:
        """It is not made, with a reason."""

    @transition(state, source=SpotCheckState.QUALITY_ASSURED, target=SpotCheckState.FOLDED)
    def fold(self) -> None:
        self.folded_at = timezone.now()

    @transition(state, source=NOT_DISPOSED, target=SpotCheckState.DISPOSED)
    def dispose(self) -> None:
        """What was written in it has gone; kinds and themes stay."""


class SpotCheckEntry(models.Model):
    """What was written in one section: what was seen, what it means, its kind and themes."""

    check_of = models.ForeignKey(SpotCheck, on_delete=models.PROTECT, related_name="entries")
    section = models.ForeignKey(ProFormaSection, on_delete=models.PROTECT, related_name="+")
    saw = models.TextField("What we saw", blank=True)
    means = models.TextField("What it means for this child", blank=True)
    kind = models.CharField(max_length=20, choices=SubmissionStatementKind.choices, blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="+")

    class Meta:
        ordering = ["check_of_id", "section__order"]
        verbose_name_plural = "spot check entries"
        constraints = [
            models.UniqueConstraint(fields=["check_of", "section"], name="spot_check_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.check_of}: {self.section}"

    @property
    def boxes(self) -> dict[str, str]:
        return {"saw": self.saw, "means": self.means}


class SpotCheckReview(models.Model):
    """What the lead made of it. Append-only."""

    class Outcome(models.TextChoices):
        SIGNED_OFF = "signed_off", "Signed off"
        RETURNED = "returned", "Sent back"

    check_of = models.ForeignKey(SpotCheck, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    words = models.TextField("to the auditors", blank=True)
    reviewed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["check_of_id", "pk"]

    def __str__(self) -> str:
        return f"Review of {self.check_of}"
