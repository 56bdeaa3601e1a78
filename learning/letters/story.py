"""What the events of a letter tell: who has written on it, and why it was sent back."""

from typing import Any

from django.db.models import Exists, QuerySet, Subquery

from learning.events.services import events_about, events_about_each
from learning.letters.models import GoodPracticeLetter

DRAFT, SEND_BACK = "goodpracticeletter.draft", "goodpracticeletter.send_back"


def with_story_for(person: Any) -> QuerySet[GoodPracticeLetter]:
    """Letters, each with `has_written`, whether this person wrote any version, and `last_of_words`, the
    action of the latest event about its words."""
    events = events_about_each(GoodPracticeLetter)
    last = events.filter(action__in=(DRAFT, SEND_BACK)).order_by("-id").values("action")[:1]
    return GoodPracticeLetter.objects.annotate(
        has_written=Exists(events.filter(action=DRAFT, actor_id=person.pk)),
        last_of_words=Subquery(last),
    )


def writers_of(letter: GoodPracticeLetter) -> set[int]:
    """Everybody who wrote any version of it, and who is asked to write it now."""
    drafts = events_about(letter).filter(action=DRAFT).values_list("actor_id", flat=True)
    return {pk for pk in (*drafts, letter.writer_id) if pk is not None}


def why_sent_back(letter: GoodPracticeLetter) -> str:
    """The reason for which the lead sent it back; empty once somebody has written on it since."""
    last = events_about(letter).filter(action__in=(DRAFT, SEND_BACK)).order_by("-id").first()
    return last.reason if last and last.action == SEND_BACK else ""
