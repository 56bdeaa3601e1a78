"""What waits for somebody in letters, as “My work” shows it."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.work import WorkItem, WorkKind
from learning.letters.models import GoodPracticeLetter
from learning.letters.states import LetterState
from learning.letters.story import SEND_BACK, with_story_for

State = LetterState

LEADS_STEP = {
    State.NOMINATED: ("Choose who writes letter {ref}", WorkKind.PASS_ON),
    State.DRAFTED: ("Read and approve letter {ref}", WorkKind.DECIDE),
    State.APPROVED: ("Send letter {ref} to the worker", WorkKind.PASS_ON),
    State.CONSENTED: ("Begin the page of letter {ref}", WorkKind.WRITE),
}


def waiting_for(person: Any) -> list[WorkItem]:
    """What this person should do next; one query."""
    waits = Q(writer=person, state=State.NOMINATED)
    waits |= Q(writer=person, state=State.DRAFTED, last_of_words=SEND_BACK)
    waits |= Q(worker=person, state=State.SENT, read_at__isnull=True)
    if holds(person, Right.SEE_TO_LETTERS):
        waits |= Q(state__in=LEADS_STEP) & ~Q(worker=person)
    letters = with_story_for(person).filter(waits).select_related("worker", "nominated_by")
    steps = [(_step_of(person, letter), letter) for letter in letters.order_by("ref")]
    return [_item(person, letter, *step) for step, letter in steps if step]


def _item(person: Any, letter: GoodPracticeLetter, title: str, kind: WorkKind) -> WorkItem:
    words = f"For {letter.worker}, whose work {letter.nominated_by} named as good."
    came_at = {State.NOMINATED: letter.nominated_at, State.SENT: letter.sent_at}.get(
        State(letter.state)
    )
    if letter.worker_id == person.pk:
        words = "It recognises good work of yours. Nobody publishes any of it without your consent."
    return WorkItem(
        title.format(ref=letter.ref),
        letter.get_absolute_url(),
        kind,
        words=words,
        since=timezone.localdate(came_at) if came_at else None,
    )


def _step_of(person: Any, letter: Any) -> tuple[str, WorkKind] | None:
    """What this very person does; None when a colleague has to. `letter` is one of `with_story_for`."""
    if letter.worker_id == person.pk:
        return "Read letter {ref}, which is for you", WorkKind.ANSWER
    is_writer = letter.writer_id == person.pk
    if letter.state == State.NOMINATED and is_writer:
        return "Write letter {ref}", WorkKind.WRITE
    was_sent_back = letter.state == State.DRAFTED and letter.last_of_words == SEND_BACK
    if was_sent_back and is_writer:
        return "Write letter {ref} once more", WorkKind.WRITE
    is_anothers = letter.state == State.NOMINATED and letter.writer_id is not None
    is_own_draft = letter.state == State.DRAFTED and (is_writer or letter.has_written)
    if was_sent_back or is_anothers or is_own_draft:
        return None
    return LEADS_STEP[State(letter.state)]
