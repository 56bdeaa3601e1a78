"""Mail about letters: a reference and a link, never a word of the letter (domain.md D7)."""

from typing import Any

from learning.letters.models import GoodPracticeLetter
from learning.people.mailing import mail_once_saved, whole_address


def tell(*, person: Any, letter: GoodPracticeLetter, subject: str, words: str) -> None:
    """Mails the person once the step has been saved; somebody who no longer signs in gets nothing."""
    body = f"{words}\n\n{whole_address(letter.get_absolute_url())}\n"
    mail_once_saved(person, f"{letter.ref}: {subject}", body)
