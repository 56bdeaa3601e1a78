"""Retention on one page, and what waits for whom."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.work import WorkItem, WorkKind
from learning.programme.settings import AuditSettings
from learning.retention.due import DUE, log_limit, log_rows_before
from learning.retention.models import DisposalItem, DisposalList, LegalHold
from learning.retention.services import user_can_approve
from learning.retention.states import OPEN_LISTS, DisposalKind, ListState


@dataclass(frozen=True)
class Kept:
    """One kind: how long it is kept, and how many of it are due."""

    what: str
    how_long: str
    due: int


def kept_kinds() -> list[Kept]:
    """Every kind with its time and what is due of it now."""
    settings = AuditSettings.load()
    counted = [(kind, due.months, due.things().count()) for kind, due in DUE.items()]
    log = log_rows_before(log_limit()).count()
    counted.append((DisposalKind.ACCESS_LOG, "keep_access_log_months", log))
    return [
        Kept(str(kind.label), f"{getattr(settings, months)} months", count)
        for kind, months, count in counted
    ]


def running_holds() -> Any:
    return LegalHold.objects.running().select_related(
        "submission__case", "spot_check", "cycle", "placed_by"
    )


def items_of(disposal: DisposalList) -> Any:
    """What stands on the list, with all that a line shows."""
    around = ("submission__case", "spot_check", "cycle")
    of_recommendations = ("recommendation__submission__case", "recommendation__cycle")
    return disposal.items.select_related(*around, *of_recommendations).order_by("kind", "pk")


def totals_of(disposal: DisposalList) -> dict[str, int]:
    """How many of what went, over the whole list: the heart of the certificate."""
    totals: dict[str, int] = {}
    for counts in disposal.items.filter(done_at__isnull=False).values_list("counts", flat=True):
        for name, count in counts.items():
            totals[name] = totals.get(name, 0) + count
    return dict(sorted(totals.items()))


def disposal_of(submission: Any) -> DisposalItem | None:
    """When the text of this audit went; None while it stands."""
    gone = DisposalItem.objects.filter(
        submission=submission, kind=DisposalKind.AUDIT, done_at__isnull=False
    )
    return gone.select_related("list").first()


def waiting_for(person: Any) -> list[WorkItem]:
    """The open list for whose turn it is, and holds to look at again; two queries."""
    if not holds(person, Right.SEE_RETENTION):
        return []
    lists = DisposalList.objects.filter(state__in=OPEN_LISTS)
    items = [_work(person, row) for row in lists]
    today = timezone.localdate()
    due = Q(review_on__lte=today)
    for hold in running_holds().filter(due):
        ref = hold.about
        items.append(
            WorkItem(
                f"Look again at why {ref} is held back",
                hold.get_absolute_url(),
                WorkKind.DECIDE,
                words="It is kept beyond its time. Say whether it still has to be.",
                due=hold.review_on,
            )
        )
    return [item for item in items if item is not None]


def _work(person: Any, disposal: DisposalList) -> WorkItem | None:
    url, since = disposal.get_absolute_url(), timezone.localdate(disposal.drawn_up_at)
    if disposal.state == ListState.DRAWN_UP and holds(person, Right.CHECK_DISPOSAL):
        title = "Check the list of what is due to be disposed of"
        words = "Take off what must be kept. Somebody else approves the list after you."
        return WorkItem(title, url, WorkKind.DECIDE, words=words, since=since)
    if disposal.state == ListState.CHECKED and user_can_approve(person, disposal):
        title = "Approve the list of what is due to be disposed of"
        words = "A colleague has checked it. You are the second person."
        return WorkItem(title, url, WorkKind.DECIDE, words=words, since=since)
    return None
