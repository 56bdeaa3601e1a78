"""What waits for somebody in letters, as “My work” shows it."""

from typing import Any

from django.db.models import Q

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.work import WorkItem
from learning.letters.states import LetterState
from learning.letters.story import SEND_BACK, with_story_for

State = LetterState

LEADS_STEP = {
    State.NOMINATED: "Choose who writes letter {ref}",
    State.DRAFTED: "Read and approve letter {ref}",
    State.APPROVED: "Send letter {ref} to the worker",
    State.CONSENTED: "Begin the page of letter {ref}",
}


def waiting_for(person: Any) -> list[WorkItem]:
    """What this person should do next; one query."""
    waits = Q(writer=person, state=State.NOMINATED)
    waits |= Q(writer=person, state=State.DRAFTED, last_of_words=SEND_BACK)
    waits |= Q(worker=person, state=State.SENT, read_at__isnull=True)
    if holds(person, Right.SEE_TO_LETTERS):
        waits |= Q(state__in=LEADS_STEP) & ~Q(worker=person)
    letters = with_story_for(person).filter(waits).order_by("ref")
    items = [(_title_for(person, letter), letter) for letter in letters]
    return [WorkItem(title=title, url=row.get_absolute_url()) for title, row in items if title]


def _title_for(person: Any, letter: Any) -> str:
    """What this very person does; empty when a colleague has to. `letter` is one of `with_story_for`."""
    if letter.worker_id == person.pk:
        return f"Read letter {letter.ref}, which is for you"
    is_writer = letter.writer_id == person.pk
    if letter.state == State.NOMINATED and is_writer:
        return f"Write letter {letter.ref}"
    was_sent_back = letter.state == State.DRAFTED and letter.last_of_words == SEND_BACK
    if was_sent_back and is_writer:
        return f"Write letter {letter.ref} once more"
    is_anothers = letter.state == State.NOMINATED and letter.writer_id is not None
    is_own_draft = letter.state == State.DRAFTED and (is_writer or letter.has_written)
    if was_sent_back or is_anothers or is_own_draft:
        return ""
    return LEADS_STEP[State(letter.state)].format(ref=letter.ref)
