"""Two people, or two rounds, at the same moment: one does it, and nothing is done twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core import mail
from django.db import connections
from django.utils import timezone

from learning.events.models import Event
from learning.events.steps import StepNotPossible
from learning.events.working_days import add_working_days
from learning.models import AuditCycle, ExtensionRequest, FollowUp, FollowUpMessage, Verification
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.recommendations import decisions, services
from learning.recommendations.drafting import draft_recommendation
from learning.recommendations.follow_ups import send_follow_ups
from learning.recommendations.models import Recommendation
from learning.recommendations.refusals import NotPossible
from learning.recommendations.states import RecommendationState, Rung
from portal.demo.loader import first_with
from tests.learning.audit import a_cycle, a_recommendation
from tests.learning.recommendations.conftest import EVIDENCE, STATEMENT, in_working_days
from tests.learning.recommendations.test_ladder import DUE, due_on


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each gave, or the refusal that it met, all begun at the same moment."""

    def run(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except (StepNotPossible, NotPossible) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def refused(answers: list[Any]) -> int:
    return sum(isinstance(answer, StepNotPossible | NotPossible) for answer in answers)


def of_this_cycle(owner: StaffMember, state: str) -> Recommendation:
    cycle = AuditCycle.objects.filter(ref="2031-Q1").first() or a_cycle()
    return a_recommendation(owner=owner, cycle=cycle, state=state, level="team")


def test_three_rounds_at_once_send_everything_once(cloned_database: str) -> None:
    for role in (Role.LINE_MANAGER, Role.QA_OFFICER):
        for _ in range(10):
            due_on(DUE, of_this_cycle(first_with(role), "in_progress"))
    day = add_working_days(DUE, 30)
    mail.outbox.clear()

    at_once(*[lambda: send_follow_ups(day)] * 3)

    send_follow_ups(day)
    assert FollowUp.objects.count() == 2 * 10 * len(Rung)
    assert not FollowUp.objects.filter(sent_at__isnull=True).exists()
    recipients = [message.to[0] for message in mail.outbox]
    assert sorted(recipients) == sorted(set(recipients))
    assert FollowUpMessage.objects.count() == len(recipients) > 2


def test_two_verifications_at_once_end_in_one(cloned_database: str) -> None:
    owner = first_with(Role.LINE_MANAGER)
    row = of_this_cycle(owner, "acknowledged")
    services.confirm_completion(
        recommendation=row,
        statement=STATEMENT,
        completed_on=timezone.localdate(),
        evidence=EVIDENCE,
        full_name=owner.get_full_name(),
        confirmed_by=owner,
    )
    lead, officer = first_with(Role.LEAD_QA), first_with(Role.QA_OFFICER)

    answers = at_once(
        lambda: services.verify(recommendation=row, words="", verified_by=lead),
        lambda: services.return_confirmation(
            recommendation=row, words="What?", returned_by=officer
        ),
        lambda: services.verify(recommendation=row, words="", verified_by=officer),
    )

    assert refused(answers) == 2
    assert Verification.objects.count() == 1
    row = Recommendation.objects.get(pk=row.pk)
    was_accepted = Verification.objects.get().is_accepted
    wanted = RecommendationState.VERIFIED if was_accepted else RecommendationState.RETURNED
    assert row.state == wanted


def test_two_decisions_on_one_request_end_in_one(cloned_database: str) -> None:
    owner = first_with(Role.LINE_MANAGER)
    row = of_this_cycle(owner, "acknowledged")
    asked = decisions.request_extension(
        recommendation=row, new_due_date=in_working_days(40), reason="Away", requested_by=owner
    )
    lead = first_with(Role.LEAD_QA)
    deputy = StaffMember.objects.get(email="julian.obuya@harrowmere.example")

    answers = at_once(
        lambda: decisions.decide_extension(
            request=asked, is_granted=True, words="", decided_by=lead
        ),
        lambda: decisions.decide_extension(
            request=asked, is_granted=False, words="No.", decided_by=deputy
        ),
    )

    assert refused(answers) == 1
    decided = ExtensionRequest.objects.get()
    events = Event.objects.filter(
        action__in=("recommendation.grant_time", "recommendation.refuse_time")
    )
    assert events.count() == 1
    assert (row.due_date != Recommendation.objects.get(pk=row.pk).due_date) is decided.is_granted


def test_drafts_at_once_get_references_of_their_own(cloned_database: str) -> None:
    cycle, lead = a_cycle(), first_with(Role.LEAD_QA)

    def draft() -> str:
        return draft_recommendation(
            drafted_by=lead,
            cycle=cycle,
            level="service",
            action_type="recording",
            action="Write",
            why="So",
            how_known="Seen",
            owner=lead,
            due_date=in_working_days(20),
        ).ref

    refs = at_once(*[draft] * 6)
    assert sorted(refs) == [f"2031-Q1-R-{number:02}" for number in range(1, 7)]
