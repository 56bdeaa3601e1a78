"""Mail about spot checks: a reference and a link, never a word of the case."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from learning.spot_checks.models import SpotCheck


def tell(people: Iterable[Any], check: SpotCheck, sentence: str) -> None:
    """Each of them alone, once the step has been saved."""
    address = f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{check.get_absolute_url()}"
    for person in people:
        if person.may_sign_in:
            subject = f"Spot check {check.ref}: {sentence}"
            send = partial(send_mail, subject, f"{sentence}.\n\n{address}\n", None, [person.email])
            transaction.on_commit(send, robust=True)


def leads_of(check: SpotCheck) -> list[Any]:
    """The lead of the coming cycle, and the deputy if there is one."""
    cycle = check.round.cycle
    return [person for person in (cycle.lead, cycle.deputy) if person is not None]
