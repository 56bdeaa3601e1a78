"""Mail about letters: a reference and a link, never a word of the letter (domain.md D7)."""

from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from learning.letters.models import GoodPracticeLetter


def tell(*, person: Any, letter: GoodPracticeLetter, subject: str, words: str) -> None:
    """Mails the person once the step has been saved; somebody who no longer signs in gets nothing."""
    if not person.may_sign_in:
        return
    address = f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{letter.get_absolute_url()}"
    body = f"{words}\n\n{address}\n"
    send = partial(send_mail, f"{letter.ref}: {subject}", body, None, [person.email])
    transaction.on_commit(send, robust=True)
