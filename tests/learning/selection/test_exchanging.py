"""One auditor of a pair falls ill, and the other goes on with a colleague (domain.md A22, A58, E3)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.events.models import Event
from learning.events.steps import StepNotPossible
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.programme.models import AuditCycle, AuditPair, AuditTeamMember
from learning.programme.states import CycleState
from learning.selection.allocating import CaseNotForPair, allocate
from learning.selection.exchanging import exchange_auditor
from learning.selection.models import SampledCase
from learning.selection.states import CaseState
from learning.selection.timing import NotInThisCycle
from learning.submissions.models import AuditSubmission, OpeningStatement, SubmissionGrant
from learning.submissions.permissions import user_can_review_submission
from learning.submissions.selectors import waiting_for
from learning.submissions.states import SubmissionState
from tests.learning.audit import a_cycle, a_pair, a_person, a_prepared_person, a_sampled_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(db: None) -> AuditCycle:
    return a_cycle()


@pytest.fixture
def pair(cycle: AuditCycle) -> AuditPair:
    """The only pair of its cycle."""
    return a_pair(cycle, a_prepared_person("Ill"), a_prepared_person("Well"))


def a_member(cycle: AuditCycle, name: str, **fields: Any) -> AuditTeamMember:
    """Somebody prepared who has said that there are no links, and is in no pair."""
    person = a_prepared_person(name, **fields)
    return AuditTeamMember.objects.create(
        cycle=cycle, person=person, links_declared_at=timezone.now()
    )


@pytest.fixture
def newcomer(cycle: AuditCycle) -> AuditTeamMember:
    return a_member(cycle, "Newcomer")


@pytest.fixture
def cases(cycle: AuditCycle, pair: AuditPair, officer: StaffMember) -> list[SampledCase]:
    """Two cases that are with the pair."""
    ready = [
        a_sampled_case(cycle, worker=a_person(name), state=CaseState.READY)
        for name in ("Worker", "Other")
    ]
    return [allocate(case=case, pair=pair, allocated_by=officer) for case in ready]


def ill_of(pair: AuditPair) -> AuditTeamMember:
    return pair.members.get(person__first_name="Ill")


def readers(case: SampledCase) -> set[str]:
    grants = SubmissionGrant.objects.filter(content_object__case=case).select_related("user")
    return {grant.user.first_name for grant in grants}


def page(case: SampledCase) -> str:
    return reverse("selection:exchange", args=[case.ref])


def set_state(case: SampledCase, state: str, of_case: str = CaseState.AUDITING) -> None:
    AuditSubmission.objects.filter(case=case).update(state=state)
    SampledCase.objects.filter(pk=case.pk).update(state=of_case)


def test_the_lead_exchanges_one_of_the_only_pair(
    cases: list[SampledCase],
    pair: AuditPair,
    newcomer: AuditTeamMember,
    sign_in: Callable[..., Client],
    django_capture_on_commit_callbacks: Any,
) -> None:
    ill, well = pair.people
    desk = sign_in(Role.LEAD_QA)
    assert page(cases[0]) in desk.get(reverse("selection:case", args=[cases[0].ref])).text
    said = {"leaves": ill_of(pair).pk, "newcomer": newcomer.pk, "reason": "Somebody is ill."}
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(page(cases[0]), said).status_code == 302

    fresh = AuditPair.objects.get()
    assert {one.first_name for one in fresh.people} == {"Well", "Newcomer"}
    assert [readers(case) for case in cases] == [{"Well", "Newcomer"}] * 2
    assert Event.objects.get(action="auditpair.exchange").reason == "Somebody is ill."
    assert Event.objects.filter(action="sampledcase.reallocate").count() == 2
    letters = [(message.to[0], message.body) for message in mail.outbox]
    assert sorted(to for to, _ in letters) == sorted(
        [ill.email, well.email, newcomer.person.email, newcomer.person.email]
    )
    assert not [body for _, body in letters if "ill." in body]
    assert "Open audit" not in sign_in(ill).get("/my/my-work/").text
    assert f"Open audit {cases[1].ref}" in sign_in(newcomer.person).get("/my/my-work/").text
    assert sign_in(ill).get(f"/audits/submissions/{cases[0].ref}/").status_code == 404
    assert sign_in(newcomer.person).get(f"/audits/submissions/{cases[0].ref}/").status_code == 200


def test_what_is_signed_off_stays_with_those_who_made_it(
    cases: list[SampledCase],
    pair: AuditPair,
    newcomer: AuditTeamMember,
    officer: StaffMember,
    sign_in: Callable[..., Client],
) -> None:
    set_state(cases[0], SubmissionState.QUALITY_ASSURED, CaseState.AUDITED)
    goes_on = exchange_auditor(
        pair=pair, leaves=ill_of(pair), newcomer=newcomer, reason="Ill", exchanged_by=officer
    )
    of = {case.ref: case.pair for case in SampledCase.objects.all()}
    assert of == {cases[0].ref: pair, cases[1].ref: goes_on}
    assert {one.first_name for one in pair.people} == {"Ill", "Well"}
    assert readers(cases[0]) == {"Ill", "Well"}
    assert readers(cases[1]) == {"Well", "Newcomer"}
    well = StaffMember.objects.get(first_name="Well")
    part = sign_in(well).get(reverse("programme:my_part", args=[pair.cycle.ref])).text
    assert "Newcomer Built" in part


def test_a_lead_who_wrote_there_never_reviews_it(
    cases: list[SampledCase], pair: AuditPair, newcomer: AuditTeamMember, officer: StaffMember
) -> None:
    audit, left = cases[0].submission, ill_of(pair)
    left.person.groups.add(Group.objects.get(name=Role.LEAD_QA.label))
    OpeningStatement.objects.create(submission=audit, person=left.person)
    exchange_auditor(pair=pair, leaves=left, newcomer=newcomer, reason="Ill", exchanged_by=officer)
    set_state(cases[0], SubmissionState.SUBMITTED)
    AuditCycle.objects.filter(pk=pair.cycle_id).update(lead=left.person)
    reviewer = StaffMember.objects.get(pk=left.person_id)
    assert not user_can_review_submission(reviewer, AuditSubmission.objects.get(pk=audit.pk))
    assert not waiting_for(reviewer)


@pytest.mark.parametrize("state", [SubmissionState.SUBMITTED, SubmissionState.LOCKED])
def test_an_audit_that_is_submitted_or_locked_holds_it(
    cases: list[SampledCase],
    pair: AuditPair,
    newcomer: AuditTeamMember,
    sign_in: Callable[..., Client],
    state: str,
) -> None:
    set_state(cases[0], state)
    answer = sign_in(Role.LEAD_QA).post(
        page(cases[1]), {"leaves": ill_of(pair).pk, "newcomer": newcomer.pk, "reason": "Ill"}
    )
    assert answer.status_code == 422
    assert f"{cases[0].ref} is submitted" in answer.text
    assert {one.first_name for one in AuditPair.objects.get().people} == {"Ill", "Well"}
    assert readers(cases[1]) == {"Ill", "Well"}


def a_conflicted(cycle: AuditCycle, member: AuditTeamMember) -> str:
    member.conflicts.create(worker=StaffMember.objects.get(first_name="Other"))
    return "has declared a link to the worker"


def of_the_team(cycle: AuditCycle, member: AuditTeamMember) -> str:
    """The second case, not the one whose page it is, is of their team."""
    StaffMember.objects.filter(first_name="Other").update(line_manager=member.person)
    return "manages the worker"


def unprepared(cycle: AuditCycle, member: AuditTeamMember) -> str:
    member.person.readiness.delete()
    return "not recorded as prepared"


def undeclared(cycle: AuditCycle, member: AuditTeamMember) -> str:
    AuditTeamMember.objects.filter(pk=member.pk).update(links_declared_at=None)
    return "has not said whether there are links"


def gone(cycle: AuditCycle, member: AuditTeamMember) -> str:
    StaffMember.objects.filter(pk=member.person_id).update(is_active=False)
    return "cannot sign in"


@pytest.mark.parametrize("make", [a_conflicted, of_the_team, unprepared, undeclared, gone])
def test_whoever_must_not_is_neither_offered_nor_taken(
    cases: list[SampledCase],
    pair: AuditPair,
    newcomer: AuditTeamMember,
    officer: StaffMember,
    sign_in: Callable[..., Client],
    make: Callable[[AuditCycle, AuditTeamMember], str],
) -> None:
    words = make(pair.cycle, newcomer)
    shown = sign_in(Role.LEAD_QA).get(page(cases[0])).text
    assert words in shown
    assert "Exchange this auditor" not in shown
    fresh = AuditTeamMember.objects.get(pk=newcomer.pk)
    with pytest.raises(CaseNotForPair, match=words):
        exchange_auditor(
            pair=pair, leaves=ill_of(pair), newcomer=fresh, reason="Ill", exchanged_by=officer
        )
    assert readers(cases[0]) == {"Ill", "Well"}


def test_it_is_refused_otherwise(
    cases: list[SampledCase], pair: AuditPair, newcomer: AuditTeamMember, officer: StaffMember
) -> None:
    other = a_pair(pair.cycle, a_prepared_person("Third"), a_prepared_person("Fourth"))
    busy, elsewhere = other.members.first(), a_member(a_cycle("2031-Q2"), "Elsewhere")
    assert busy is not None

    def attempt(**changed: Any) -> None:
        usual = {
            "pair": pair,
            "leaves": ill_of(pair),
            "newcomer": newcomer,
            "reason": "Ill",
            "exchanged_by": officer,
        }
        exchange_auditor(**(usual | changed))

    for changed, words in (
        ({"newcomer": busy}, "in a pair already"),
        ({"newcomer": ill_of(pair)}, "in a pair already"),
        ({"newcomer": elsewhere}, "not in the team"),
        ({"leaves": busy}, "is not in Pair 1"),
        ({"reason": " "}, "Say why"),
        ({"pair": other, "leaves": busy}, "no case to audit"),
    ):
        with pytest.raises(CaseNotForPair, match=words):
            attempt(**changed)
    with pytest.raises(PermissionDenied):
        attempt(exchanged_by=newcomer.person)
    AuditCycle.objects.filter(pk=pair.cycle_id).update(state=CycleState.QUALITY_ASSURANCE)
    with pytest.raises(NotInThisCycle):
        attempt()
    AuditCycle.objects.filter(pk=pair.cycle_id).update(state=CycleState.IN_PROGRESS)
    AuditSubmission.objects.filter(case=cases[0]).update(state=SubmissionState.SUBMITTED)
    with pytest.raises(StepNotPossible):
        attempt()
    assert not Event.objects.filter(action="auditpair.exchange").exists()


def test_choosing_asks_the_same_number_of_queries_for_many(
    cases: list[SampledCase],
    pair: AuditPair,
    newcomer: AuditTeamMember,
    sign_in: Callable[..., Client],
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(5):
        a_member(pair.cycle, f"More{number}")
    desk = sign_in(Role.QA_OFFICER)
    desk.get(page(cases[0]))
    with django_assert_max_num_queries(26):
        desk.get(page(cases[0]))
