"""What became of an immediate concern, told by the room above that knows it (domain.md A41).

It registers here when the app is ready, so that the pair sees on its audit that the lead has it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from learning.submissions.models import AuditSubmission


@dataclass(frozen=True)
class Standing:
    """One concern of the audit: its reference, where it stands in words, and its page for those who read it."""

    ref: str
    words: tuple[str, ...]
    url: str = ""


Teller = Callable[[AuditSubmission, Any], list[Standing]]

_tellers: list[Teller] = []


def tell_standing(teller: Teller) -> None:
    """From now on audits show what `teller` says."""
    if teller not in _tellers:
        _tellers.append(teller)


def standing_of(submission: AuditSubmission, user: Any) -> list[Standing]:
    """Where each concern of this audit stands, as far as this person may know; empty without one."""
    if not submission.has_immediate_concern:
        return []
    return [standing for teller in _tellers for standing in teller(submission, user)]
