"""What somebody can do: as “My work” shows it, and as the page of one thing offers it."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone


@dataclass(frozen=True)
class WorkItem:
    """What to do, where, and by when. No case text: a reference says enough."""

    title: str
    url: str
    words: str = ""
    due: date | None = None

    @property
    def is_overdue(self) -> bool:
        return self.due is not None and self.due < timezone.localdate()


@dataclass(frozen=True)
class Action:
    """One thing that the person can do: a link to a page, or a button that does it at once."""

    label: str
    url: str
    is_button: bool = False
