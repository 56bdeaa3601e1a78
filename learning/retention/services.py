"""From what is due to what is gone: drawn up, checked by a lead, approved by another, carried out."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.events.services import record_event
from learning.events.steps import take_step
from learning.retention.due import everything_due, is_still_due
from learning.retention.emptying import empty
from learning.retention.models import DisposalItem, DisposalList, LegalHold
from learning.retention.refusals import RetentionNotPossible
from learning.retention.states import OPEN_LISTS, ListState

HELD = "It is held back."
NO_LONGER_DUE = "It is not due any more."


@transaction.atomic
def draw_up_list(*, drawn_up_by: Any | None) -> DisposalList:
    """A new list of everything that is due now. Refuses while one is open, and when nothing is due."""
    if drawn_up_by is not None and not holds(drawn_up_by, Right.CHECK_DISPOSAL):
        raise PermissionDenied(Right.CHECK_DISPOSAL.value.words)
    items = list(everything_due())
    if not items:
        raise RetentionNotPossible("Nothing is due: all is kept as long as the settings say.")
    new = _only_open_list(drawn_up_by)
    for item in items:
        item.list = new
    DisposalItem.objects.bulk_create(items)
    record_event(actor=drawn_up_by, action="disposallist.draw_up", about=new)
    return new


def _only_open_list(drawn_up_by: Any | None) -> DisposalList:
    """The new list; the database lets only one be open."""
    try:
        with transaction.atomic():
            return DisposalList.objects.create(drawn_up_by=drawn_up_by)
    except IntegrityError as error:
        raise RetentionNotPossible("A list is open already. See to that one first.") from error


@transaction.atomic
def check_list(*, disposal: DisposalList, checked_by: Any) -> DisposalList:
    """A lead has looked through it and held back what is still needed. Nothing joins it from now on."""
    if not holds(checked_by, Right.CHECK_DISPOSAL):
        raise PermissionDenied(Right.CHECK_DISPOSAL.value.words)
    return take_step(disposal, "check_through", actor=checked_by, checker=checked_by)


@transaction.atomic
def approve_list(*, disposal: DisposalList, approved_by: Any) -> DisposalList:
    """Somebody else says that it may go. It goes in the following night, or with `manage.py dispose`."""
    if not user_can_approve(approved_by, disposal):
        raise PermissionDenied(
            "Information governance approves, and never what they checked themselves."
        )
    return take_step(disposal, "approve", actor=approved_by, approver=approved_by)


def user_can_approve(user: Any, disposal: DisposalList) -> bool:
    return holds(user, Right.APPROVE_DISPOSAL) and disposal.checked_by_id != user.pk


@transaction.atomic
def set_list_aside(*, disposal: DisposalList, reason: str, set_aside_by: Any) -> DisposalList:
    """Nothing more of it goes. What is due comes onto the next list."""
    if not holds(set_aside_by, Right.SEE_RETENTION):
        raise PermissionDenied(Right.SEE_RETENTION.value.words)
    return take_step(disposal, "set_aside", actor=set_aside_by, reason=reason)


def open_list() -> DisposalList | None:
    return DisposalList.objects.filter(state__in=OPEN_LISTS).first()


def carry_out() -> list[DisposalItem]:
    """Disposes of what was approved, each thing in a transaction of its own; gives what was settled now.

    Cut off half-way, the next call goes on with what is left. Run by the timer at night.
    """
    approved = DisposalList.objects.filter(state=ListState.APPROVED).first()
    if approved is None:
        return []
    open_items = approved.items.filter(done_at__isnull=True, left_out_at__isnull=True)
    settled = [dispose(item=item) for item in open_items.order_by("pk")]
    _finish(approved)
    return [item for item in settled if item is not None]


@transaction.atomic
def dispose(*, item: DisposalItem) -> DisposalItem | None:
    """The item with what went, or with why it was left out; None when somebody else has settled it."""
    disposal = DisposalList.objects.select_for_update().get(pk=item.list_id)
    fresh = DisposalItem.objects.select_for_update().get(pk=item.pk)
    if disposal.state != ListState.APPROVED or fresh.is_settled:
        return None
    for thing in filter(None, [*fresh.holdable.values(), fresh.recommendation]):
        type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    reason = _why_not(fresh)
    if reason:
        fresh.left_out_at, fresh.left_out_because = timezone.now(), reason
        fresh.save()
        return fresh
    fresh.counts = empty(fresh, disposal.approved_by)
    fresh.done_at = timezone.now()
    fresh.save()
    record_event(actor=disposal.approved_by, action="disposalitem.dispose", about=fresh)
    return fresh


def _why_not(item: DisposalItem) -> str:
    """What changed since the list was drawn up: a hold, or a cycle that was opened again."""
    if _is_held(item):
        return HELD
    return "" if is_still_due(item) else NO_LONGER_DUE


def _is_held(item: DisposalItem) -> bool:
    running = LegalHold.objects.running()
    return any(running.filter(**{name: thing}).exists() for name, thing in item.holdable.items())


@transaction.atomic
def _finish(disposal: DisposalList) -> None:
    locked = DisposalList.objects.select_for_update().get(pk=disposal.pk)
    left = locked.items.filter(done_at__isnull=True, left_out_at__isnull=True)
    if locked.state == ListState.APPROVED and not left.exists():
        take_step(locked, "finish", actor=locked.approved_by)
