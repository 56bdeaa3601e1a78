"""One audit opened to somebody who is nothing to it (domain.md E7 and its footnote)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_fsm import FSMModelMixin, transition

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.events.states import StateField
from learning.openings.states import OpeningKind, OpeningState, Side
from learning.submissions.models import AuditSubmission

PERSON = settings.AUTH_USER_MODEL


class OpeningQuerySet(models.QuerySet["Opening"]):
    def visible_to(self, user: Any) -> "OpeningQuerySet":
        """All for leads and information governance; for anybody else what they asked for themselves."""
        if not user.is_authenticated:
            return self.none()
        return self if holds(user, Right.SEE_OPENINGS) else self.filter(asked_by=user)

    def to_be_looked_at(self) -> "OpeningQuerySet":
        """Break-glass openings that not both sides have looked at."""
        return self.filter(kind=OpeningKind.BREAK_GLASS, state=OpeningState.OPENED)

    def to_look_at_by(self, user: Any) -> "OpeningQuerySet":
        """Break-glass openings that nobody of this person's side has looked at; never one's own."""
        waits = Q(pk__in=[])
        for side in sides_of(user):
            waits |= ~Q(pk__in=OpeningLook.objects.filter(side=side).values("opening"))
        looked = OpeningLook.objects.filter(person=user).values("opening")
        open_still = self.to_be_looked_at().filter(waits)
        return open_still.exclude(asked_by=user).exclude(pk__in=looked)


def sides_of(user: Any) -> list[Side]:
    """For whom this person looks."""
    rights = {Side.LEAD: Right.DECIDE_OPENING, Side.GOVERNANCE: Right.ASK_TO_READ}
    return [side for side, right in rights.items() if holds(user, right)]


class Opening(FSMModelMixin, models.Model):
    """Who asked to read which audit and why, and until when they could. The reason never changes."""

    submission = models.ForeignKey(
        AuditSubmission, on_delete=models.PROTECT, related_name="openings"
    )
    kind = models.CharField(max_length=20, choices=OpeningKind.choices)
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    reason = models.CharField(max_length=300)
    state = StateField(choices=OpeningState.choices, default=OpeningState.ASKED)
    decided_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.CharField("why", max_length=300, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "asked_by"],
                condition=Q(state=OpeningState.ASKED)
                | Q(state=OpeningState.OPENED, kind=OpeningKind.BREAK_GLASS),
                name="one_unseen_opening",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
                name="opening_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"Opening of {self.submission}"

    def get_absolute_url(self) -> str:
        return reverse("openings:show", args=[self.pk])

    @property
    def is_running(self) -> bool:
        return self.expires_at is not None and self.expires_at > timezone.now()

    @property
    def is_break_glass(self) -> bool:
        return self.kind == OpeningKind.BREAK_GLASS

    @transition(state, source=OpeningState.ASKED, target=OpeningState.OPENED)
    def open(self, until: Any) -> None:
        self.opened_at, self.expires_at = timezone.now(), until

    @transition(state, source=OpeningState.ASKED, target=OpeningState.REFUSED)
    def refuse(self) -> None:
        """The lead says no, and why."""

    @transition(state, source=OpeningState.OPENED, target=OpeningState.LOOKED_AT)
    def settle(self) -> None:
        """Both sides have written what they made of it."""


class OpeningLook(models.Model):
    """What a lead, or information governance, made of a break-glass opening. Append-only."""

    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="looks")
    side = models.CharField(max_length=20, choices=Side.choices)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    words = models.TextField("what you found")
    looked_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["opening_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["opening", "side"], name="looked_at_once")]

    def __str__(self) -> str:
        return f"{self.get_side_display()} on {self.opening}"
