"""What families' views mean for an audit: told by the room above that knows them (domain.md A56).

It registers here when the app is ready, so that a submission shows and awaits what it does not know.
"""

from collections.abc import Callable
from dataclasses import dataclass

from learning.submissions.models import AuditSubmission


@dataclass(frozen=True)
class FamilyView:
    """What one person's views come to, as the worker may read it: no verbatim notes."""

    who: str
    outcome: str
    is_in: bool
    main_points: str = ""
    agrees: str = ""
    differs: str = ""
    themes: tuple[tuple[str, str], ...] = ()
    quotes: tuple[str, ...] = ()


Views = Callable[[AuditSubmission], list[FamilyView]]
Gate = Callable[[AuditSubmission], list[str]]

_views: list[Views] = []
_gates: list[Gate] = []


class FamilyNotHeard(Exception):
    """The audit cannot be completed yet; `missing` says whose views are awaited, a sentence each."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = missing


def register_family(*, views: Views, gate: Gate) -> None:
    """From now on submissions show these views, and wait for what `gate` says."""
    if views not in _views:
        _views.append(views)
        _gates.append(gate)


def family_views(submission: AuditSubmission) -> list[FamilyView]:
    """What came of asking the family, each person by their part."""
    return [view for views in _views for view in views(submission)]


def missing_of_family(submission: AuditSubmission) -> list[str]:
    """Whose views are still awaited, a sentence each; empty when the audit may be completed."""
    return [sentence for gate in _gates for sentence in gate(submission)]
