"""Two people at once: one draw, one seed, one reserve (issue 4, section 8)."""

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from learning.people.roles import Role
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState
from learning.selection import drawing, loading, replacing
from learning.selection.draw import DrawNotPossible
from learning.selection.files import read_file
from learning.selection.loading import FrameNotLoadable
from learning.selection.models import SampledCase, SelectionDraw
from learning.selection.states import CaseState, ExclusionReason
from portal.demo.loader import first_with
from tests.learning.audit import a_cycle
from tests.learning.selection.conftest import the_proposal, usual_lists, workbook


def both(step: Callable[[], Any], refusal: type[Exception], times: int = 2) -> Counter[str]:
    """What came of the step when several people took it at the same moment."""
    ready, came = threading.Barrier(times), Counter[str]()

    def take() -> None:
        try:
            ready.wait(10)
            step()
            came["done"] += 1
        except refusal:
            came["refused"] += 1
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return came


@pytest.fixture
def committed(cloned_database: str, django_db_blocker: Any) -> Any:
    """A cycle to draw for, in a copy of the database that threads see."""
    with django_db_blocker.unblock():
        yield a_cycle("2031-Q3", CycleState.SELECTION, timezone.localdate())


def load(cycle: AuditCycle, officer: Any) -> Any:
    loading.promise_seed(cycle=cycle, promised_by=officer)
    frame = loading.load_frame(
        cycle=cycle, read=read_file(workbook(usual_lists())), loaded_by=officer
    )
    return loading.check_frame(frame=frame, checked_by=officer)


def test_of_two_draws_at_once_one_is_made(committed: AuditCycle) -> None:
    officer = first_with(Role.QA_OFFICER)
    frame = load(committed, officer)
    plan = the_proposal(frame)

    came = both(
        lambda: drawing.draw_sample(cycle=committed, plan=plan, drawn_by=officer), DrawNotPossible
    )

    assert came == {"done": 1, "refused": 1}
    assert SampledCase.objects.filter(cycle=committed, state=CaseState.DRAWN).count() == 24
    came = both(
        lambda: drawing.confirm_draw(cycle=committed, confirmed_by=officer), DrawNotPossible
    )
    assert came == {"done": 1, "refused": 1}


def test_a_seed_and_a_list_are_taken_once(committed: AuditCycle) -> None:
    officer = first_with(Role.QA_OFFICER)
    came = both(
        lambda: loading.promise_seed(cycle=committed, promised_by=officer), FrameNotLoadable, 3
    )
    assert came == {"done": 1, "refused": 2}
    assert SelectionDraw.objects.filter(cycle=committed).count() == 1
    read = read_file(workbook(usual_lists()))
    came = both(
        lambda: loading.load_frame(cycle=committed, read=read, loaded_by=officer), FrameNotLoadable
    )
    assert came == {"done": 1, "refused": 1}


def test_two_replacements_at_once_take_two_reserves(committed: AuditCycle) -> None:
    officer = first_with(Role.QA_OFFICER)
    frame = load(committed, officer)
    drawing.draw_sample(cycle=committed, plan=the_proposal(frame), drawn_by=officer)
    drawing.confirm_draw(cycle=committed, confirmed_by=officer)
    standing_by = Counter(
        committed.sample.filter(state=CaseState.RESERVE).values_list("stratum", flat=True)
    )
    stratum = standing_by.most_common(1)[0][0]
    waiting = list(committed.sample.filter(stratum=stratum, state=CaseState.CONFIRMED)[:2])
    assert standing_by[stratum] >= 2
    assert len(waiting) == 2

    def replace() -> None:
        replacing.replace_case(
            case=waiting.pop(), reason=ExclusionReason.OTHER, words="Away.", replaced_by=officer
        )

    assert both(replace, replacing.NoReserveLeft) == {"done": 2}
    stepped_in = SampledCase.objects.filter(cycle=committed, replaces__isnull=False)
    assert stepped_in.count() == 2
