"""Writing the access log. Ids and actions only: no content is ever in it."""

from typing import Any, TypeVar

from django.db import models
from django.http import Http404

from learning.access.models import AccessEvent

Thing = TypeVar("Thing", bound=models.Model)


def record_access(
    *, user: Any, action: AccessEvent.Action, about: models.Model | None = None
) -> AccessEvent:
    """The new row; `about` is the object that was seen, changed or refused."""
    return AccessEvent.objects.create(
        user_id=user.pk if user is not None and user.pk else None,
        action=action,
        object_type=about._meta.label_lower if about is not None else "",
        object_id=str(about.pk) if about is not None and about.pk else "",
    )


def reach(user: Any, visible: models.QuerySet[Thing], **lookup: Any) -> Thing:
    """The one restricted object of `visible` that fits, with this look logged.

    `visible` is what `visible_to(user)` gave. Missing and forbidden look the same: `Http404`, and what
    was refused is logged.
    """
    thing = visible.filter(**lookup).first()
    if thing is None:
        hidden = visible.model._default_manager.filter(**lookup).first()
        record_access(user=user, action=AccessEvent.Action.REFUSED, about=hidden)
        raise Http404
    record_access(user=user, action=AccessEvent.Action.VIEWED, about=thing)
    return thing
