"""What waits for somebody in openings, as “My work” shows it."""

from typing import Any

from django.utils import timezone

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.work import WorkItem, WorkKind
from learning.openings.models import Opening
from learning.openings.services import user_can_decide
from learning.openings.states import OpeningKind, OpeningState


def waiting_for(person: Any) -> list[WorkItem]:
    """What this person has to look at, and what they decide; none for those who do neither."""
    if not holds(person, Right.SEE_OPENINGS):
        return []
    looks = Opening.objects.to_look_at_by(person).select_related("submission__case", "asked_by")
    items = [_item("Look at why audit {ref} was opened", "Opened by", row) for row in looks]
    asked = _to_decide(person)
    return items + [_item("Decide who may read audit {ref}", "Asked for by", row) for row in asked]


def _item(title: str, by: str, opening: Opening) -> WorkItem:
    return WorkItem(
        title.format(ref=opening.submission.case.ref),
        opening.get_absolute_url(),
        WorkKind.DECIDE,
        words=f"{by} {opening.asked_by}.",
        since=timezone.localdate(opening.asked_at),
    )


def _to_decide(person: Any) -> list[Opening]:
    if not holds(person, Right.DECIDE_OPENING):
        return []
    asked = Opening.objects.filter(kind=OpeningKind.REQUEST, state=OpeningState.ASKED)
    near = ("asked_by", "submission__case__worker", "submission__case__pair")
    return [row for row in asked.select_related(*near) if user_can_decide(person, row)]
