"""From a promised seed to a list that may be drawn from (domain.md A5–A6, E2).

The order is held here: the seed is fixed and its hash shown before any list is loaded.
"""

import secrets
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from learning.access.matrix import Right
from learning.events.months import add_months
from learning.events.refusals import Refusal
from learning.events.services import record_event
from learning.people.models import StaffMember, Team
from learning.programme.models import AuditCycle, CycleFocus
from learning.programme.services import refuse_unless_holds
from learning.programme.settings import AuditSettings
from learning.programme.states import CycleState
from learning.selection.draw import Candidate, hash_of_frame, hash_of_seed
from learning.selection.frames.cells import same_child
from learning.selection.frames.rows import ReadCase, ReadFrame
from learning.selection.keys import child_pseudonym, family_pseudonym, worker_reference
from learning.selection.models import CaseFrame, CaseKey, FrameCase, SelectionDraw
from learning.selection.states import AUDITED_STATES, ExclusionReason, SelectionRoute
from learning.vocabulary.models import AreaOfWork

BATCH = 2000


class FrameNotLoadable(Refusal):
    """The list cannot be loaded, or changed, now; the message says why, to the person."""


@transaction.atomic
def promise_seed(*, cycle: AuditCycle, promised_by: Any) -> SelectionDraw:
    """The cycle's draw, with a seed that nobody has seen and whose hash everybody may see."""
    refuse_unless_holds(promised_by, Right.DRAW)
    if cycle.state != CycleState.SELECTION:
        raise FrameNotLoadable(
            f"The sample is drawn while the cycle is “{CycleState.SELECTION.label.lower()}”; now it is "
            f"“{cycle.get_state_display().lower()}”."
        )
    seed = secrets.token_hex(32)
    try:
        with transaction.atomic():
            draw = SelectionDraw.objects.create(
                cycle=cycle, seed=seed, seed_hash=hash_of_seed(seed), committed_by=promised_by
            )
    except IntegrityError as error:
        raise FrameNotLoadable("The seed of this draw has been fixed already.") from error
    record_event(actor=promised_by, action="selectiondraw.promise_seed", about=draw)
    return draw


@transaction.atomic
def load_frame(*, cycle: AuditCycle, read: ReadFrame, loaded_by: Any) -> CaseFrame:
    """The cases of a file, by pseudonym, waiting to be checked. Numbers go to the key table, names nowhere."""
    refuse_unless_holds(loaded_by, Right.DRAW)
    draw = _open_draw(cycle)
    if CaseFrame.objects.filter(draw=draw).exists():
        raise FrameNotLoadable("A list has been loaded already. Throw it away first.")
    if not read.cases:
        raise FrameNotLoadable("The file holds no case that could be drawn.")
    frame = CaseFrame.objects.create(
        draw=draw,
        form=read.form,
        frame_hash="",
        counts=read.counts(),
        left_out=[{"list": name, "columns": columns} for name, columns in read.left_out.items()],
        loaded_by=loaded_by,
    )
    _store(frame, read.cases)
    frame.frame_hash = hash_of_frame(candidates_of(frame))
    frame.save()
    record_event(actor=loaded_by, action="caseframe.load", about=frame)
    return frame


def _open_draw(cycle: AuditCycle) -> SelectionDraw:
    """The draw, locked, while nothing has been drawn. The seed comes first."""
    draw = SelectionDraw.objects.select_for_update().filter(cycle=cycle).first()
    if draw is None:
        raise FrameNotLoadable("Fix the seed first: its hash has to be known before the list is.")
    if draw.drawn_at:
        raise FrameNotLoadable("The sample has been drawn from the list: it stays as it is.")
    return draw


def _store(frame: CaseFrame, cases: list[ReadCase]) -> None:
    judge = _Judge(frame)
    rows = FrameCase.objects.bulk_create([judge.row(case) for case in cases], batch_size=BATCH)
    CaseKey.objects.bulk_create(
        [
            CaseKey(case=row, council_id=case.council_id)
            for row, case in zip(rows, cases, strict=True)
        ],
        batch_size=BATCH,
    )


class _Judge:
    """Turns what was read about a child into what is kept; looks everything up once."""

    def __init__(self, frame: CaseFrame) -> None:
        self.frame = frame
        self.areas = {area.code: area for area in AreaOfWork.objects.filter(is_active=True)}
        self.teams = {team.name.casefold(): team for team in Team.objects.filter(is_active=True)}
        self.workers = _people_by_name()
        self.recent = _recently_audited(frame.draw.cycle)
        self.window_starts = _window_start(frame.draw.cycle)

    def row(self, case: ReadCase) -> FrameCase:
        draw = self.frame.draw
        worker = self.workers.get(case.worker.casefold()) if case.worker else None
        return FrameCase(
            frame=self.frame,
            pseudonym=child_pseudonym(draw, case.council_id),
            lists=list(case.lists),
            area=self.areas.get(case.area),
            team=self.teams.get(case.team.casefold()),
            team_in_file=case.team,
            worker=worker,
            worker_reference="" if worker else worker_reference(draw, case.worker),
            family=family_pseudonym(draw, case.family),
            opened_on=case.opened_on,
            closed_on=case.closed_on,
            excluded=self._excluded(case),
        )

    def _excluded(self, case: ReadCase) -> str:
        """The reason that the portal itself knows, if there is one."""
        if case.area not in self.areas:
            return ExclusionReason.NO_AREA
        if case.closed_on and case.closed_on < self.window_starts:
            return ExclusionReason.CLOSED
        if same_child(case.council_id) in self.recent:
            return ExclusionReason.AUDITED_RECENTLY
        return ""


def _people_by_name() -> dict[str, StaffMember]:
    """Staff by full name; a name that two people share stands for neither."""
    found: dict[str, StaffMember] = {}
    shared = set()
    for person in StaffMember.objects.filter(is_active=True):
        name = person.get_full_name().casefold()
        if name in found:
            shared.add(name)
        found[name] = person
    return {name: person for name, person in found.items() if name not in shared}


def _recently_audited(cycle: AuditCycle) -> set[str]:
    """Children whose case was audited in the months before (domain.md E2), as the key table knows them."""
    since = add_months(_first_day(cycle), -AuditSettings.load().audited_within_months)
    keys = CaseKey.objects.filter(
        case__sampled__state__in=AUDITED_STATES,
        case__sampled__cycle__days__date__gte=since,
    ).exclude(case__sampled__cycle=cycle)
    return {same_child(number) for number in keys.values_list("council_id", flat=True)}


def _window_start(cycle: AuditCycle) -> date:
    """The first day of the months that the audit looks back on."""
    return add_months(_first_day(cycle), -AuditSettings.load().window_months)


def _first_day(cycle: AuditCycle) -> date:
    return cycle.first_day or timezone.localdate()


def candidates_of(frame: CaseFrame) -> list[Candidate]:
    """Every case of the frame, also those left out: this is what the hash is made of."""
    cases = frame.cases.select_related("area")
    return [candidate_of(case) for case in cases]


def candidate_of(case: FrameCase) -> Candidate:
    """The case as the draw knows it. The team is the file's word, so that renaming a team changes nothing."""
    area = case.area.code if case.area else ""
    return Candidate(case.pseudonym, area, case.team_in_file, case.family, case.route)


@transaction.atomic
def check_frame(*, frame: CaseFrame, checked_by: Any) -> CaseFrame:
    """The list, looked at by a person and good to draw from."""
    refuse_unless_holds(checked_by, Right.DRAW)
    _open_draw(frame.draw.cycle)
    frame.checked_by, frame.checked_at = checked_by, timezone.now()
    frame.save()
    record_event(actor=checked_by, action="caseframe.check", about=frame)
    return frame


@transaction.atomic
def throw_frame_away(*, frame: CaseFrame, thrown_by: Any) -> None:
    """The list and its keys go, so that another can be loaded. Not after the draw."""
    refuse_unless_holds(thrown_by, Right.DRAW)
    _open_draw(frame.draw.cycle)
    record_event(actor=thrown_by, action="caseframe.throw_away", about=frame)
    frame.delete()


@transaction.atomic
def exclude_case(
    *, case: FrameCase, reason: ExclusionReason, words: str = "", excluded_by: Any
) -> FrameCase:
    """The case, which can no longer be drawn, with the reason. Only before the draw."""
    refuse_unless_holds(excluded_by, Right.DRAW)
    _open_draw(case.frame.draw.cycle)
    if reason == ExclusionReason.OTHER and not words.strip():
        raise FrameNotLoadable("Say in a few words what the other reason is.")
    case.excluded, case.excluded_words, case.excluded_by = reason, words.strip(), excluded_by
    case.save()
    record_event(
        actor=excluded_by,
        action="framecase.exclude",
        about=case,
        reason=ExclusionReason(reason).label,
    )
    return case


@transaction.atomic
def take_back_exclusion(*, case: FrameCase, taken_back_by: Any) -> FrameCase:
    """The case, which can be drawn again. What the portal itself left out stays out."""
    refuse_unless_holds(taken_back_by, Right.DRAW)
    _open_draw(case.frame.draw.cycle)
    if case.excluded and case.excluded_by_id is None:
        raise FrameNotLoadable("The portal left this case out by rule; that cannot be taken back.")
    case.excluded, case.excluded_words, case.excluded_by = "", "", None
    case.save()
    record_event(actor=taken_back_by, action="framecase.include", about=case)
    return case


@transaction.atomic
def set_apart(
    *, frame: CaseFrame, council_ids: list[str], route: SelectionRoute, set_by: Any
) -> tuple[int, int]:
    """Put cases into a stratum of their own, themed or re-audit: how many were found, how many were not.

    They no longer stand among the random ones. A re-audit may take a case that was audited lately: that is
    its purpose. The list has to be checked again, since its hash is another.
    """
    refuse_unless_holds(set_by, Right.DRAW)
    draw = _open_draw(frame.draw.cycle)
    if route == SelectionRoute.THEMED and not CycleFocus.objects.filter(cycle=draw.cycle).exists():
        raise FrameNotLoadable(
            "Give the cycle its focus first: a theme needs a question and a source."
        )
    pseudonyms = {child_pseudonym(draw, number) for number in council_ids}
    cases = frame.cases.filter(pseudonym__in=pseudonyms, area__isnull=False)
    found = cases.update(route=route)
    if route == SelectionRoute.RE_AUDIT:
        cases.filter(excluded=ExclusionReason.AUDITED_RECENTLY).update(excluded="")
    frame.frame_hash = hash_of_frame(candidates_of(frame))
    frame.checked_by = frame.checked_at = None
    frame.save()
    record_event(actor=set_by, action="caseframe.set_apart", about=frame, reason=route.label)
    return found, len(pseudonyms) - found
