"""Between a council's number and a pseudonym: one way here, the other way only with a reason, and logged."""

from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.crypto import salted_hmac

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.models import AccessEvent
from learning.access.services import record_access
from learning.events.services import record_event
from learning.selection.frames.cells import same_child
from learning.selection.models import CaseKey, FrameCase, SelectionDraw

LENGTH = 20


class KeyReason(models.TextChoices):
    """Why somebody looks up which child a case is. A list, so that no reason can hold a name."""

    OPEN_RECORD = "open_record", "The pair needs it to open the record"
    TELL_WORKER = "tell_worker", "The worker asks which child it is"
    FAMILY = "family", "To ask the family for their views"
    CONCERN = "concern", "Somebody may be at risk"
    CHECK = "check", "To check the list against the case system"


class Keyed(Protocol):
    """What has a case of the list: a drawn case, or a spot check."""

    case_id: int


def child_pseudonym(draw: SelectionDraw, council_id: str) -> str:
    """The same child has the same pseudonym within a draw and another in the next."""
    return _pseudonym(draw, "child", same_child(council_id))


def family_pseudonym(draw: SelectionDraw, family: str) -> str:
    return _pseudonym(draw, "family", same_child(family)) if family else ""


def worker_reference(draw: SelectionDraw, name: str) -> str:
    """What stands for a worker whom the portal does not know."""
    return _pseudonym(draw, "worker", name.casefold()) if name else ""


def _pseudonym(draw: SelectionDraw, kind: str, value: str) -> str:
    """The portal's secret is the key, so that nobody finds a number by trying all numbers."""
    salt = f"learning.selection.{kind}.{draw.seed_hash}"
    return salted_hmac(salt, value, algorithm="sha256").hexdigest()[:LENGTH]


def case_with_number(draw: SelectionDraw, council_id: str) -> FrameCase | None:
    """The case of the frame with this number, found by its pseudonym."""
    pseudonym = child_pseudonym(draw, council_id)
    return FrameCase.objects.filter(frame__draw=draw, pseudonym=pseudonym).first()


def look_up_key(*, case: Keyed, looked_up_by: Any, reason: KeyReason) -> str:
    """The council's number of the case. Each look, and each refusal, is in the access log."""
    refuse_key(case=case, user=looked_up_by)
    with transaction.atomic():
        key = CaseKey.objects.get(case_id=case.case_id)
        record_access(user=looked_up_by, action=AccessEvent.Action.VIEWED, about=key)
        record_event(actor=looked_up_by, action="casekey.look_up", about=key, reason=reason.label)
        return key.council_id


def refuse_key(*, case: Keyed, user: Any) -> None:
    """`PermissionDenied`, with a line in the access log, for anybody but a QA officer."""
    if holds(user, Right.CASE_KEY):
        return
    key = CaseKey.objects.filter(case_id=case.case_id).first()
    record_access(user=user, action=AccessEvent.Action.REFUSED, about=key)
    raise PermissionDenied(Right.CASE_KEY.value.words)
