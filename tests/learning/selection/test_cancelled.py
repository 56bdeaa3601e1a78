"""A cancelled or postponed cycle goes no further: nobody draws, is told, or is asked for anything (E1)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from learning.people.roles import Role
from learning.programme.models import AuditCycle
from learning.programme.states import WHAT_HAPPENS_NOW, CycleState
from learning.selection import drawing, loading, preparing, replacing
from learning.selection.models import SampledCase
from learning.selection.selectors import waiting_for
from learning.selection.states import CaseState, ExclusionReason
from learning.selection.timing import NotInThisCycle
from learning.submissions.opening import start_submission
from learning.submissions.selectors import waiting_for as to_audit
from tests.learning.audit import a_cycle, a_pair, a_person, a_sampled_case
from tests.learning.selection.conftest import the_proposal

pytestmark = pytest.mark.django_db
STOPPED = [CycleState.CANCELLED, CycleState.POSTPONED]


def stop(cycle: AuditCycle, state: str) -> AuditCycle:
    AuditCycle.objects.filter(pk=cycle.pk).update(state=state)
    return cycle


def refused(state: str, step: Callable[[], Any]) -> None:
    with pytest.raises(NotInThisCycle, match=state):
        step()


@pytest.mark.parametrize("state", STOPPED)
def test_its_list_and_its_draw_stay_as_they_are(
    frame: Any, cycle: Any, officer: Any, state: str
) -> None:
    stop(cycle, state)
    refused(state, lambda: loading.check_frame(frame=frame, checked_by=officer))
    refused(state, lambda: loading.throw_frame_away(frame=frame, thrown_by=officer))
    stop(cycle, CycleState.SELECTION)
    loading.check_frame(frame=frame, checked_by=officer)
    stop(cycle, state)
    plan = the_proposal(frame)
    refused(state, lambda: drawing.draw_sample(cycle=cycle, plan=plan, drawn_by=officer))
    assert not SampledCase.objects.filter(cycle=cycle).exists()
    stop(cycle, CycleState.SELECTION)
    drawing.draw_sample(cycle=cycle, plan=plan, drawn_by=officer)
    stop(cycle, state)
    refused(state, lambda: drawing.confirm_draw(cycle=cycle, confirmed_by=officer))
    assert not cycle.sample.filter(state=CaseState.CONFIRMED).exists()


@pytest.mark.parametrize("state", STOPPED)
def test_no_worker_is_told_and_no_reserve_steps_in(
    confirmed: Any, officer: Any, state: str
) -> None:
    worker = a_person("Wanda")
    confirmed.sample.update(worker=worker)
    stop(confirmed, state)
    mail.outbox.clear()
    case = confirmed.sample.filter(state=CaseState.CONFIRMED).first()
    refused(state, lambda: preparing.tell_workers(cycle=confirmed, told_by=officer))
    refused(state, lambda: preparing.name_worker(case=case, worker=worker, named_by=officer))
    refused(
        state,
        lambda: replacing.replace_case(
            case=case, reason=ExclusionReason.COURT, words="", replaced_by=officer
        ),
    )
    assert mail.outbox == []


@pytest.mark.parametrize("state", STOPPED)
def test_nothing_of_it_waits_for_workers_managers_or_pairs(state: str, sign_in: Any) -> None:
    cycle = a_cycle(state=CycleState.NOTIFIED)
    manager = a_person("Manager")
    worker = a_person("Wanda", line_manager=manager)
    first, second = a_person("First"), a_person("Second")
    waits = a_sampled_case(cycle, worker=worker, state=CaseState.WORKER_NOTIFIED)
    given = a_sampled_case(cycle, pair=a_pair(cycle, first, second), state=CaseState.ALLOCATED)
    start_submission(case=given, started_by=first)
    assert waiting_for(worker) and waiting_for(manager) and to_audit(first)
    stop(cycle, state)
    assert waiting_for(worker) == waiting_for(manager) == to_audit(first) == []
    assert waits.ref not in sign_in(worker).get("/my/my-work/").text


@pytest.mark.parametrize("state", STOPPED)
def test_its_pages_say_why_and_offer_nothing_that_is_refused(state: str, sign_in: Any) -> None:
    cycle = a_cycle(state=CycleState.NOTIFIED)
    worker = a_person("Wanda")
    waits = a_sampled_case(cycle, worker=worker, state=CaseState.WORKER_NOTIFIED)
    pair = a_pair(cycle, a_person("First"), a_person("Second"))
    given = a_sampled_case(cycle, worker=worker, pair=pair, state=CaseState.ALLOCATED)
    offered = {waits: reverse("selection:name_worker", args=[waits.ref])}
    offered[given] = reverse("selection:reallocate", args=[given.ref])
    officer, own = sign_in(Role.QA_OFFICER), sign_in(worker)
    for case, address in offered.items():
        assert address in officer.get(reverse("selection:case", args=[case.ref])).text
    stop(cycle, state)
    for case, address in offered.items():
        assert address not in officer.get(reverse("selection:case", args=[case.ref])).text
    for name in ("case", "prepare"):
        page = own.get(reverse(f"selection:{name}", args=[waits.ref])).text
        assert WHAT_HAPPENS_NOW[state] in page
        assert "Bring the recording" not in page
