"""Writing down what a plenary said, and what comes out of it (domain.md A39–A40, E1)."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from learning.events.services import record_event
from learning.plenaries.models import (
    NothingToRecommend,
    PlenaryAddendum,
    PlenaryNote,
    PlenaryVersion,
)
from learning.plenaries.permissions import user_can_add, user_can_state_none, user_takes_part
from learning.plenaries.refusals import GradeInPlenary, NoteHasChanged, PlenaryNotPossible
from learning.programme.models import AuditCycle, AuditDay
from learning.programme.states import CycleState
from learning.recommendations.drafting import check_drafting_for, draft_recommendation
from learning.recommendations.models import Recommendation
from learning.submissions.grades import GradeRefused, refuse_grades
from learning.vocabulary.models import Theme

MOST_THEMES = 6
Parts = dict[str, Any]


# --- Writing -------------------------------------------------------------------------------------------


@transaction.atomic
def write_note(
    *,
    day: AuditDay,
    strengths: str,
    to_develop: str,
    themes: Iterable[Theme],
    base_version: int,
    written_by: Any,
) -> PlenaryNote:
    """The day's note as it stands after this save, with its new version kept.

    `base_version` is the version that the writer began from. What a colleague saved since in the other box
    stays; where both changed the same one, `NoteHasChanged`.
    """
    _check_writing(day, written_by)
    _refuse_grades(strengths=strengths, to_develop=to_develop)
    note, _ = PlenaryNote.objects.get_or_create(day=day, defaults={"written_by": written_by})
    mine = {"strengths": strengths, "to_develop": to_develop, "themes": _codes(themes)}
    merged = _merged(note, mine, base_version)
    if merged != parts_of(note):
        _keep(note, merged, written_by)
    return note


def parts_of(note: PlenaryNote) -> Parts:
    """What the note says now, as a version keeps it."""
    boxes = {name: getattr(note, name) for name in PlenaryNote.BOXES}
    return boxes | {"themes": _codes(note.themes.all())}


def _check_writing(day: AuditDay, person: Any) -> None:
    """Locks the cycle, so that nobody writes while the days are being ended."""
    cycle = AuditCycle.objects.select_for_update().get(pk=day.cycle_id)
    if not user_takes_part(person, cycle):
        raise PermissionDenied("Those who take part in the plenary write down what it said.")
    if cycle.state != CycleState.IN_PROGRESS:
        raise PlenaryNotPossible(
            f"{cycle} is “{cycle.get_state_display().lower()}”: a plenary is written down during the days. "
            "After them a lead may add to it."
        )
    if day.date > timezone.localdate():
        raise PlenaryNotPossible(f"This day is {day.date:%-d %B %Y}; its plenary is yet to come.")


def _refuse_grades(**boxes: str) -> None:
    for name, text in boxes.items():
        try:
            refuse_grades(text, where="What was said together")
        except GradeRefused as refusal:
            raise GradeInPlenary(name, str(refusal)) from refusal


def _codes(themes: Iterable[Theme]) -> list[str]:
    return sorted(theme.code for theme in themes)


def _merged(note: PlenaryNote, mine: Parts, base_version: int) -> Parts:
    """Theirs and mine together, part by part; themes that both changed are joined."""
    if base_version == note.version:
        return mine
    theirs, base = parts_of(note), _parts_at(note, base_version)
    merged = {name: theirs[name] if mine[name] == base[name] else mine[name] for name in mine}
    if _both_changed("themes", mine, theirs, base):
        merged["themes"] = sorted({*mine["themes"], *theirs["themes"]})
    clashing = [name for name in PlenaryNote.BOXES if _both_changed(name, mine, theirs, base)]
    if clashing:
        raise NoteHasChanged(note, merged, clashing)
    return merged


def _both_changed(name: str, mine: Parts, theirs: Parts, base: Parts) -> bool:
    return mine[name] != theirs[name] and base[name] not in (mine[name], theirs[name])


def _parts_at(note: PlenaryNote, number: int) -> Parts:
    """What the note said after that save; nothing before the first."""
    version = note.versions.filter(number=number).first()
    return version.parts if version else {"strengths": "", "to_develop": "", "themes": []}


def _keep(note: PlenaryNote, parts: Parts, by: Any) -> None:
    for name in PlenaryNote.BOXES:
        setattr(note, name, parts[name])
    note.version += 1
    note.written_by, note.written_at = by, timezone.now()
    note.save()
    note.themes.set(Theme.objects.filter(code__in=parts["themes"]))
    PlenaryVersion.objects.create(
        note=note, number=note.version, parts=parts, written_by=by, written_at=note.written_at
    )
    record_event(actor=by, action="plenarynote.write", about=note)


# --- What comes out of it ------------------------------------------------------------------------------


@transaction.atomic
def recommend(*, cycle: AuditCycle, drafted_by: Any, **words: Any) -> Recommendation:
    """The draft that came out of the cycle's plenary. An earlier word that there is nothing to recommend is
    taken back with it."""
    note = source_of(cycle, drafted_by)
    drafted = draft_recommendation(drafted_by=drafted_by, cycle=cycle, **words)
    note.recommendations.add(drafted)
    if NothingToRecommend.objects.filter(cycle=cycle).delete()[0]:
        record_event(actor=drafted_by, action="auditcycle.something_to_recommend", about=cycle)
    return drafted


def source_of(cycle: AuditCycle, person: Any) -> PlenaryNote:
    """The note that a recommendation would come out of, the latest of the cycle. Refuses whoever may not draft
    for the cycle, and drafts that come before anything was written down."""
    check_drafting_for(cycle, person)
    note = PlenaryNote.objects.of(cycle).order_by("-day__number").first()
    if note is None:
        raise PlenaryNotPossible(
            "Write down first what the plenary said; what it asks for follows."
        )
    return note


@transaction.atomic
def state_nothing_to_recommend(
    *, cycle: AuditCycle, reason: str, stated_by: Any
) -> NothingToRecommend:
    """The lead's word, with the reason, that the cycle asks nothing of the organisation (domain.md E1)."""
    if not user_can_state_none(stated_by):
        raise PermissionDenied("Only a lead says that there is nothing to recommend.")
    fresh = AuditCycle.objects.select_for_update().get(pk=cycle.pk)
    if fresh.state != CycleState.IN_PROGRESS:
        raise PlenaryNotPossible("This is said while the days are under way.")
    if recommended_in(fresh).exists():
        raise PlenaryNotPossible("Something is recommended already: look at the drafts.")
    stated, _ = NothingToRecommend.objects.update_or_create(
        cycle=fresh,
        defaults={"reason": reason, "stated_by": stated_by, "stated_at": timezone.now()},
    )
    record_event(actor=stated_by, action="auditcycle.nothing_to_recommend", about=fresh)
    return stated


def recommended_in(cycle: AuditCycle) -> Any:
    """What the cycle recommends beyond its cases, drafts among it."""
    return Recommendation.objects.filter(cycle=cycle, submission__isnull=True)


# --- Afterwards ----------------------------------------------------------------------------------------


def settle_notes(*, cycle: AuditCycle) -> int:
    """How many notes never change from now on: the days are over."""
    return PlenaryNote.objects.of(cycle).update(settled_at=timezone.now())


@transaction.atomic
def add_to_note(*, note: PlenaryNote, text: str, reason: str, added_by: Any) -> PlenaryAddendum:
    """What a lead adds after the days; the note itself stays as it is."""
    cycle = AuditCycle.objects.select_for_update().get(pk=note.day.cycle_id)
    if not user_can_add(added_by, cycle):
        raise PermissionDenied("A lead adds to a plenary, between the days and the cycle’s close.")
    _refuse_grades(text=text)
    addendum = PlenaryAddendum.objects.create(
        note=note, text=text, reason=reason, written_by=added_by
    )
    record_event(actor=added_by, action="plenarynote.addendum", about=note)
    return addendum
