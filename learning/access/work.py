"""What somebody can do: as “My work” shows it, and as the page of one thing offers it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone


class WorkKind(models.TextChoices):
    """What is to be done, in the order and under the headings in which “My work” shows it."""

    CONCERN = "concern", "Immediate concerns"
    ASSURE = "assure", "To quality-assure"
    DECIDE = "decide", "To approve or decide"
    PASS_ON = "pass_on", "To issue, share or give to somebody"
    VERIFY = "verify", "To verify or assess"
    ANSWER = "answer", "To read and answer"
    WRITE = "write", "To write"
    FAMILY = "family", "Families to ask"
    CHANGE = "change", "Changes that you see to"
    PREPARE = "prepare", "To prepare and organise"
    OFFER = "offer", "If you would like to"


@dataclass(frozen=True)
class WorkItem:
    """What to do, where, about what and whose, and by when. No case text: a reference says enough."""

    title: str
    url: str
    kind: WorkKind
    words: str = ""
    due: date | None = None
    since: date | None = None
    """From when on it has waited, where nothing says by when."""

    @property
    def is_overdue(self) -> bool:
        return self.due is not None and self.due < timezone.localdate()


@dataclass(frozen=True)
class Action:
    """One thing that the person can do: a link to a page, or a button that does it at once."""

    label: str
    url: str
    is_button: bool = False
    is_aside: bool = False
    """Possible, and not what comes next."""


def next_and_others(actions: list[Action]) -> dict[str, Any]:
    """For the page: what comes next for this person, if anything does, and what else they can do."""
    has_next = bool(actions) and not actions[0].is_aside
    return {
        "next_action": actions[0] if has_next else None,
        "other_actions": actions[1:] if has_next else actions,
    }
