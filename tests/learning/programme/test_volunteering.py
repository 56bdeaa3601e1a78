"""Everybody may offer to audit; those who arrange the cycle make the team and its pairs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

from learning.access.models import AccessEvent
from learning.people.roles import Role
from learning.programme.models import AuditCycle, AuditorExpression, AuditTeamMember
from learning.programme.states import CycleState
from tests.learning.audit import a_cycle, a_pair, a_person, a_sampled_case

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]
TEAM = "/audits/2031-Q1/team/"
PART = "/audits/2031-Q1/my-part/"


def members(cycle: AuditCycle) -> set[str]:
    return {str(member) for member in cycle.team.all()}


@pytest.mark.parametrize("role", [Role.FRONT_LINE, Role.LINE_MANAGER, Role.SENIOR_MANAGER])
def test_staff_of_every_kind_offer_and_take_it_back(sign_in: SignIn, role: Role) -> None:
    cycle = a_cycle(state=CycleState.TEAM_FORMING)
    client = sign_in(role)
    client.post(f"{PART}offer/", {"words": "I know fostering.", "is_first_time": "on"})
    offer = AuditorExpression.objects.get(cycle=cycle)
    assert (offer.words, offer.is_first_time) == ("I know fostering.", True)
    assert "You have offered to audit" in client.get(PART).content.decode()
    client.post(f"{PART}withdraw/")
    offer.refresh_from_db()
    assert offer.withdrawn_at is not None
    assert "I know fostering." not in sign_in(Role.LEAD_QA).get(TEAM).content.decode()
    client.post(f"{PART}offer/", {"words": "After all."})
    assert "After all." in sign_in(Role.LEAD_QA).get(TEAM).content.decode()


def test_nobody_offers_before_the_call_or_after_the_draw(sign_in: SignIn) -> None:
    for state in (CycleState.PLANNED, CycleState.NOTIFIED, CycleState.CLOSED):
        cycle = a_cycle(ref=f"2031-Q{len(AuditCycle.objects.all()) + 1}", state=state)
        answer = sign_in(Role.FRONT_LINE).post(f"/audits/{cycle.ref}/my-part/offer/", {"words": ""})
        assert "Offers are not being gathered now" in answer.content.decode()
    assert not AuditorExpression.objects.exists()


def test_a_board_member_does_not_offer(sign_in: SignIn) -> None:
    a_cycle(state=CycleState.TEAM_FORMING)
    assert sign_in(Role.BOARD_MEMBER).get(PART).status_code == 404
    assert sign_in(Role.BOARD_MEMBER).post(f"{PART}offer/", {"words": ""}).status_code == 403


def test_an_offer_is_taken_into_the_team_and_the_person_told(
    sign_in: SignIn, person: Any, django_capture_on_commit_callbacks: Any
) -> None:
    cycle = a_cycle(state=CycleState.TEAM_FORMING)
    worker = person(Role.FRONT_LINE)
    sign_in(worker).post(f"{PART}offer/", {"words": "A word about somebody", "is_first_time": "on"})
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(Role.AUDIT_ADMIN).post(f"{TEAM}add/", {"person": worker.email})
    member = AuditTeamMember.objects.get(cycle=cycle, person=worker)
    assert member.is_first_time
    [message] = mail.outbox
    assert message.to == [worker.email]
    assert "/audits/2031-Q1/my-part/" in message.body
    assert "A word about somebody" not in message.body


def test_somebody_is_found_by_name(sign_in: SignIn) -> None:
    cycle = a_cycle(state=CycleState.TEAM_FORMING)
    a_person("Asha")
    lead = sign_in(Role.LEAD_QA)
    unknown = lead.post(f"{TEAM}add/", {"person": "Asha Bilt"})
    assert "Nobody here is called “Asha Bilt”" in unknown.content.decode()
    lead.post(f"{TEAM}add/", {"person": "asha built"})
    again = lead.post(f"{TEAM}add/", {"person": "asha@harrowmere.example"})
    assert "is in the team already" in again.content.decode()
    assert members(cycle) == {"Asha Built"}


def test_two_of_one_name_are_told_apart(sign_in: SignIn) -> None:
    a_cycle(state=CycleState.TEAM_FORMING)
    a_person("Asha")
    twin = a_person("Ashb")
    twin.first_name = "Asha"
    twin.save()
    answer = sign_in(Role.LEAD_QA).post(f"{TEAM}add/", {"person": "Asha Built"})
    assert "More than one person is called" in answer.content.decode()


def test_who_audited_before_is_known_from_earlier_cycles(sign_in: SignIn) -> None:
    asha, bran = a_person("Asha"), a_person("Bran")
    a_pair(a_cycle(ref="2030-Q4", state=CycleState.CLOSED), asha)
    cycle = a_cycle(state=CycleState.TEAM_FORMING)
    for who in (asha, bran):
        sign_in(Role.LEAD_QA).post(f"{TEAM}add/", {"person": who.email})
    assert not cycle.team.get(person=asha).is_first_time
    assert cycle.team.get(person=bran).is_first_time


def test_pairs_are_two_or_three_of_the_team(sign_in: SignIn) -> None:
    cycle = a_cycle(state=CycleState.TEAM_FORMING)
    people = [a_person(name) for name in ("Asha", "Bran", "Cato", "Dara")]
    team = [AuditTeamMember.objects.create(cycle=cycle, person=who) for who in people]
    lead = sign_in(Role.LEAD_QA)
    for wrong in (team[:1], team):
        answer = lead.post("/audits/2031-Q1/pairs/", {"pair-members": [m.pk for m in wrong]})
        assert "nobody audits alone" in answer.content.decode()
    lead.post("/audits/2031-Q1/pairs/", {"pair-members": [m.pk for m in team[:2]]})
    pair = cycle.pairs.get()
    assert pair.people == people[:2]
    again = lead.post("/audits/2031-Q1/pairs/", {"pair-members": [team[0].pk, team[2].pk]})
    assert again.context["pair_form"].errors
    lead.post(f"/audits/2031-Q1/pairs/{pair.pk}/apart/")
    assert not cycle.pairs.exists()
    assert cycle.team.count() == 4


def test_a_member_of_another_cycle_cannot_be_paired_here(sign_in: SignIn) -> None:
    cycle = a_cycle(state=CycleState.TEAM_FORMING)
    other = a_cycle(ref="2031-Q2", state=CycleState.TEAM_FORMING)
    ours = AuditTeamMember.objects.create(cycle=cycle, person=a_person("Asha"))
    theirs = AuditTeamMember.objects.create(cycle=other, person=a_person("Bran"))
    form = {"pair-members": [ours.pk, theirs.pk]}
    sign_in(Role.LEAD_QA).post("/audits/2031-Q1/pairs/", form)
    assert not cycle.pairs.exists()


def test_a_pair_with_a_case_stays_together(sign_in: SignIn) -> None:
    cycle = a_cycle(state=CycleState.READY)
    pair = a_pair(cycle, a_person("Asha"), a_person("Bran"))
    a_sampled_case(cycle, pair=pair)
    lead = sign_in(Role.LEAD_QA)
    told = lead.post(f"/audits/2031-Q1/pairs/{pair.pk}/apart/", follow=True)
    assert "has been given a case" in told.content.decode()
    member = pair.members.first()
    url = f"{TEAM}{member.pk}/remove/"
    refused = lead.post(url, {"reason": "Ill"})
    assert "has been given a case" in refused.content.decode()
    assert pair.members.count() == 2


def test_taking_somebody_out_needs_a_reason(sign_in: SignIn) -> None:
    cycle = a_cycle(state=CycleState.TEAM_FORMING)
    member = AuditTeamMember.objects.create(cycle=cycle, person=a_person("Asha"))
    lead = sign_in(Role.LEAD_QA)
    lead.post(f"{TEAM}{member.pk}/remove/", {"reason": ""})
    assert members(cycle) == {"Asha Built"}
    lead.post(f"{TEAM}{member.pk}/remove/", {"reason": "On leave then"})
    assert members(cycle) == set()


def test_the_team_page_shows_names_and_no_jobs(sign_in: SignIn) -> None:
    cycle = a_cycle(state=CycleState.TEAM_FORMING)
    boss = a_person("Asha", job_title="Director", job_family="senior_management")
    AuditTeamMember.objects.create(cycle=cycle, person=boss)
    page = sign_in(Role.LEAD_QA).get(TEAM).content.decode()
    assert "Asha Built" in page
    assert "Director" not in page
    assert "Senior management" not in page


def test_the_team_page_says_what_the_team_is_without(sign_in: SignIn, person: Any) -> None:
    """A team of three is too small to be counted on the cycle's page; whoever makes it is told here."""
    cycle = a_cycle(state=CycleState.TEAM_FORMING)
    kinds = ["social_work", "social_work", "management"]
    for number, kind in enumerate(kinds):
        member = a_person(f"N{number}", job_family=kind)
        AuditTeamMember.objects.create(cycle=cycle, person=member, is_first_time=number > 0)
    for reader in (Role.LEAD_QA, Role.AUDIT_ADMIN):
        page = sign_in(reader).get(TEAM).content.decode()
        assert "Nobody from residential and fostering." in page
        assert "Nobody from senior management." in page
        assert "Nobody from social work." not in page
        assert "More than half audit for the first time." in page
    assert "Nobody from" not in sign_in(Role.FRONT_LINE).get("/audits/2031-Q1/").content.decode()
    cycle.team.update(is_first_time=True)
    page = sign_in(Role.LEAD_QA).get(TEAM).content.decode()
    assert "Nobody who has audited before." in page
    kinds = ["family_support", "residential_fostering", "senior_management"]
    for number, kind in enumerate(kinds, start=3):
        member = a_person(f"N{number}", job_family=kind)
        AuditTeamMember.objects.create(cycle=cycle, person=member)
    page = sign_in(Role.LEAD_QA).get(TEAM).content.decode()
    assert "every kind of work takes part" in page and "Nobody " not in page


@pytest.mark.parametrize(
    "role", sorted(set(Role) - {Role.LEAD_QA, Role.QA_OFFICER, Role.AUDIT_ADMIN})
)
def test_nobody_else_opens_the_team_page(sign_in: SignIn, role: Role) -> None:
    a_cycle(state=CycleState.TEAM_FORMING)
    assert sign_in(role).get(TEAM).status_code == 403


def test_looking_at_declared_links_is_logged(sign_in: SignIn, person: Any) -> None:
    cycle = a_cycle(state=CycleState.TEAM_FORMING)
    member = AuditTeamMember.objects.create(
        cycle=cycle, person=a_person("Asha"), links="My neighbour's children"
    )
    url = f"{TEAM}{member.pk}/links/"
    assert sign_in(Role.AUDIT_ADMIN).get(url).status_code == 403
    assert "My neighbour&#x27;s children" in sign_in(Role.QA_OFFICER).get(url).content.decode()
    [look] = AccessEvent.objects.filter(object_type="learning.auditteammember", action="viewed")
    assert (look.user_id, look.object_id) == (person(Role.QA_OFFICER).pk, str(member.pk))
