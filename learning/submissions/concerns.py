"""What became of an immediate concern, told by the room above that knows it (domain.md A41).

It registers here when the app is ready, so that a pair sees on its audit, and who makes a spot check on that,
that the lead has it. Both are `about` here: each says itself whether it `has_immediate_concern`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Standing:
    """One concern: its reference, where it stands in words, and its page for those who read it."""

    ref: str
    words: tuple[str, ...]
    url: str = ""


Teller = Callable[[Any, Any], list[Standing]]
Unsettled = Callable[[Any], list[str]]

_tellers: list[Teller] = []
_unsettled: list[Unsettled] = []


def tell_standing(teller: Teller, *, unsettled: Unsettled) -> None:
    """From now on audits and spot checks show what `teller` says, and `unsettled` which are still open."""
    if teller not in _tellers:
        _tellers.append(teller)
        _unsettled.append(unsettled)


def standing_of(about: Any, user: Any) -> list[Standing]:
    """Where each concern of this audit or spot check stands, as far as this person may know; empty without
    one."""
    if not about.has_immediate_concern:
        return []
    return [standing for teller in _tellers for standing in teller(about, user)]


def unsettled_concerns_of(about: Any) -> list[str]:
    """References of its concerns of which nobody has yet seen that they were put right."""
    return [ref for unsettled in _unsettled for ref in unsettled(about)]
