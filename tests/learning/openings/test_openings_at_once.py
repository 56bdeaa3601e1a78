"""Two who press at the same moment open an audit once."""

from learning.models import Opening, SubmissionGrant
from learning.openings.services import ask_to_read, break_glass, decide
from learning.openings.states import OpeningState
from learning.people.roles import Role
from portal.demo.loader import first_with
from tests.learning.audit import a_cycle, a_person, a_sampled_case, a_submission
from tests.learning.openings.conftest import FOUND, REASON
from tests.learning.programme.test_pressing_at_once import at_once


def test_two_break_glass_at_once_open_once(cloned_database: str) -> None:
    audit = a_submission(a_sampled_case(a_cycle()), "quality_assured")
    root = a_person("Root", is_superuser=True)

    def press() -> Opening:
        return break_glass(submission=audit, reason=REASON, opened_by=root)

    assert at_once(press, press) == ["OpeningNotPossible", "done"]
    assert Opening.objects.count() == 1
    assert SubmissionGrant.objects.filter(user=root).count() == 1


def test_a_yes_and_a_no_at_once_are_one_decision(cloned_database: str) -> None:
    audit = a_submission(a_sampled_case(a_cycle()), "quality_assured")
    governance, lead = first_with(Role.INFORMATION_GOVERNANCE), first_with(Role.LEAD_QA)
    opening = ask_to_read(submission=audit, reason=REASON, asked_by=governance)

    def press(may_read: bool) -> Opening:
        return decide(opening=opening, may_read=may_read, decision=FOUND, decided_by=lead)

    results = at_once(lambda: press(True), lambda: press(False))
    assert results == ["StepNotPossible", "done"]
    was_opened = Opening.objects.get().state == OpeningState.OPENED
    assert SubmissionGrant.objects.filter(user=governance).exists() == was_opened
