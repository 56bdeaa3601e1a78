"""Writing the access log. Ids and actions only: no content is ever in it."""

from typing import Any

from django.db import models

from learning.access.models import AccessEvent


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
