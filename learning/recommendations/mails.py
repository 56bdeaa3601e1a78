"""Mail about recommendations: a reference and a link, never what it is about (domain.md D7)."""

from typing import Any

from learning.people.mailing import mail_once_saved, whole_address
from learning.recommendations.models import Recommendation


def tell(*, person: Any, recommendation: Recommendation, subject: str, words: str) -> None:
    """Mails the person once the step has been saved; somebody who no longer signs in gets nothing."""
    body = f"{words}\n\n{address_of(recommendation)}\n"
    mail_once_saved(person, f"{recommendation.ref}: {subject}", body)


def address_of(recommendation: Recommendation) -> str:
    """The address of its page, whole, for a mail."""
    return whole_address(recommendation.get_absolute_url())
