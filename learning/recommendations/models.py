"""Recommendations that stay alive until somebody else has verified them (domain.md A40–A45, E5).

What its owner writes and a verifier makes of it stands in `completion_models`, what is asked for beside the way
(more time, not accepted) in `decision_models`, the ladder's rows in `follow_up_models`.
"""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django_fsm import FSMModelMixin, transition

from learning.events.emptying_rules import GONE
from learning.events.states import StateField
from learning.people.models import Team
from learning.programme.models import AuditCycle
from learning.recommendations.querysets import RecommendationQuerySet
from learning.recommendations.states import (
    BOARD_LEVELS,
    CARRIED_OUT,
    OPEN,
    SETTLED,
    ActionType,
    DerivedStatus,
    RecommendationState,
)
from learning.recommendations.status_days import StatusDays, status_days
from learning.submissions.models import AuditSubmission
from learning.vocabulary.choices import RecommendationLevel
from learning.vocabulary.models import Theme

if TYPE_CHECKING:
    from learning.recommendations.completion_models import CompletionConfirmation

PERSON = settings.AUTH_USER_MODEL


class Recommendation(FSMModelMixin, models.Model):
    """Something that should change, who sees to it, by when, and how it will be known."""

    ref = models.SlugField("reference", max_length=40, unique=True, editable=False)
    cycle = models.ForeignKey(AuditCycle, on_delete=models.PROTECT, related_name="recommendations")
    submission = models.ForeignKey(
        AuditSubmission,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="recommendations",
    )
    level = models.CharField(max_length=20, choices=RecommendationLevel.choices)
    action_type = models.CharField(
        "kind of action", max_length=30, choices=ActionType.choices, default=ActionType.CASEWORK
    )
    action = models.TextField("what should be done")
    why = models.TextField("why it matters for the child or for children")
    how_known = models.TextField("how we will know that it made a difference")
    themes = models.ManyToManyField(Theme, blank=True, related_name="+")
    owner = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="recommendations")
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    original_due_date = models.DateField("due date at issue", null=True, blank=True, editable=False)
    due_date = models.DateField("due date")
    state = StateField(choices=RecommendationState.choices, default=RecommendationState.DRAFT)
    drafted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=timezone.now, editable=False)
    issued_at = models.DateTimeField(null=True, blank=True, editable=False)
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes"
    )

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["due_date", "ref"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RecommendationState.DRAFT) | Q(original_due_date__isnull=False),
                name="issued_recommendation_has_its_date",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=models.F("owner")),
                name="owner_does_not_verify",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("recommendations:show", args=[self.ref])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_of_one_case(self) -> bool:
        return self.level == RecommendationLevel.CASE

    @property
    def is_of_the_board(self) -> bool:
        """Whether its board decides on more time for it (domain.md E5)."""
        return self.level in BOARD_LEVELS

    @property
    def texts(self) -> dict[str, str]:
        """What it says in words, box by box."""
        return {"action": self.action, "why": self.why, "how_known": self.how_known}

    @property
    def is_disposed(self) -> bool:
        """Whether its words went when their time was over."""
        return self.action == GONE

    @property
    def was_extended(self) -> bool:
        return self.original_due_date is not None and self.original_due_date != self.due_date

    @property
    def latest_confirmation(self) -> "CompletionConfirmation | None":
        return self.confirmations.order_by("-pk").first()

    def status(self, days: StatusDays | None = None) -> DerivedStatus:
        """What follows from dates and events (domain.md invariant 8), today or on the day of `days`."""
        if self.state in CARRIED_OUT:
            return DerivedStatus(self.effect or DerivedStatus.VERIFIED)
        if self.state in SETTLED:
            return SETTLED[RecommendationState(self.state)]
        return (days or status_days()).status_of(self.due_date)

    @cached_property
    def effect(self) -> str:
        """The status that later audits give it, or nothing; lists read it along (`telling_effects`)."""
        return str(getattr(self._as_lists_read_it(), "effect", ""))

    @cached_property
    def is_escalated(self) -> bool:
        """Whether a senior manager was told that it is late; lists read it along (`telling_effects`)."""
        return bool(getattr(self._as_lists_read_it(), "is_escalated", False))

    def _as_lists_read_it(self) -> "Recommendation | None":
        return type(self).objects.filter(pk=self.pk).telling_effects().first()

    @transition(state, source=RecommendationState.DRAFT, target=RecommendationState.ISSUED)
    def issue(self) -> None:
        self.issued_at = timezone.now()
        self.original_due_date = self.due_date

    @transition(state, source=RecommendationState.ISSUED, target=RecommendationState.ACKNOWLEDGED)
    def acknowledge(self) -> None:
        """The owner has seen it and takes it on."""

    @transition(state, source=OPEN, target=RecommendationState.ISSUED)
    def hand_over(self, owner: Any) -> None:
        """Somebody else sees to it from now on, and says anew that they take it on."""
        self.owner = owner

    @transition(
        state,
        source=[RecommendationState.ACKNOWLEDGED, RecommendationState.RETURNED],
        target=RecommendationState.IN_PROGRESS,
    )
    def start_work(self) -> None:
        """Something is being done."""

    @transition(
        state,
        source=[
            RecommendationState.ACKNOWLEDGED,
            RecommendationState.IN_PROGRESS,
            RecommendationState.RETURNED,
        ],
        target=RecommendationState.COMPLETION_CONFIRMED,
    )
    def confirm_completion(self) -> None:
        """The owner says in writing what was done (domain.md A44)."""

    @transition(
        state,
        source=RecommendationState.COMPLETION_CONFIRMED,
        target=RecommendationState.RETURNED,
    )
    def send_back(self) -> None:
        """The statement does not yet show that it was done."""

    @transition(
        state,
        source=RecommendationState.COMPLETION_CONFIRMED,
        target=RecommendationState.VERIFIED,
    )
    def verify(self, verifier: Any) -> None:
        self.verified_by = verifier
        self.verified_at = timezone.now()

    @transition(state, source=RecommendationState.VERIFIED, target=RecommendationState.CLOSED)
    def close(self) -> None:
        """Nothing more is asked; its test in a later audit may still come."""

    @transition(state, source=OPEN, target=RecommendationState.NOT_ACCEPTED)
    def refuse(self) -> None:
        """Not accepted, with a reason, approved by a senior manager and told to the board."""

    @transition(state, source=OPEN, target=RecommendationState.SUPERSEDED)
    def supersede(self, by: "Recommendation") -> None:
        self.superseded_by = by
