"""A council's whole list brought in, and a sample drawn from very many cases."""

import time
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from learning.people.models import Team
from learning.people.roles import Role
from learning.programme.models import AuditCycle, AuditDay, AuditProgramme
from learning.programme.states import CycleState
from learning.selection.certificate import file_of, what_is_wrong
from learning.selection.drawing import Plan, draw_sample, drawable, proposal_for
from learning.selection.files import read_file
from learning.selection.frames.rows import ReadFrame
from learning.selection.loading import check_frame, load_frame, promise_seed
from learning.selection.models import CaseFrame, FrameCase
from learning.vocabulary.models import AreaOfWork
from portal.benchmarks.inside.annex_a import workbook
from portal.demo.loader import first_with

FIRST_YEAR = 2090
BATCH = 5000


def import_frame(*, rows: int, run: int, file: str = "") -> dict[str, float]:
    """Seconds to read a workbook and to load it, and how much was in it. `file`: a real one instead."""
    content = Path(file).read_bytes() if file else workbook(rows)
    officer, cycle = first_with(Role.QA_OFFICER), _cycle(FIRST_YEAR + run)
    promise_seed(cycle=cycle, promised_by=officer)
    started = time.perf_counter()
    read = read_file(content)
    been_read = time.perf_counter()
    load_frame(cycle=cycle, read=read, loaded_by=officer)
    ended = time.perf_counter()
    return {
        "rows": _rows_in(read),
        "cases": len(read.cases),
        "bytes": len(content),
        "read": been_read - started,
        "load": ended - been_read,
    }


def _rows_in(read: ReadFrame) -> int:
    return sum(one.read for one in read.lists)


def draw_from(*, cases: int, run: int) -> dict[str, float]:
    """Seconds to draw from so many cases, certificate included, and to draw again from the certificate."""
    officer, cycle = first_with(Role.QA_OFFICER), _cycle(FIRST_YEAR + 100 + run)
    frame = _filled(cycle, cases)
    targets = proposal_for(drawable(frame))
    started = time.perf_counter()
    draw = draw_sample(cycle=cycle, plan=Plan(targets=targets), drawn_by=officer)
    drawn = time.perf_counter()
    wrong = what_is_wrong(file_of(draw.certificate or {}))
    ended = time.perf_counter()
    assert not wrong, wrong
    return {
        "strata": len(targets),
        "drawn": sum(targets.values()),
        "draw": drawn - started,
        "verify": ended - drawn,
    }


def _cycle(year: int) -> AuditCycle:
    """A cycle of its own whose sample is to be drawn."""
    programme = AuditProgramme.objects.create(year=year)
    cycle = AuditCycle.objects.create(
        programme=programme,
        ref=f"{year}-Q1",
        quarter=f"{year}-Q1",
        lead=first_with(Role.LEAD_QA),
        state=CycleState.SELECTION,
    )
    day = timezone.localdate() + timedelta(days=35)
    AuditDay.objects.create(cycle=cycle, number=1, date=day)
    return cycle


def _filled(cycle: AuditCycle, cases: int) -> CaseFrame:
    """A list of so many cases in every area and team, checked by a person."""
    officer = first_with(Role.QA_OFFICER)
    frame = CaseFrame.objects.create(
        draw=promise_seed(cycle=cycle, promised_by=officer),
        form="made for the benchmark",
        frame_hash="",
        counts={},
        loaded_by=officer,
    )
    areas, teams = list(AreaOfWork.objects.filter(is_active=True)), list(Team.objects.all())
    FrameCase.objects.bulk_create(
        (
            FrameCase(
                frame=frame,
                pseudonym=f"b{number:07}",
                area=areas[number % len(areas)],
                team=teams[number // 7 % len(teams)],
                team_in_file=teams[number // 7 % len(teams)].name,
            )
            for number in range(cases)
        ),
        batch_size=BATCH,
    )
    return check_frame(frame=frame, checked_by=officer)
