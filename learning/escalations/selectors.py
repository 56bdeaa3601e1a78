"""What waits for somebody in escalations, the list, and what an audit or a spot check says of its concern."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.access.work import WorkItem, WorkKind
from learning.escalations.clocks import clocks_of, moment_in_words, opens_at, running_clock
from learning.escalations.models import Escalation, EscalationHandover, EscalationQuerySet
from learning.escalations.permissions import user_sees_all
from learning.escalations.states import EscalationState
from learning.programme.settings import AuditSettings
from learning.spot_checks.models import SpotCheck
from learning.submissions.concerns import Standing
from learning.submissions.permissions import user_is_of_pair

State = EscalationState
COLOURS = {
    State.RAISED: "red",
    State.CONVEYED: "orange",
    State.ACKNOWLEDGED: "yellow",
    State.ACTION_REPORTED: "purple",
    State.VERIFIED: "green",
}

LEADS_STEP = {
    State.RAISED: "Convey escalation {ref}",
    State.ACTION_REPORTED: "Verify what was done about escalation {ref}",
    State.VERIFIED: "Close escalation {ref}",
}
ADDRESSEES_STEP = {
    State.CONVEYED: "Acknowledge escalation {ref}",
    State.ACKNOWLEDGED: "Act, and report what was done about escalation {ref}",
}


def waiting_for(person: Any) -> list[WorkItem]:
    """What this person should do next; a constant number of queries, whatever there is."""
    waits = Q()
    if holds(person, Right.SEE_TO_ESCALATIONS):
        of_cycle = Q(cycle__lead=person) | Q(cycle__deputy=person)
        waits |= of_cycle & Q(state__in=LEADS_STEP)
    if holds(person, Right.ANSWER_ESCALATION):
        waits |= Q(recipient=person, state__in=ADDRESSEES_STEP)
    if not waits:
        return []
    rows = Escalation.objects.visible_to(person).filter(waits).order_by("raised_at", "pk")
    rows = rows.select_related("raised_by", "submission__case", "spot_check")
    now, numbers = timezone.now(), AuditSettings.load()
    return [_item(row, now, numbers) for row in rows]


def _item(row: Escalation, now: datetime, numbers: AuditSettings) -> WorkItem:
    clock = running_clock(row, numbers)
    raised_on = timezone.localdate(row.raised_at)
    about = row.submission or row.spot_check
    raised = f"Raised by {row.raised_by} on {raised_on:%-d %B %Y} about {about}."
    title = (LEADS_STEP | ADDRESSEES_STEP)[State(row.state)].format(ref=row.ref)
    return WorkItem(
        title=title,
        url=row.get_absolute_url(),
        kind=WorkKind.CONCERN,
        words=f"{clock.words(now)}. {raised}" if clock else raised,
        due=timezone.localdate(clock.due_at) if clock else None,
    )


@dataclass(frozen=True)
class Row:
    """One line of the list: no word of the concern."""

    escalation: Escalation
    clock: str
    is_late: bool

    @property
    def colour(self) -> str:
        return COLOURS.get(State(self.escalation.state), "grey")


def rows_of(escalations: Iterable[Escalation]) -> list[Row]:
    """The lines of these, as they stand now."""
    now, numbers = timezone.now(), AuditSettings.load()
    rows = []
    for escalation in escalations:
        clock = running_clock(escalation, numbers)
        words, is_late = (clock.words(now), clock.is_late(now)) if clock else ("", False)
        rows.append(Row(escalation, words, is_late))
    return rows


def escalations_to_list(person: Any, *, only_open: bool) -> EscalationQuerySet:
    """What this person may read, with all that a list shows; what was raised last comes first."""
    rows = Escalation.objects.visible_to(person).select_related("recipient")
    return rows.exclude(state=State.CLOSED) if only_open else rows


def handovers_of(escalation: Escalation) -> QuerySet[EscalationHandover]:
    """Who had it before and why it went on, the first first; for the QA office."""
    people = ("from_person", "to_person", "handed_over_by")
    return escalation.handovers.select_related(*people)


def standing_for(about: Any, user: Any) -> list[Standing]:
    """What an audit or a spot check says of its concern: where it stands for those who write it, and a way to
    its page for the QA office. Nothing for anybody else."""
    is_theirs = _writes(user, about)
    now, numbers = timezone.now(), AuditSettings.load()
    return [
        Standing(row.ref, _in_words(row, now, numbers), row.get_absolute_url() if reads else "")
        for row in about.escalations.order_by("pk")
        if (reads := user_sees_all(user, row)) or is_theirs
    ]


def _writes(user: Any, about: Any) -> bool:
    """Whether this person is of the audit's pair, or of those who make the spot check."""
    if isinstance(about, SpotCheck):
        return about.is_made_by(user)
    return user_is_of_pair(user, about)


def unsettled_of(about: Any) -> list[str]:
    """References of its escalations that nobody has verified yet."""
    return list(about.escalations.unsettled().order_by("pk").values_list("ref", flat=True))


FOR_THOSE_WHO_REPORTED = {
    State.RAISED: "The lead has it. Go to them in person as well.",
    State.CONVEYED: "The lead has told a senior manager what must be done and by when.",
    State.ACKNOWLEDGED: "A senior manager has read it and is acting.",
    State.ACTION_REPORTED: "A senior manager has reported what was done. The lead is checking it.",
    State.VERIFIED: "The lead has seen that it was done.",
    State.CLOSED: "The lead has seen that it was done, and has closed it.",
}


def _in_words(row: Escalation, now: datetime, numbers: AuditSettings) -> tuple[str, ...]:
    """Where it stands, and its first clock: no more is said to those who reported it."""
    opens = opens_at(row, numbers)
    if row.state == State.RAISED and opens and now < opens:
        return (
            f"The office is closed, and nobody there may read this before "
            f"{moment_in_words(opens, now)}.",
            "Can it not wait until then? Phone the emergency duty team now.",
        )
    return FOR_THOSE_WHO_REPORTED[State(row.state)], clocks_of(row, numbers)[0].words(now) + "."
