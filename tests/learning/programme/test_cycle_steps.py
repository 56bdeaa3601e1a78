"""A cycle goes on step by step, and only when what the step needs is there (domain.md E1)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from learning.events.models import Event
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.programme.models import Acknowledgement, AuditCycle, AuditPair
from learning.programme.readings import readings_of
from learning.programme.states import CycleState
from tests.learning.audit import a_cycle, a_pair, a_prepared_person

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]


def step(client: Any, name: str, reason: str = "") -> str:
    """The page or the refusal after pressing the button of this step."""
    answer = client.post(f"/audits/2031-Q1/steps/{name}/", {"reason": reason}, follow=True)
    return answer.content.decode()


def state() -> str:
    return AuditCycle.objects.get(ref="2031-Q1").state


def a_balanced_pair(cycle: AuditCycle) -> AuditPair:
    """Two prepared people of different work, one of them experienced, their links declared."""
    pair = a_pair(
        cycle,
        a_prepared_person("Asha", job_family="social_work"),
        a_prepared_person("Bran", job_family="family_support"),
    )
    cycle.team.update(links_declared_at=timezone.now())
    cycle.team.filter(person__first_name="Bran").update(is_first_time=True)
    return pair


def test_the_call_opens_when_administrator_and_it_contact_are_named(
    sign_in: SignIn, person: Any
) -> None:
    cycle = a_cycle(state=CycleState.PLANNED)
    page = step(sign_in(Role.LEAD_QA), "open_call")
    assert "Name the audit administrator." in page
    assert "Name the IT contact." in page
    assert state() == CycleState.PLANNED
    cycle.administrator, cycle.it_contact = person(Role.AUDIT_ADMIN), person(Role.IT_SUPPORT)
    cycle.save()
    step(sign_in(Role.LEAD_QA), "open_call")
    assert state() == CycleState.TEAM_FORMING
    assert Event.objects.filter(
        action="auditcycle.open_call", actor_id=person(Role.LEAD_QA).pk
    ).exists()


@pytest.mark.parametrize("left", ["administrator", "it_contact"])
def test_a_cycle_is_not_ready_without_administrator_and_it_contact(
    sign_in: SignIn, person: Any, left: str
) -> None:
    """Both were named before the call, and one of them has left since."""
    cycle = a_cycle(state=CycleState.NOTIFIED)
    people = {"administrator": person(Role.AUDIT_ADMIN), "it_contact": person(Role.IT_SUPPORT)}
    AuditCycle.objects.filter(pk=cycle.pk).update(**people | {left: None})
    words = {"administrator": "audit administrator", "it_contact": "IT contact"}[left]
    assert f"Name the {words}." in step(sign_in(Role.LEAD_QA), "declare_ready")
    assert state() == CycleState.NOTIFIED
    AuditCycle.objects.filter(pk=cycle.pk).update(**people)
    step(sign_in(Role.LEAD_QA), "declare_ready")
    assert state() == CycleState.READY


def test_the_team_needs_a_pair(sign_in: SignIn) -> None:
    a_cycle(state=CycleState.TEAM_FORMING)
    assert "Make at least one pair." in step(sign_in(Role.LEAD_QA), "agree_team")
    assert state() == CycleState.TEAM_FORMING


def test_a_balanced_prepared_pair_is_agreed(sign_in: SignIn) -> None:
    cycle = a_cycle(state=CycleState.TEAM_FORMING)
    a_balanced_pair(cycle)
    step(sign_in(Role.LEAD_QA), "agree_team")
    assert state() == CycleState.TEAM_AGREED


def _undeclared(cycle: AuditCycle) -> None:
    cycle.team.filter(person__first_name="Asha").update(links_declared_at=None)


def _unprepared(cycle: AuditCycle) -> None:
    StaffMember.objects.get(first_name="Asha").readiness.delete()


def _lapsed(cycle: AuditCycle) -> None:
    readiness = StaffMember.objects.get(first_name="Asha").readiness
    readiness.modules_read_on = readiness.briefing_attended_on = date(2020, 1, 1)
    readiness.save()


def _new_to_it(cycle: AuditCycle) -> None:
    cycle.team.update(is_first_time=True)


def _alike(cycle: AuditCycle) -> None:
    StaffMember.objects.filter(first_name="Bran").update(job_family="social_work")


def _alone(cycle: AuditCycle) -> None:
    cycle.pairs.get().members.remove(cycle.team.get(person__first_name="Bran"))


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_undeclared, "Asha Built has not said whether there are links to declare."),
        (_unprepared, "Asha Built is not recorded as prepared for the first day."),
        (_lapsed, "Asha Built is not recorded as prepared for the first day."),
        (_new_to_it, "Pair 1: nobody in it has audited before."),
        (_alike, "Pair 1: both come from the same kind of work."),
        (_alone, "Pair 1 needs two auditors."),
    ],
)
def test_each_rule_of_a_team_holds(sign_in: SignIn, spoil: Any, sentence: str) -> None:
    cycle = a_cycle(state=CycleState.TEAM_FORMING)
    a_balanced_pair(cycle)
    spoil(cycle)
    assert sentence in step(sign_in(Role.LEAD_QA), "agree_team")
    assert state() == CycleState.TEAM_FORMING


@pytest.mark.parametrize("spoil", [_new_to_it, _alike])
def test_a_recorded_reason_stands_in_for_balance(sign_in: SignIn, spoil: Any) -> None:
    cycle = a_cycle(state=CycleState.TEAM_FORMING)
    pair = a_balanced_pair(cycle)
    spoil(cycle)
    lead = sign_in(Role.LEAD_QA)
    lead.post(f"/audits/2031-Q1/pairs/{pair.pk}/why/", {"reason": "Our first cycle of all."})
    step(lead, "agree_team")
    assert state() == CycleState.TEAM_AGREED


def test_the_draw_begins_35_days_before_or_with_a_reason(sign_in: SignIn) -> None:
    a_cycle(state=CycleState.TEAM_AGREED, first_day=timezone.localdate() + timedelta(days=36))
    lead = sign_in(Role.LEAD_QA)
    assert "The draw is planned for" in step(lead, "open_selection")
    assert state() == CycleState.TEAM_AGREED
    step(lead, "open_selection", "Half-term lies between.")
    assert state() == CycleState.SELECTION
    assert Event.objects.filter(reason="Half-term lies between.").exists()


def test_the_draw_begins_without_a_reason_on_its_day(sign_in: SignIn) -> None:
    a_cycle(state=CycleState.TEAM_AGREED, first_day=timezone.localdate() + timedelta(days=35))
    step(sign_in(Role.LEAD_QA), "open_selection")
    assert state() == CycleState.SELECTION


def test_the_days_begin_on_the_first_day_not_before(sign_in: SignIn) -> None:
    a_cycle(state=CycleState.READY, first_day=timezone.localdate() + timedelta(days=1))
    assert "The first day is" in step(sign_in(Role.LEAD_QA), "begin_days", "In a hurry")
    assert state() == CycleState.READY


def test_the_days_wait_until_everybody_has_acknowledged(sign_in: SignIn) -> None:
    cycle = a_cycle(state=CycleState.READY)
    a_balanced_pair(cycle)
    page = step(sign_in(Role.LEAD_QA), "begin_days")
    assert "Asha Built has not acknowledged: " in page
    for member in cycle.team.all():
        for reading in readings_of(cycle):
            Acknowledgement.objects.create(
                cycle=cycle,
                person=member.person,
                subject=reading.subject,
                revision_id=reading.revision_id,
            )
    assert "has not acknowledged" not in step(sign_in(Role.LEAD_QA), "begin_days")


@pytest.mark.parametrize("name", ["postpone", "cancel"])
def test_putting_a_cycle_off_needs_a_reason(sign_in: SignIn, name: str) -> None:
    a_cycle(state=CycleState.TEAM_AGREED)
    lead = sign_in(Role.LEAD_QA)
    step(lead, name)
    assert state() == CycleState.TEAM_AGREED
    step(lead, name, "Too many are ill.")
    assert state() == {"postpone": CycleState.POSTPONED, "cancel": CycleState.CANCELLED}[name]


def test_a_postponed_cycle_is_planned_again_on_new_days(sign_in: SignIn) -> None:
    cycle = a_cycle(state=CycleState.POSTPONED, first_day=date(2031, 3, 4))
    form = {"first_day_day": "11", "first_day_month": "3", "first_day_year": "2031"}
    sign_in(Role.LEAD_QA).post("/audits/2031-Q1/plan-again/", form)
    assert state() == CycleState.PLANNED
    assert [day.date for day in cycle.days.all()] == [date(2031, 3, 11), date(2031, 3, 12)]


def test_a_closed_cycle_is_opened_again_with_a_reason(sign_in: SignIn) -> None:
    a_cycle(state=CycleState.CLOSED)
    lead = sign_in(Role.LEAD_QA)
    step(lead, "reopen")
    assert state() == CycleState.CLOSED
    step(lead, "reopen", "A family’s view came late.")
    assert state() == CycleState.LEARNING_PUBLISHED


@pytest.mark.parametrize("name", ["cancel", "postpone", "open_call", "close"])
def test_a_step_that_does_not_fit_is_refused_in_words(sign_in: SignIn, name: str) -> None:
    a_cycle(state=CycleState.IN_PROGRESS)
    page = step(sign_in(Role.LEAD_QA), name, "Because")
    assert "does not fit now" in page
    assert state() == CycleState.IN_PROGRESS


def test_a_step_that_does_not_exist_is_not_there(sign_in: SignIn) -> None:
    a_cycle(state=CycleState.PLANNED)
    assert sign_in(Role.LEAD_QA).post("/audits/2031-Q1/steps/save/").status_code == 404


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.LEAD_QA}))
def test_nobody_but_a_lead_takes_steps(sign_in: SignIn, role: Role) -> None:
    a_cycle(state=CycleState.TEAM_AGREED)
    answer = sign_in(role).post("/audits/2031-Q1/steps/cancel/", {"reason": "Mine"})
    assert answer.status_code == 403
    assert state() == CycleState.TEAM_AGREED


def test_the_cycle_page_says_what_is_missing_and_offers_no_button(sign_in: SignIn) -> None:
    a_cycle(state=CycleState.PLANNED)
    page = sign_in(Role.LEAD_QA).get("/audits/2031-Q1/").content.decode()
    assert "Next: Ask all staff who would like to audit" in page
    assert "Name the IT contact." in page
    assert "/steps/open_call/" not in page
