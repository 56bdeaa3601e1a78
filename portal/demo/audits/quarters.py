"""When everything happened in the demo borough. The dates are fixed: the demo is the same on each day."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

FIRST_DAYS = {
    "2024-Q4": date(2024, 11, 20),
    "2025-Q1": date(2025, 2, 19),
    "2025-Q2": date(2025, 5, 21),
    "2025-Q3": date(2025, 8, 20),
    "2025-Q4": date(2025, 11, 19),
    "2026-Q1": date(2026, 2, 18),
    "2026-Q2": date(2026, 5, 20),
    "2026-Q3": date(2026, 8, 19),
    "2026-Q4": date(2026, 11, 18),
}
"""The first of two days, always a Wednesday."""

UNDER_WAY = "2026-Q4"
CLOSED = [ref for ref in FIRST_DAYS if ref != UNDER_WAY]
WHY_ONE_CYCLE = "Audit days in this form began in the last quarter of the year."

STEPS = {
    "open_call": -60,
    "agree_team": -38,
    "open_selection": -36,
    "promise": -36,
    "draw": -35,
    "tell": -33,
    "recording": -12,
    "attendance": -9,
    "declare_ready": -5,
    "allocate": -4,
    "acknowledge": -3,
    "begin_days": 0,
    "finish_days": 2,
    "sign_off": 6,
    "share": 7,
    "reply": 12,
    "finish_quality_assurance": 9,
    "issue": 9,
    "family": 20,
    "finish_family_feedback": 30,
    "complete": 30,
    "lock": 33,
    "send_to_boards": 42,
    "publish_learning": 68,
    "close": 75,
}
"""Days from the first day, as the countdown has them."""

HASTE = dict.fromkeys(("sign_off", "share", "reply", "issue", "family", "complete", "lock"), 2)
"""In the cycle under way the first audits were signed off on the day after the second day, and what
follows had happened by its evening: so that each state can be looked at."""


@dataclass(frozen=True)
class Pace:
    """The days of one cycle."""

    first: date
    other: dict[str, int] = field(default_factory=dict)

    def day(self, step: str) -> date:
        """The day on which this step was taken."""
        return self.first + timedelta(days=self.other.get(step, STEPS[step]))

    def at(self, step: str, hour: int = 10, minute: int = 0) -> datetime:
        return moment(self.day(step), hour, minute)


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=UTC)


def pace_of(ref: str) -> Pace:
    """The days of the cycle with this reference."""
    return Pace(FIRST_DAYS[ref], HASTE if ref == UNDER_WAY else {})
