"""Mail about recommendations: a reference and a link, never what it is about (domain.md D7)."""

from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from learning.recommendations.models import Recommendation


def tell(*, person: Any, recommendation: Recommendation, subject: str, words: str) -> None:
    """Mails the person once the step has been saved; somebody who no longer signs in gets nothing.

    A mail server that is away does not undo the step: the recommendation stands in “My work” as well.
    """
    if not person.may_sign_in:
        return
    body = f"{words}\n\n{address_of(recommendation)}\n"
    send = partial(send_mail, f"{recommendation.ref}: {subject}", body, None, [person.email])
    transaction.on_commit(send, robust=True)


def address_of(recommendation: Recommendation) -> str:
    """The address of its page, whole, for a mail."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{recommendation.get_absolute_url()}"
