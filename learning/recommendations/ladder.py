"""Which rungs of the follow-up ladder have come due, and whom each is for (domain.md A45, E5)."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from learning.events.working_days import add_working_days
from learning.people.directory import Directory
from learning.people.models import StaffMember
from learning.programme.settings import AuditSettings
from learning.recommendations.decision_models import ExtensionRequest
from learning.recommendations.follow_up_models import FollowUp, FollowUpPause
from learning.recommendations.models import Recommendation
from learning.recommendations.querysets import RecommendationQuerySet
from learning.recommendations.states import Rung


def ladder() -> dict[Rung, int]:
    """Each rung and its day: working days from the due date, as the service has set them."""
    days = AuditSettings.load()
    return {
        Rung.REMINDER: -days.reminder_days_before,
        Rung.DUE: 0,
        Rung.OWNER: days.owner_days_after,
        Rung.MANAGER: days.manager_days_after,
        Rung.SENIOR: days.senior_days_after,
        Rung.BOARD: days.board_days_after,
    }


def unpaused(on: date) -> RecommendationQuerySet:
    """Recommendations whose ladder runs on that day: open, and not paused by the latest pause."""
    pauses = FollowUpPause.objects.filter(recommendation=OuterRef("pk")).order_by("-pk")
    running = Recommendation.objects.open().annotate(
        paused_until=Subquery(pauses.values("until")[:1])
    )
    return running.filter(Q(paused_until__isnull=True) | Q(paused_until__lt=on))


def due_rungs(on: date) -> list[FollowUp]:
    """The rungs that have come due by that day and stand nowhere yet, unsaved, with their recipients."""
    rungs, recipients = ladder(), Recipients()
    latest = add_working_days(on, -min(rungs.values()))
    rows = unpaused(on).filter(due_date__lte=latest).select_related("cycle")
    known = _recorded(rows)
    return [
        _follow_up(row, rung, day, recipients)
        for row in rows.annotate(date_set_at=_date_set_at())
        for rung, day in _days_of(row, rungs)
        if day <= on
        and (row.pk, rung, row.due_date) not in known
        and not _is_idle(row, rung, day, on)
    ]


def waiting(on: date) -> QuerySet[FollowUp]:
    """Recorded rungs that nobody has been told of yet, and that still matter on that day."""
    still = unpaused(on).filter(pk=OuterRef("recommendation"), due_date=OuterRef("for_due_date"))
    return FollowUp.objects.filter(Exists(still), sent_at__isnull=True, due_on__lte=on)


def _days_of(row: Recommendation, rungs: dict[Rung, int]) -> list[tuple[Rung, date]]:
    return [(rung, add_working_days(row.due_date, count)) for rung, count in rungs.items()]


def _recorded(rows: RecommendationQuerySet) -> set[tuple[int, str, date]]:
    found = FollowUp.objects.filter(recommendation__in=rows.values("pk"))
    return set(found.values_list("recommendation_id", "rung", "for_due_date"))


def _date_set_at() -> Any:
    """When the due date that counts now was set by an extension; nothing when it is that of the issue."""
    granted = ExtensionRequest.objects.filter(recommendation=OuterRef("pk"), is_granted=True)
    return Subquery(granted.order_by("-pk").values("decided_at")[:1])


def _is_idle(row: Any, rung: Rung, day: date, on: date) -> bool:
    """A reminder whose day had gone by when the date was set: whoever set it has just told the owner."""
    set_at = row.date_set_at or row.issued_at
    return rung == Rung.REMINDER and on < row.due_date and day < timezone.localdate(set_at)


def _follow_up(row: Recommendation, rung: Rung, day: date, recipients: "Recipients") -> FollowUp:
    recipient, is_stand_in = recipients.recipient_of(row, rung)
    return FollowUp(
        recommendation=row,
        rung=rung,
        for_due_date=row.due_date,
        due_on=day,
        recipient=recipient,
        is_stand_in=is_stand_in,
    )


class Recipients(Directory):
    """Who hears of which rung, looked up once for a whole round."""

    def recipient_of(self, row: Recommendation, rung: Rung) -> tuple[StaffMember | None, bool]:
        """Who hears of this rung; the lead, as a stand-in, when nobody of that kind can be reached."""
        right = self.reachable(self._right_one(row, rung))
        return (right, False) if right else (self._lead(row), True)

    def _right_one(self, row: Recommendation, rung: Rung) -> int | None:
        if rung == Rung.BOARD:
            lead = self._lead(row)
            return lead.pk if lead else None
        if rung == Rung.MANAGER:
            return self.manager_of(row.owner_id)
        return self._senior_above(row.owner_id) if rung == Rung.SENIOR else row.owner_id

    def _senior_above(self, owner_id: int) -> int | None:
        """The first senior manager above the owner's manager; else the manager, if that is one."""
        manager = self.manager_of(owner_id)
        above = self.seniors_above(manager)
        if above:
            return above[0]
        return manager if manager in self.seniors else None

    def _lead(self, row: Recommendation) -> StaffMember | None:
        """The cycle's lead, its deputy, or another lead: the first who can be reached."""
        return self.first_reachable([row.cycle.lead_id, row.cycle.deputy_id, *self.leads])
