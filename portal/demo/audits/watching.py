"""What waits for information governance: an audit that was opened, and a list of what is due to go."""

from datetime import date, timedelta

from learning.openings.models import Opening
from learning.openings.states import OpeningKind, OpeningState
from learning.programme.models import AuditCycle
from learning.retention.models import DisposalItem, DisposalList
from learning.retention.states import DisposalKind, ListState
from learning.submissions.models import AuditSubmission
from portal.demo.audits.cast import Cast
from portal.demo.audits.cycles import IT_CONTACT, LEAD
from portal.demo.audits.quarters import CLOSED, moment
from portal.demo.audits.shelf import Shelf

OPENED = moment(date(2026, 11, 19), 21)
WHY_OPENED = (
    "A page of this audit came up empty twice. I looked whether its words were still there."
)
DRAWN_UP, CHECKED = moment(date(2026, 11, 2), 3), moment(date(2026, 11, 16), 10)
NUMBERS_NOBODY_NEEDS = CLOSED[:3]
"""Cycles that closed more than a year before the list, all of their recommendations verified."""


def leave_to_governance(cast: Cast) -> None:
    """Neither has been looked at by information governance yet."""
    shelf = Shelf()
    _open_an_audit(shelf, cast)
    _list_what_is_due(shelf, cast)
    shelf.put_down()


def _open_an_audit(shelf: Shelf, cast: Cast) -> None:
    """By break-glass, for an hour, which is over."""
    of_cycle = AuditSubmission.objects.filter(case__cycle__ref=CLOSED[-1])
    opening = Opening.objects.create(
        submission=of_cycle.order_by("case__ref")[0],
        kind=OpeningKind.BREAK_GLASS,
        asked_by=cast[IT_CONTACT],
        asked_at=OPENED,
        reason=WHY_OPENED,
        state=OpeningState.OPENED,
        opened_at=OPENED,
        expires_at=OPENED + timedelta(hours=1),
    )
    for action in ("opening.asked", "opening.open"):
        shelf.event(OPENED, cast[IT_CONTACT], action, opening)


def _list_what_is_due(shelf: Shelf, cast: Cast) -> None:
    """Drawn up by the timer, and checked by the lead."""
    due = DisposalList.objects.create(drawn_up_at=DRAWN_UP)
    for cycle in AuditCycle.objects.filter(ref__in=NUMBERS_NOBODY_NEEDS).order_by("ref"):
        DisposalItem.objects.create(list=due, kind=DisposalKind.KEYS, cycle=cycle)
    DisposalList.objects.filter(pk=due.pk).update(
        state=ListState.CHECKED, checked_by=cast[LEAD], checked_at=CHECKED
    )
    shelf.event(DRAWN_UP, None, "disposallist.draw_up", due)
    shelf.event(CHECKED, cast[LEAD], "disposallist.check_through", due)
