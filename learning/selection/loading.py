"""From a promised seed to a list that may be drawn from (domain.md A5–A6, E2).

The order is held here: the seed is fixed and its hash shown before any list is loaded.
"""

import secrets
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from learning.access.matrix import Right
from learning.events.refusals import Refusal
from learning.events.services import record_event
from learning.people.models import StaffMember, Team
from learning.programme.models import AuditCycle
from learning.programme.services import refuse_unless_holds
from learning.selection.draw import Candidate, hash_of_frame, hash_of_seed
from learning.selection.frames.rows import ReadCase, ReadFrame
from learning.selection.keys import child_pseudonym, family_pseudonym, worker_reference
from learning.selection.models import CaseFrame, CaseKey, FrameCase, SelectionDraw
from learning.selection.rules import Rule
from learning.selection.timing import TO_DRAW, cycle_in
from learning.vocabulary.models import AreaOfWork

BATCH = 2000


class FrameNotLoadable(Refusal):
    """The list cannot be loaded, or changed, now; the message says why, to the person."""


@transaction.atomic
def promise_seed(*, cycle: AuditCycle, promised_by: Any) -> SelectionDraw:
    """The cycle's draw, with a seed that nobody has seen and whose hash everybody may see."""
    refuse_unless_holds(promised_by, Right.DRAW)
    cycle_in(cycle, TO_DRAW)
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
    draw = open_draw(cycle)
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


def open_draw(cycle: AuditCycle) -> SelectionDraw:
    """The draw, locked, while its cycle waits for it and nothing has been drawn. The seed comes first."""
    cycle_in(cycle, TO_DRAW)
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
        self.rule = Rule(frame.draw.cycle)

    def row(self, case: ReadCase) -> FrameCase:
        draw, area = self.frame.draw, self.areas.get(case.area)
        worker = self.workers.get(case.worker.casefold()) if case.worker else None
        return FrameCase(
            frame=self.frame,
            pseudonym=child_pseudonym(draw, case.council_id),
            lists=list(case.lists),
            area=area,
            team=self.teams.get(case.team.casefold()),
            team_in_file=case.team,
            worker=worker,
            worker_reference="" if worker else worker_reference(draw, case.worker),
            family=family_pseudonym(draw, case.family),
            opened_on=case.opened_on,
            closed_on=case.closed_on,
            excluded=self.rule.reason_against(area, case.closed_on, case.council_id),
        )


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
    open_draw(frame.draw.cycle)
    frame.checked_by, frame.checked_at = checked_by, timezone.now()
    frame.save()
    record_event(actor=checked_by, action="caseframe.check", about=frame)
    return frame


@transaction.atomic
def throw_frame_away(*, frame: CaseFrame, thrown_by: Any) -> None:
    """The list and its keys go, so that another can be loaded. Not after the draw."""
    refuse_unless_holds(thrown_by, Right.DRAW)
    open_draw(frame.draw.cycle)
    record_event(actor=thrown_by, action="caseframe.throw_away", about=frame)
    frame.delete()
