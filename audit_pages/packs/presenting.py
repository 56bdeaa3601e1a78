"""Recording that learning was presented, and reading it again (domain.md G3, D6)."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from audit_pages.packs.models import Pack
from audit_pages.packs.permissions import user_can_make_packs
from audit_pages.packs.presentation_models import Presentation
from learning.events.refusals import Refusal
from learning.events.services import record_event

SAID = ("presented_on", "team", "attended", "change")
"""What whoever presented says about it."""


class NotPresentedYet(Refusal):
    """The day has not come."""

    field = "presented_on"


@transaction.atomic
def record_presentation(
    *, recorded_by: Any, pack: Pack | None = None, briefing: Page | None = None, **said: Any
) -> Presentation:
    """The new row about this pack or this briefing. Raises `NotPresentedYet` for a day to come."""
    _require_past(said)
    shown = pack or briefing
    row = Presentation.objects.create(
        pack=pack,
        briefing=briefing,
        title=shown.title if shown else "",
        recorded_by=recorded_by,
        **said,
    )
    record_event(actor=recorded_by, action="presentation.recorded", about=row)
    return row


@transaction.atomic
def change_presentation(
    *, presentation: Presentation, changed_by: Any, **said: Any
) -> Presentation:
    """The row with what whoever presented says now. Raises `NotPresentedYet` for a day to come."""
    _require_past(said)
    for name in SAID:
        setattr(presentation, name, said[name])
    presentation.save(update_fields=SAID)
    record_event(actor=changed_by, action="presentation.changed", about=presentation)
    return presentation


def _require_past(said: dict[str, Any]) -> None:
    if said["presented_on"] > timezone.localdate():
        raise NotPresentedYet("This day is still to come. Record it when you have presented.")


def all_presentations() -> QuerySet[Presentation]:
    """What was presented to whom, the newest first: evidence that learning reached people."""
    return Presentation.objects.select_related("team", "recorded_by")


def presentations_of(pack: Pack) -> QuerySet[Presentation]:
    """Where this pack was presented, the newest first."""
    return all_presentations().filter(pack=pack)


def presented_by(user: Any) -> QuerySet[Presentation]:
    """What this person recorded, and may correct while their role makes packs."""
    if not user_can_make_packs(user):
        return Presentation.objects.none()
    return all_presentations().filter(recorded_by=user)
