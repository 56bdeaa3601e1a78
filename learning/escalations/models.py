"""What could not wait, from the pair's report until it was seen to be put right (domain.md A41, E4).

Restricted. Reached through `visible_to` only; the words themselves are for those whom
`permissions.user_sees_words` names.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django_fsm import FSMModelMixin, transition

from learning.escalations.alert_models import EscalationAlert
from learning.escalations.states import (
    CONVEYED_ONCE,
    TO_THE_DIRECTOR,
    UNSETTLED,
    WITH_THE_ADDRESSEE,
    EscalationState,
)
from learning.events.states import StateField
from learning.people.roles import Role
from learning.programme.models import AuditCycle
from learning.spot_checks.models import SpotCheck
from learning.submissions.models import AuditSubmission

PERSON = settings.AUTH_USER_MODEL
State = EscalationState


class EscalationQuerySet(models.QuerySet["Escalation"]):
    """The only way to escalations is through `visible_to`."""

    def visible_to(self, user: Any) -> "EscalationQuerySet":
        """Domain.md E7, row “escalation”: leads and QA officers, unless it is about their own work; the
        addressee; the worker's line manager when the lead named them; and whoever was told that a clock
        ran out, without its words. Being a superuser opens nothing."""
        if not user.is_authenticated:
            return self.none()
        may = Q()
        if user.has_role(Role.LINE_MANAGER):
            may |= Q(named_manager=user)
        if user.has_role(Role.SENIOR_MANAGER):
            may |= Q(recipient=user) | Q(pk__in=self._told_as_director(user))
        if user.has_role(Role.LEAD_QA, Role.QA_OFFICER):
            may = Q(pk__isnull=False)
        own = Q(submission__case__worker=user) | Q(spot_check__case__worker=user)
        return self.filter(may).exclude(own) if may else self.none()

    def unsettled(self) -> "EscalationQuerySet":
        """Not yet verified."""
        return self.filter(state__in=UNSETTLED)

    def _told_as_director(self, user: Any) -> Any:
        told = EscalationAlert.objects.filter(recipient=user, kind__in=TO_THE_DIRECTOR)
        return told.filter(sent_at__isnull=False).values("escalation")


class Escalation(FSMModelMixin, models.Model):
    """One concern of one audit or spot check: who has to do what by when, and what shows that it was done."""

    ref = models.SlugField("reference", max_length=40, unique=True, editable=False)
    cycle = models.ForeignKey(AuditCycle, on_delete=models.PROTECT, related_name="escalations")
    submission = models.ForeignKey(
        AuditSubmission,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="escalations",
    )
    spot_check = models.ForeignKey(
        SpotCheck, null=True, blank=True, on_delete=models.PROTECT, related_name="escalations"
    )
    state = StateField(choices=State.choices, default=State.RAISED)
    raised_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=timezone.now, editable=False)
    recipient = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="escalations"
    )
    action = models.TextField("what must be done", blank=True)
    deadline = models.DateTimeField(null=True, blank=True)
    named_manager = models.ForeignKey(
        PERSON,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The worker's line manager, when the lead lets them read it.",
    )
    conveyed_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    conveyed_at = models.DateTimeField(null=True, blank=True, editable=False)
    times_handed_over = models.PositiveSmallIntegerField(default=0, editable=False)
    handed_over_at = models.DateTimeField(null=True, blank=True, editable=False)
    acknowledged_at = models.DateTimeField(null=True, blank=True, editable=False)
    action_report = models.TextField("what was done", blank=True)
    action_reported_at = models.DateTimeField(null=True, blank=True, editable=False)
    evidence = models.TextField("what shows that it was done", blank=True)
    verified_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_referred_elsewhere = models.BooleanField("referred elsewhere", default=False)

    objects = EscalationQuerySet.as_manager()

    class Meta:
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=~Q(state=State.CLOSED),
                name="one_open_escalation_an_audit",
            ),
            models.UniqueConstraint(
                fields=["spot_check"],
                condition=~Q(state=State.CLOSED),
                name="one_open_escalation_a_spot_check",
            ),
            models.CheckConstraint(
                condition=Q(submission__isnull=False, spot_check__isnull=True)
                | Q(submission__isnull=True, spot_check__isnull=False),
                name="escalation_of_an_audit_or_a_spot_check",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=CONVEYED_ONCE)
                | (
                    Q(recipient__isnull=False, deadline__isnull=False, conveyed_at__isnull=False)
                    & ~Q(action="")
                ),
                name="conveyed_with_recipient_action_deadline",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.VERIFIED, State.CLOSED])
                | (Q(verified_by__isnull=False, verified_at__isnull=False) & ~Q(evidence="")),
                name="verified_with_evidence",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("recipient")),
                name="escalation_verified_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("escalations:show", args=[self.ref])

    @property
    def about(self) -> Any:
        """The audit or the spot check out of which it comes."""
        return self.submission or self.spot_check

    @property
    def about_words(self) -> str:
        """What that is, within a sentence."""
        return "audit" if self.submission_id else "spot check"

    @property
    def worker(self) -> Any:
        """Whose work it is about; None where a case has no worker."""
        return self.about.case.worker

    def is_about_work_of(self, person: Any) -> bool:
        return bool(self.about.case.worker_id == person.pk)

    @property
    def with_recipient_since(self) -> datetime | None:
        """Since when the present addressee has it; None while it is not conveyed."""
        return self.handed_over_at or self.conveyed_at

    @property
    def is_settled(self) -> bool:
        """Whether somebody has verified that it was done."""
        return self.state not in UNSETTLED

    @transition(state, source=State.RAISED, target=State.CONVEYED)
    def convey(
        self,
        *,
        recipient: Any,
        action: str,
        deadline: datetime,
        named_manager: Any | None,
        conveyed_by: Any,
    ) -> None:
        self.recipient, self.action, self.deadline = recipient, action, deadline
        self.named_manager, self.conveyed_by = named_manager, conveyed_by
        self.conveyed_at = timezone.now()

    @transition(state, source=State.CONVEYED, target=State.ACKNOWLEDGED)
    def acknowledge(self) -> None:
        self.acknowledged_at = timezone.now()

    @transition(state, source=WITH_THE_ADDRESSEE, target=State.CONVEYED)
    def hand_over(self, *, recipient: Any, handed_over_at: datetime) -> None:
        """Somebody else has to act; what must be done and by when stays."""
        self.recipient, self.handed_over_at = recipient, handed_over_at
        self.times_handed_over += 1
        self.acknowledged_at = None

    @transition(state, source=State.ACKNOWLEDGED, target=State.ACTION_REPORTED)
    def report_action(self, *, words: str) -> None:
        self.action_report = words
        self.action_reported_at = timezone.now()

    @transition(state, source=State.ACTION_REPORTED, target=State.VERIFIED)
    def verify(self, *, evidence: str, verified_by: Any) -> None:
        self.evidence, self.verified_by = evidence, verified_by
        self.verified_at = timezone.now()

    @transition(state, source=State.VERIFIED, target=State.CLOSED)
    def close(self) -> None:
        self.closed_at = timezone.now()


class EscalationNote(models.Model):
    """What the pair saw, or what lead and addressee have to say since. Append-only."""

    escalation = models.ForeignKey(Escalation, on_delete=models.PROTECT, related_name="notes")
    words = models.TextField()
    written_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["escalation_id", "pk"]

    def __str__(self) -> str:
        return f"Note {self.pk} on {self.escalation}"


class EscalationHandover(models.Model):
    """From whom an escalation went to whom after it was conveyed, and why. Append-only."""

    escalation = models.ForeignKey(Escalation, on_delete=models.PROTECT, related_name="handovers")
    number = models.PositiveSmallIntegerField(help_text="The first, the second, ….")
    from_person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)
    handed_over_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    handed_over_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["escalation_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["escalation", "number"], name="handed_over_once"),
            models.CheckConstraint(
                condition=~Q(to_person=F("from_person")), name="handed_over_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"Handover {self.number} of {self.escalation}"
