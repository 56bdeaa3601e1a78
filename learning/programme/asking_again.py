"""What a cycle's audits are asked once more, beside their form: told by the room above that plans it (A71).

It registers here when the app is ready, so that a cycle and its submissions show what they do not know of.
"""

from collections.abc import Callable

from learning.programme.models import AuditCycle

Finder = Callable[[AuditCycle], list[str]]

_finders: list[Finder] = []


def register_questions(finder: Finder) -> None:
    """From now on cycles ask these questions too."""
    if finder not in _finders:
        _finders.append(finder)


def asked_again_in(cycle: AuditCycle) -> list[str]:
    """The questions that every pair of the cycle answers for its case."""
    return [question for finder in _finders for question in finder(cycle)]
