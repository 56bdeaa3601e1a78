"""What the pair recommends out of its audit: told by the room above that keeps it (domain.md A37, A40).

It registers here when the app is ready. Recommendations are part of what both of the pair confirm and of what
the lead quality-assures, so an audit shows them and notices when one of them has changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from learning.submissions.models import AuditSubmission


@dataclass(frozen=True)
class CaseAction:
    """One recommendation of the audit, in its words."""

    ref: str
    status: str
    is_draft: bool
    action: str
    why: str
    how_known: str
    owner: str
    due_date: date
    url: str

    @property
    def words(self) -> list[str]:
        """All that a reader would notice if it changed."""
        said = [self.action, self.why, self.how_known, self.owner, self.due_date.isoformat()]
        return [self.ref, *said]


Teller = Callable[[AuditSubmission, Any], list[CaseAction]]

_tellers: list[Teller] = []


def tell_actions(teller: Teller) -> None:
    """From now on audits show what `teller` says."""
    if teller not in _tellers:
        _tellers.append(teller)


def actions_of(submission: AuditSubmission, user: Any) -> list[CaseAction]:
    """The audit's recommendations that this person may read."""
    return [row for teller in _tellers for row in teller(submission, user)]


def drafts_of(submission: AuditSubmission) -> list[CaseAction]:
    """Every recommendation that is still a draft, whoever asks: for what both of the pair confirm."""
    return [row for teller in _tellers for row in teller(submission, None) if row.is_draft]
