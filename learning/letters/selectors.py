"""What waits for somebody in letters, as “My work” shows it."""

from typing import Any

from django.db.models import Q

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.work import WorkItem
from learning.letters.models import GoodPracticeLetter
from learning.letters.states import LetterState

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
    waits |= Q(worker=person, state=State.SENT, read_at__isnull=True)
    if holds(person, Right.SEE_TO_LETTERS):
        waits |= Q(state__in=LEADS_STEP) & ~Q(worker=person)
    letters = GoodPracticeLetter.objects.filter(waits).order_by("ref")
    items = [(_title_for(person, letter), letter) for letter in letters]
    return [WorkItem(title=title, url=row.get_absolute_url()) for title, row in items if title]


def _title_for(person: Any, letter: GoodPracticeLetter) -> str:
    """What this very person does; empty when a colleague has to."""
    if letter.worker_id == person.pk:
        return f"Read letter {letter.ref}, which is for you"
    if letter.state == State.NOMINATED and letter.writer_id == person.pk:
        return f"Write letter {letter.ref}"
    is_anothers = letter.state == State.NOMINATED and letter.writer_id is not None
    is_own_draft = letter.state == State.DRAFTED and letter.writer_id == person.pk
    if is_anothers or is_own_draft:
        return ""
    return LEADS_STEP[State(letter.state)].format(ref=letter.ref)
