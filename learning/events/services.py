"""Recording what happened."""

from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import Cast

from learning.events.models import Event


def events_about(thing: models.Model) -> models.QuerySet[Event]:
    """What happened to this thing, in no order."""
    return Event.objects.filter(object_type=thing._meta.label_lower, object_id=str(thing.pk))


def events_about_each(model: type[models.Model], key: str = "pk") -> models.QuerySet[Event]:
    """What happened to the row of `model` whose primary key an outer query has under `key`, in no order."""
    return Event.objects.filter(
        object_type=model._meta.label_lower, object_id=Cast(OuterRef(key), models.CharField())
    )


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
