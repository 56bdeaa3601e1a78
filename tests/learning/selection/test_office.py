"""“My work” leads the QA office through a draw: what comes next, and only to them."""

from typing import Any

import pytest

from learning.people.roles import Role
from learning.programme.states import CycleState
from learning.selection.models import SampledCase, SelectionDraw
from learning.selection.office import office_work
from learning.selection.replacing import replace_case
from learning.selection.states import CaseState, ExclusionReason
from tests.learning.audit import a_cycle, a_sampled_case

pytestmark = pytest.mark.django_db


def titles(person: Any) -> list[str]:
    return [item.title for item in office_work(person) if "2031-Q1" in item.title]


def test_the_next_step_of_a_draw_waits_for_the_officer(person: Any, sign_in: Any) -> None:
    officer = person(Role.QA_OFFICER)
    cycle = a_cycle(state=CycleState.SELECTION)
    assert titles(officer) == ["Draw the sample of 2031-Q1"]
    assert "Draw the sample of 2031-Q1" in sign_in(Role.QA_OFFICER).get("/my/my-work/").text

    case = a_sampled_case(cycle, state=CaseState.CONFIRMED)
    SelectionDraw.objects.filter(cycle=cycle).update(confirmed_at="2031-01-05T09:00Z")
    assert titles(officer) == ["Tell the workers of 2031-Q1"]

    type(case).objects.filter(pk=case.pk).update(state=CaseState.READY)
    assert titles(officer) == ["Give the cases of 2031-Q1 to pairs"]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.QA_OFFICER}))
def test_nobody_else_is_asked_to_draw(person: Any, role: Role) -> None:
    a_cycle(state=CycleState.SELECTION)
    assert titles(person(role)) == []


def test_a_case_that_steps_in_on_the_first_day_waits_for_the_officer(
    person: Any, sign_in: Any
) -> None:
    officer = person(Role.QA_OFFICER)
    cycle = a_cycle(state=CycleState.IN_PROGRESS)
    gone = a_sampled_case(cycle, state=CaseState.WORKER_NOTIFIED)
    reserve = a_sampled_case(cycle, state=CaseState.RESERVE)
    assert titles(officer) == []

    replace_case(case=gone, reason=ExclusionReason.CLOSED, words="", replaced_by=officer)
    assert titles(officer) == ["Tell the workers of 2031-Q1"]
    assert "Tell the workers of 2031-Q1" in sign_in(Role.QA_OFFICER).get("/my/my-work/").text

    SampledCase.objects.filter(pk=reserve.pk).update(state=CaseState.READY)
    assert titles(officer) == ["Give the cases of 2031-Q1 to pairs"]


@pytest.mark.parametrize("state", [CycleState.QUALITY_ASSURANCE, CycleState.CLOSED])
def test_nothing_waits_after_the_days(person: Any, state: CycleState) -> None:
    a_sampled_case(a_cycle(state=state), state=CaseState.READY)
    assert titles(person(Role.QA_OFFICER)) == []
