"""One thing that waits for somebody, as “My work” shows it."""

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
