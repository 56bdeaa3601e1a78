"""Whether a draw came late: T−35 leaves workers time to prepare (domain.md A5)."""

from datetime import date

from django.utils import timezone

from learning.programme.models import AuditCycle
from learning.selection.models import SelectionDraw


def lateness_of(cycle: AuditCycle, draw: SelectionDraw | None) -> str:
    """A sentence when the draw came late, or is late now; empty when it did not.

    What counts is the day for which it was planned when it was made, as the certificate says it.
    """
    if draw is not None and draw.drawn_at:
        planned = (draw.certificate or {}).get("due_on")
        due = date.fromisoformat(planned) if planned else None
        late = (timezone.localdate(draw.drawn_at) - due).days if due else 0
        return f"Drawn late: {_days(late)} after {due:%-d %B %Y}." if late > 0 else ""
    due = cycle.draw_due_date
    if due is None or not cycle.is_before_the_days or due >= timezone.localdate():
        return ""
    return f"The draw is late: it was planned for {due:%-d %B %Y}."


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
