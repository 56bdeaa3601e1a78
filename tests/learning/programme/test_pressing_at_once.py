"""Two who press at the same moment: one step is taken, the other person is told so."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections

from learning.events.models import Event
from learning.events.refusals import Refusal
from learning.people.roles import Role
from learning.programme.models import AuditCycle, AuditorExpression
from learning.programme.services import move_cycle
from learning.programme.states import CycleState
from learning.programme.team_services import TeamNotOpen, add_member, make_pair
from portal.demo.loader import first_with
from tests.learning.audit import a_cycle, a_person

REFUSALS = (Refusal, TeamNotOpen)


def at_once(*steps: Callable[[], Any]) -> list[str]:
    """What came of each step, all begun at the same moment: "done" or the name of the refusal."""
    results: list[str] = []
    start = threading.Barrier(len(steps))

    def press(step: Callable[[], Any]) -> None:
        start.wait()
        try:
            step()
            results.append("done")
        except REFUSALS as refusal:
            results.append(type(refusal).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=[step]) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(results)


def test_a_cycle_is_cancelled_once(cloned_database: str) -> None:
    lead = first_with(Role.LEAD_QA)
    cycle = a_cycle(state=CycleState.TEAM_AGREED)

    def cancel() -> AuditCycle:
        return move_cycle(cycle=cycle, step="cancel", actor=lead, reason="Too many are ill.")

    assert at_once(cancel, cancel) == ["StepNotPossible", "done"]
    assert Event.objects.filter(action="auditcycle.cancel", object_id=str(cycle.pk)).count() == 1


def test_somebody_is_taken_into_the_team_once(cloned_database: str) -> None:
    lead, asha = first_with(Role.LEAD_QA), a_person("Asha")
    cycle = a_cycle(state=CycleState.TEAM_FORMING)
    AuditorExpression.objects.create(cycle=cycle, person=asha)

    def take() -> Any:
        return add_member(cycle=cycle, person=asha, added_by=lead)

    assert at_once(take, take) == ["TeamNotOpen", "done"]
    assert cycle.team.count() == 1


def test_nobody_lands_in_two_pairs(cloned_database: str) -> None:
    lead = first_with(Role.LEAD_QA)
    cycle = a_cycle(state=CycleState.TEAM_FORMING)
    asha, bran, cato = (
        add_member(cycle=cycle, person=a_person(name), added_by=lead)
        for name in ("Asha", "Bran", "Cato")
    )

    def pair_with(other: Any) -> Callable[[], Any]:
        return lambda: make_pair(cycle=cycle, members=[asha, other], made_by=lead)

    assert at_once(pair_with(bran), pair_with(cato)) == ["TeamNotOpen", "done"]
    assert asha.pairs.count() == 1
