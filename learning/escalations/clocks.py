"""The three clocks of an escalation: until when, how long still, and whether it was in time (domain.md E4).

A clock that nobody can meet teaches people to pass alarms over. So the first one runs on past the end of the
day once it has begun, and what is raised at night or at a weekend begins when the office opens.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from learning.escalations.models import Escalation
from learning.escalations.states import EscalationState
from learning.events.working_days import add_working_days, is_working_day
from learning.programme.settings import AuditSettings


@dataclass(frozen=True)
class Clock:
    """One of the three: what it is about, when it began, its end, and when it was met, if it was."""

    what: str
    began_at: datetime
    due_at: datetime
    met_at: datetime | None

    @property
    def is_running(self) -> bool:
        return self.met_at is None

    def is_late(self, now: datetime) -> bool:
        """Whether it ran out, or was met after its end."""
        return (self.met_at or now) > self.due_at

    def words(self, now: datetime) -> str:
        """Where it stands: “To be conveyed by 11:40, in 1 h 5 min”."""
        by = moment_in_words(self.due_at, now)
        if self.met_at is not None:
            return self._met_in_words(self.met_at, now)
        if self.is_late(now):
            return f"To be {self.what} by {by}: {span_in_words(now - self.due_at)} late"
        return f"To be {self.what} by {by}, in {span_in_words(self.due_at - now)}"

    def _met_in_words(self, met_at: datetime, now: datetime) -> str:
        took = span_in_words(met_at - self.began_at)
        late = f", {span_in_words(met_at - self.due_at)} late" if self.is_late(now) else ", in time"
        return f"{self.what.capitalize()} {moment_in_words(met_at, now)}, after {took}{late}"


def opens_at(escalation: Escalation, numbers: AuditSettings) -> datetime | None:
    """When the office opens, if it was closed when this was raised."""
    opens = _when_open(escalation.raised_at, numbers)
    return opens if opens > escalation.raised_at else None


def clocks_of(escalation: Escalation, numbers: AuditSettings) -> list[Clock]:
    """Those that have begun, in their order."""
    raised = escalation.raised_at
    clocks = [Clock("conveyed", raised, convey_by(raised, numbers), escalation.conveyed_at)]
    conveyed, deadline = escalation.conveyed_at, escalation.deadline
    given = escalation.with_recipient_since
    if conveyed and given and deadline:
        end = acknowledge_by(given, numbers)
        clocks.append(Clock("acknowledged", given, end, escalation.acknowledged_at))
        clocks.append(Clock("done and reported", conveyed, deadline, escalation.action_reported_at))
    return clocks


def running_clock(escalation: Escalation, numbers: AuditSettings) -> Clock | None:
    """The one that runs now: nothing while the lead looks at what was reported, and after that."""
    place = {
        EscalationState.RAISED: 0,
        EscalationState.CONVEYED: 1,
        EscalationState.ACKNOWLEDGED: 2,
    }.get(EscalationState(escalation.state))
    return None if place is None else clocks_of(escalation, numbers)[place]


def convey_by(raised_at: datetime, numbers: AuditSettings) -> datetime:
    """So many hours after it was raised; after the office has opened, if it was raised while closed."""
    return _when_open(raised_at, numbers) + timedelta(hours=numbers.escalation_convey_hours)


def acknowledge_by(conveyed_at: datetime, numbers: AuditSettings) -> datetime:
    """The same time of day so many working days later, within the hours of the office."""
    local = timezone.localtime(conveyed_at)
    day = add_working_days(local.date(), numbers.escalation_acknowledge_days)
    time = max(numbers.office_opens_at, min(local.time(), numbers.office_closes_at))
    return timezone.make_aware(datetime.combine(day, time))


def _when_open(moment: datetime, numbers: AuditSettings) -> datetime:
    """The moment itself while the office is open; else when it opens next."""
    local = timezone.localtime(moment)
    day = local.date()
    if is_working_day(day):
        if local.time() < numbers.office_opens_at:
            return timezone.make_aware(datetime.combine(day, numbers.office_opens_at))
        if local.time() < numbers.office_closes_at:
            return moment
    next_day = add_working_days(day, 1)
    return timezone.make_aware(datetime.combine(next_day, numbers.office_opens_at))


def span_in_words(span: timedelta) -> str:
    """How long that is, as one says it: minutes, hours and minutes, or days and hours."""
    minutes = max(0, round(span.total_seconds() / 60))
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [(days, "d"), (hours, "h"), (0 if days else minutes, "min")]
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "less than a minute"


def moment_in_words(moment: datetime, now: datetime) -> str:
    """The time alone today; with the day on another."""
    local = timezone.localtime(moment)
    if local.date() == timezone.localdate(now):
        return f"{local:%H:%M}"
    return f"{local:%H:%M on %-d %B}"
