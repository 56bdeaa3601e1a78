"""Somebody falls ill on the first day: another pair takes the case, and the team can change (domain.md A22)."""

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from learning.events.models import Event
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.programme.models import AuditCycle, AuditPair
from learning.programme.states import CycleState
from learning.programme.team_services import TeamNotOpen, dissolve_pair, remove_member
from learning.selection.allocating import CaseNotForPair, allocate, reallocate
from learning.selection.models import SampledCase
from learning.selection.replacing import withdraw_case
from learning.selection.states import CaseState, ExclusionReason
from learning.selection.timing import NotInThisCycle
from learning.submissions.models import SubmissionGrant
from tests.learning.audit import a_cycle, a_pair, a_person, a_prepared_person, a_sampled_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(db: None) -> AuditCycle:
    return a_cycle()


@pytest.fixture
def first(cycle: AuditCycle) -> AuditPair:
    return a_pair(cycle, a_prepared_person("Ill"), a_prepared_person("Well"))


@pytest.fixture
def second(cycle: AuditCycle) -> AuditPair:
    return a_pair(cycle, a_prepared_person("Third"), a_prepared_person("Fourth"))


@pytest.fixture
def given(cycle: AuditCycle, first: AuditPair, officer: StaffMember) -> SampledCase:
    """A case that was given to the first pair."""
    case = a_sampled_case(cycle, worker=a_person("Worker"), state=CaseState.READY)
    return allocate(case=case, pair=first, allocated_by=officer)


def page(case: SampledCase) -> str:
    return reverse("selection:reallocate", args=[case.ref])


def addressed() -> dict[str, str]:
    return {message.to[0]: message.body for message in mail.outbox}


def test_the_officer_gives_the_case_to_another_pair(
    given: SampledCase,
    first: AuditPair,
    second: AuditPair,
    sign_in: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    desk = sign_in(Role.QA_OFFICER)
    assert page(given) in desk.get(reverse("selection:case", args=[given.ref])).text
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(page(given), {"pair": second.pk, "reason": "Somebody is ill."})
    assert answer.status_code == 302

    given.refresh_from_db()
    assert (given.pair, given.state) == (second, CaseState.ALLOCATED)
    assert Event.objects.get(action="sampledcase.reallocate").reason == "Somebody is ill."
    granted = SubmissionGrant.objects.filter(content_object=given.submission)
    assert {grant.user for grant in granted} == set(second.people)
    letters = addressed()
    assert set(letters) == {person.email for person in [*first.people, *second.people]}
    for person in second.people:
        assert f"/audits/submissions/{given.ref}/" in letters[person.email]
    for person in first.people:
        assert "/my-part/" in letters[person.email]
        assert "ill" not in letters[person.email]

    cases = reverse("selection:cases", args=[given.cycle.ref])
    assert sign_in(first.people[0]).get(cases).status_code == 403
    assert "Open audit" not in sign_in(first.people[0]).get("/my/my-work/").text
    assert f"Open audit {given.ref}" in sign_in(second.people[0]).get("/my/my-work/").text


def test_the_ill_auditor_leaves_the_team_once_the_case_is_elsewhere(
    given: SampledCase, first: AuditPair, second: AuditPair, officer: StaffMember, person: Any
) -> None:
    lead, ill = person(Role.LEAD_QA), first.members.first()
    with pytest.raises(TeamNotOpen, match="another pair"):
        remove_member(member=ill, removed_by=lead, reason="Ill")
    with pytest.raises(TeamNotOpen, match="another pair"):
        dissolve_pair(pair=first, dissolved_by=lead)
    reallocate(case=given, pair=second, reason="Ill", reallocated_by=officer)
    remove_member(member=ill, removed_by=lead, reason="Ill")
    dissolve_pair(pair=first, dissolved_by=lead)
    assert [pair.number for pair in given.cycle.pairs.all()] == [second.number]


@pytest.mark.parametrize("leave", ["remove_both", "dissolve"])
def test_a_withdrawn_case_keeps_nobody_in_the_team(
    given: SampledCase, first: AuditPair, officer: StaffMember, person: Any, leave: str
) -> None:
    lead = person(Role.LEAD_QA)
    withdraw_case(case=given, reason=ExclusionReason.COURT, words="", withdrawn_by=officer)
    if leave == "dissolve":
        dissolve_pair(pair=first, dissolved_by=lead)
    else:
        for member in first.members.all():
            remove_member(member=member, removed_by=lead, reason="Ill")
    assert not given.cycle.pairs.exists()
    assert SampledCase.objects.get(pk=given.pk).state == CaseState.WITHDRAWN


def test_a_pair_that_must_not_have_it_is_neither_offered_nor_taken(
    given: SampledCase, second: AuditPair, officer: StaffMember, sign_in: Any
) -> None:
    second.members.first().conflicts.create(worker=given.worker)
    desk = sign_in(Role.QA_OFFICER)
    shown = desk.get(page(given))
    assert "has declared a link" in shown.text
    assert "Give it to this pair" not in shown.text
    answer = desk.post(page(given), {"pair": second.pk, "reason": "Ill"})
    assert answer.status_code == 422
    with pytest.raises(CaseNotForPair, match="declared a link"):
        reallocate(case=given, pair=second, reason="Ill", reallocated_by=officer)


def test_it_needs_a_reason_another_pair_and_a_cycle_under_way(
    given: SampledCase, first: AuditPair, second: AuditPair, officer: StaffMember
) -> None:
    with pytest.raises(CaseNotForPair, match="Say why"):
        reallocate(case=given, pair=second, reason=" ", reallocated_by=officer)
    with pytest.raises(CaseNotForPair, match="already"):
        reallocate(case=given, pair=first, reason="Ill", reallocated_by=officer)
    with pytest.raises(PermissionDenied):
        reallocate(case=given, pair=second, reason="Ill", reallocated_by=first.people[0])
    AuditCycle.objects.filter(pk=given.cycle_id).update(state=CycleState.CANCELLED)
    with pytest.raises(NotInThisCycle, match="cancelled"):
        reallocate(case=given, pair=second, reason="Ill", reallocated_by=officer)


def test_choosing_a_pair_asks_the_same_number_of_queries_for_many(
    given: SampledCase, second: AuditPair, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        people = [a_prepared_person(f"More{number}{place}") for place in "ab"]
        a_pair(given.cycle, *people)
    desk = sign_in(Role.QA_OFFICER)
    desk.get(page(given))
    with django_assert_max_num_queries(24):
        desk.get(page(given))
