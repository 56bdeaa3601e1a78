"""What the pages of a plenary show, and what waits for whom."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from learning.access.models import AccessEvent
from learning.access.work import WorkItem, WorkKind
from learning.disclosure.finding import LocalKnowledge, local_knowledge
from learning.disclosure.hints import hints_in
from learning.plenaries.gates import has_recommended
from learning.plenaries.models import PlenaryNote
from learning.programme.models import AuditCycle, AuditDay
from learning.programme.states import CycleState
from learning.submissions.models import AuditSubmission, EvaluativeStatement
from learning.vocabulary.choices import SubmissionStatementKind

Statement = SubmissionStatementKind
SPOKEN_OF = (Statement.STRENGTH, Statement.MIXED, Statement.DEVELOPMENT_AREA)
"""Kinds of statements that a plenary talks about; an immediate concern goes its own way, at once."""


# --- The days ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DayOfPlenary:
    """One day with its note, if there is one by now."""

    day: AuditDay
    note: PlenaryNote | None
    hints: list[str]

    @property
    def has_come(self) -> bool:
        return self.day.date <= timezone.localdate()

    @property
    def status(self) -> str:
        """Where it stands, in words."""
        if self.note is None:
            return "Not written down yet" if self.has_come else "Still to come"
        if self.note.is_disposed:
            return "Disposed of"
        if self.note.settled_at:
            return "Kept as it is"
        return "Written down" if self.note.is_written else "Begun"


def days_of_plenary(cycle: AuditCycle) -> list[DayOfPlenary]:
    """Both days with what was said on them, in order."""
    notes = PlenaryNote.objects.of(cycle).select_related("written_by")
    found = {note.day_id: note for note in notes.prefetch_related("themes", "addenda__written_by")}
    known = local_knowledge() if found else None
    return [_day(day, found.get(day.pk), known) for day in cycle.days.all()]


def _day(day: AuditDay, note: PlenaryNote | None, known: LocalKnowledge | None) -> DayOfPlenary:
    return DayOfPlenary(
        day, note, hints_in([note.strengths, note.to_develop], known) if note else []
    )


# --- What the sample showed ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """The statements of one kind, those of the same theme together."""

    kind: str
    statements: list[EvaluativeStatement]


def said_on(day: AuditDay, user: Any) -> list[Said]:
    """The statements of the audits that were begun on this day and that this person may read, by kind.

    Each audit whose words are shown is a look, and is logged as one.
    """
    statements = list(_statements(day, user))
    _log_looks(user, {row.entry.submission_id for row in statements})
    return [
        Said(str(kind.label), sorted((row for row in statements if row.kind == kind), key=_theme))
        for kind in SPOKEN_OF
        if any(row.kind == kind for row in statements)
    ]


def _statements(day: AuditDay, user: Any) -> Any:
    opened = Q(opening_statements__person=user) | ~Q(case__pair__members__person=user)
    submissions = AuditSubmission.objects.visible_to(user).filter(
        opened, case__cycle=day.cycle_id, began_at__date=day.date
    )
    rows = EvaluativeStatement.objects.filter(
        entry__submission__in=submissions.values("pk"), kind__in=SPOKEN_OF
    )
    return rows.select_related("entry__submission__case").prefetch_related("themes")


def _theme(statement: EvaluativeStatement) -> tuple[bool, str, str]:
    """For sorting: by the first theme's name, those without one at the end, then by case."""
    labels = [theme.label for theme in statement.themes.all()]
    return not labels, labels[0] if labels else "", statement.entry.submission.case.ref


def _log_looks(user: Any, submission_ids: set[int]) -> None:
    AccessEvent.objects.bulk_create(
        AccessEvent(
            user_id=user.pk,
            action=AccessEvent.Action.VIEWED,
            object_type=AuditSubmission._meta.label_lower,
            object_id=str(pk),
        )
        for pk in sorted(submission_ids)
    )


# --- What waits for somebody -------------------------------------------------------------------------


def waiting_for(person: Any) -> list[WorkItem]:
    """For lead and deputy: plenaries to be written down, and what comes out of the second."""
    led = AuditCycle.objects.filter(Q(lead=person) | Q(deputy=person), state=CycleState.IN_PROGRESS)
    return [item for cycle in led.prefetch_related("days") for item in _items(cycle)]


def _items(cycle: AuditCycle) -> list[WorkItem]:
    days = [day for day in cycle.days.all() if day.date <= timezone.localdate()]
    written = set(PlenaryNote.objects.of(cycle).written().values_list("day", flat=True))
    items = [_note_item(cycle, day) for day in days if day.pk not in written]
    if not items and len(days) > 1 and not has_recommended(cycle):
        items.append(_recommendation_item(cycle, days[-1]))
    return items


def _note_item(cycle: AuditCycle, day: AuditDay) -> WorkItem:
    return WorkItem(
        title=f"{cycle}: write down the plenary of the {day.get_number_display().lower()}",
        url=reverse("plenaries:write", args=[cycle.ref, day.number]),
        kind=WorkKind.WRITE,
        words="What was strong across the sample, and what needs to develop.",
        due=day.date,
    )


def _recommendation_item(cycle: AuditCycle, day: AuditDay) -> WorkItem:
    return WorkItem(
        title=f"{cycle}: what the plenary recommends to the organisation",
        url=f"{reverse('plenaries:cycle', args=[cycle.ref])}#recommends",
        kind=WorkKind.WRITE,
        words="Draft it, or say why there is nothing. The days cannot be ended before.",
        due=day.date,
    )
