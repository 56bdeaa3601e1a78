"""Which recommendations somebody may read, and the status of many at once (domain.md E5, E7)."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When

from learning.people.roles import Role
from learning.programme.models import AuditPair
from learning.programme.permissions import open_to_auditors
from learning.recommendations.effects import effect_status
from learning.recommendations.states import (
    CARRIED_OUT,
    OPEN,
    SETTLED,
    DerivedStatus,
    RecommendationState,
    Rung,
)
from learning.recommendations.status_days import StatusDays
from learning.vocabulary.choices import RecommendationLevel

if TYPE_CHECKING:
    from learning.recommendations.models import Recommendation  # noqa: F401 (ruff reads its name as text)


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    """The only way to recommendations is through `visible_to`."""

    def visible_to(self, user: Any) -> "RecommendationQuerySet":
        """Domain.md E7, rows “recommendation”: the QA office all; an owner, the pair that wrote it, the
        worker of the case and the line managers theirs; senior managers what the people below them own;
        they, line managers and boards what is not about one case. Being a superuser opens nothing."""
        if not user.is_authenticated:
            return self.none()
        if user.has_role(Role.LEAD_QA, Role.QA_OFFICER, Role.AUDIT_ADMIN):
            return self
        issued = ~Q(state=RecommendationState.DRAFT)
        may = Q(owner=user) | Q(submission__case__worker=user)
        if user.has_role(Role.LINE_MANAGER):
            may |= Q(owner__line_manager=user) | Q(submission__case__worker__line_manager=user)
        if user.has_role(Role.SENIOR_MANAGER):
            may |= Q(owner__line_manager=user) | Q(owner__line_manager__line_manager=user)
        if user.has_role(Role.SENIOR_MANAGER, Role.BOARD_MEMBER, Role.LINE_MANAGER):
            may |= ~Q(level=RecommendationLevel.CASE)
        return self.filter((may & issued) | self._written_by(user))

    def open(self) -> "RecommendationQuerySet":
        """Issued and not yet confirmed in writing."""
        return self.filter(state__in=OPEN)

    def having(self, status: DerivedStatus, days: StatusDays) -> "RecommendationQuerySet":
        """Those of this status, as `Recommendation.status` derives it."""
        return self.telling_effects().filter(_having(status, days))

    def escalated(self) -> "RecommendationQuerySet":
        """Open ones of which a senior manager was told that they are late."""
        return self.telling_effects().filter(Q(("is_escalated", True)))

    def status_counts(self, days: StatusDays) -> dict[DerivedStatus, int]:
        """How many there are of each status; one query."""
        counted = (
            self.order_by()
            .telling_effects()
            .aggregate(
                **{
                    status.value: Count("pk", filter=_having(status, days))
                    for status in DerivedStatus
                }
            )
        )
        return {status: counted[status.value] for status in DerivedStatus}

    def telling_status(self, days: StatusDays) -> "RecommendationQuerySet":
        """With the derived status of each as `derived`, for lists that ask it of many."""
        cases = [When(_having(status, days), then=Value(status.value)) for status in DerivedStatus]
        return self.telling_effects().annotate(
            derived=Case(*cases, output_field=models.CharField())
        )

    def telling_effects(self) -> "RecommendationQuerySet":
        """With what happened around each: `effect`, the status that later audits give it, and `is_escalated`:
        open, and a senior manager was told that it is late (domain.md E5)."""
        told = self.model._default_manager.filter(
            pk=OuterRef("pk"),
            state__in=OPEN,
            follow_ups__rung=Rung.SENIOR,
            follow_ups__sent_at__isnull=False,
            follow_ups__for_due_date=F("due_date"),
        )
        return self.annotate(effect=effect_status(), is_escalated=Exists(told))

    def _written_by(self, user: Any) -> Q:
        """What the person's pair wrote, until auditors stop reading, and their own drafts of no case."""
        of_pair = Q(submission__case__pair__in=AuditPair.objects.filter(members__person=user))
        still = Q(cycle__in=open_to_auditors().values("pk"))
        return (of_pair & still) | Q(drafted_by=user, submission__isnull=True)


def _having(status: DerivedStatus, days: StatusDays) -> Q:
    """The status as a question to the database, of rows that tell their effects."""
    if status in (DerivedStatus.IMPACT_PENDING, DerivedStatus.IMPACT_SHOWN):
        return Q(state__in=CARRIED_OUT, effect=status)
    if status == DerivedStatus.VERIFIED:
        return Q(state__in=CARRIED_OUT, effect="")
    if status not in days.spans:
        return Q(state__in=[state for state, settled in SETTLED.items() if settled == status])
    first, end = days.spans[status]
    return Q(state__in=OPEN, due_date__gte=first, due_date__lt=end)
