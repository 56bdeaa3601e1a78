"""Recording what happened."""

from django.db import models

from learning.events.models import Event


def events_about(thing: models.Model) -> models.QuerySet[Event]:
    """What happened to this thing, in no order."""
    return Event.objects.filter(object_type=thing._meta.label_lower, object_id=str(thing.pk))


def record_event(
    *, actor: models.Model | None, action: str, about: models.Model, reason: str = ""
) -> Event:
    """The new row. `reason` is for steps backward and refusals; never case text (domain.md E)."""
    return Event.objects.create(
        actor_id=actor.pk if actor else None,
        action=action,
        object_type=about._meta.label_lower,
        object_id=str(about.pk),
        reason=reason,
    )
