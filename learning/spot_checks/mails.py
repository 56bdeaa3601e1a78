"""Mail about spot checks: a reference and a link, never a word of the case."""

from collections.abc import Iterable
from typing import Any

from learning.people.mailing import mail_once_saved, whole_address
from learning.spot_checks.models import SpotCheck


def tell(people: Iterable[Any], check: SpotCheck, sentence: str) -> None:
    """Each of them alone, once the step has been saved."""
    body = f"{sentence}.\n\n{whole_address(check.get_absolute_url())}\n"
    for person in people:
        mail_once_saved(person, f"Spot check {check.ref}: {sentence}", body)
