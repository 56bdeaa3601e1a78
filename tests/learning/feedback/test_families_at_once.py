"""Two who press at the same moment: a family's safety comes first, and nothing is taken twice."""

from typing import Any

from learning.events.models import Event
from learning.events.steps import StepNotPossible
from learning.feedback import asking, writing_up
from learning.feedback.models import FamilyFeedback
from learning.feedback.states import AskedPerson, FeedbackState
from learning.submissions.family import FamilyNotHeard
from learning.submissions.finishing import complete_submission
from learning.submissions.models import AuditSubmission
from learning.submissions.states import SubmissionState
from portal.demo.loader import first_with
from tests.learning.feedback.conftest import Family, a_family
from tests.learning.feedback.test_asking_refused import check, heard, invite
from tests.learning.programme.test_pressing_at_once import at_once


def a_committed_family() -> Family:
    return a_family(first_with)


def test_not_safe_wins_over_an_invitation_at_the_same_moment(cloned_database: str) -> None:
    family = a_committed_family()
    check(family.parent, family.worker)

    def say_no() -> Any:
        return check(family.parent, family.manager, is_safe=False)

    results = at_once(lambda: invite(family), say_no)
    assert results in (["StepNotPossible", "done"], ["done", "done"])
    assert family.state() == FeedbackState.NOT_SAFE


def test_views_go_into_the_audit_once(cloned_database: str) -> None:
    family = a_committed_family()
    feedback = heard(family)

    def put_in(by: Any) -> Any:
        return writing_up.incorporate(feedback=feedback, incorporated_by=by)

    results = at_once(lambda: put_in(family.first), lambda: put_in(family.second))
    assert results == ["StepNotPossible", "done"]
    steps = Event.objects.filter(action="familyfeedback.incorporate", object_id=str(feedback.pk))
    assert steps.count() == 1


def test_nobody_is_added_to_an_audit_while_it_is_completed(cloned_database: str) -> None:
    family = a_committed_family()
    FamilyFeedback.objects.update(state=FeedbackState.DECLINED)

    def complete() -> Any:
        try:
            return complete_submission(submission=family.submission, completed_by=family.lead)
        except FamilyNotHeard as refusal:
            raise StepNotPossible from refusal

    def add() -> Any:
        return asking.add_person(
            submission=family.submission,
            asked=AskedPerson.CHILD,
            relation="brother",
            added_by=family.first,
        )

    assert at_once(complete, add) == ["StepNotPossible", "done"]
    state = AuditSubmission.objects.get(pk=family.submission.pk).state
    is_waiting = FamilyFeedback.objects.filter(
        submission=family.submission, state=FeedbackState.DUE
    ).exists()
    assert is_waiting == (state != SubmissionState.COMPLETE)
