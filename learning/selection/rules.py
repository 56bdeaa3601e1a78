"""What the portal itself leaves out of a draw, whoever loads the list (domain.md E2)."""

from datetime import date

from django.utils import timezone

from learning.events.months import add_months
from learning.programme.models import AuditCycle
from learning.programme.settings import AuditSettings
from learning.selection.frames.cells import same_child
from learning.selection.models import CaseKey, FrameCase
from learning.selection.states import AUDITED_STATES, ExclusionReason, SelectionRoute
from learning.vocabulary.models import AreaOfWork


class Rule:
    """The rule of one cycle; what it rests on is looked up once."""

    def __init__(self, cycle: AuditCycle) -> None:
        self.recent = _recently_audited(cycle)
        self.window_starts = _window_start(cycle)

    def reason_against(
        self, area: AreaOfWork | None, closed_on: date | None, council_id: str
    ) -> str:
        """Why a random draw may not take this child; empty when nothing speaks against it."""
        if area is None:
            return ExclusionReason.NO_AREA
        if closed_on and closed_on < self.window_starts:
            return ExclusionReason.CLOSED
        if same_child(council_id) in self.recent:
            return ExclusionReason.AUDITED_RECENTLY
        return ""

    def reason_against_case(self, case: FrameCase) -> str:
        """The same of a case of the list. A re-audit may take one that was audited lately."""
        reason = self.reason_against(case.area, case.closed_on, case.key.council_id)
        is_wanted = case.route == SelectionRoute.RE_AUDIT
        return "" if is_wanted and reason == ExclusionReason.AUDITED_RECENTLY else reason


def _recently_audited(cycle: AuditCycle) -> set[str]:
    """Children whose case was audited in the months before, as the key table knows them."""
    since = add_months(_first_day(cycle), -AuditSettings.load().audited_within_months)
    keys = CaseKey.objects.filter(
        case__sampled__state__in=AUDITED_STATES,
        case__sampled__cycle__days__date__gte=since,
    ).exclude(case__sampled__cycle=cycle)
    return {same_child(number) for number in keys.values_list("council_id", flat=True)}


def _window_start(cycle: AuditCycle) -> date:
    """The first day of the months that the audit looks back on."""
    return add_months(_first_day(cycle), -AuditSettings.load().window_months)


def _first_day(cycle: AuditCycle) -> date:
    return cycle.first_day or timezone.localdate()
