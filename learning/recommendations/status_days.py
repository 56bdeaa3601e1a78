"""From which day a due date counts as overdue, due soon or on track (domain.md E5, invariant 8)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from learning.events.working_days import add_working_days, is_working_day
from learning.programme.settings import AuditSettings
from learning.recommendations.states import DerivedStatus


@dataclass(frozen=True)
class StatusDays:
    """Due dates before `overdue_before` are past; those before `soon_before` come soon."""

    overdue_before: date
    soon_before: date

    @property
    def spans(self) -> dict[DerivedStatus, tuple[date, date]]:
        """The first due date of each status, and the day after the last."""
        return {
            DerivedStatus.OVERDUE: (date.min, self.overdue_before),
            DerivedStatus.DUE_SOON: (self.overdue_before, self.soon_before),
            DerivedStatus.ON_TRACK: (self.soon_before, date.max),
        }

    def status_of(self, due_date: date) -> DerivedStatus:
        return next(
            status for status, (first, end) in self.spans.items() if first <= due_date < end
        )


def status_days(on: date | None = None) -> StatusDays:
    """The days as they stand today, or stood on that day. Weekends and bank holidays make nothing late."""
    today = on or timezone.localdate()
    soon = AuditSettings.load().reminder_days_before
    return StatusDays(_latest_working_day(today), add_working_days(today, soon + 1))


def _latest_working_day(day: date) -> date:
    """This day, or the working day before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
