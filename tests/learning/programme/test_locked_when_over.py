"""A closed or cancelled cycle is locked until a lead opens it again (domain.md E1)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from learning.people.roles import Role
from learning.programme.models import AuditCycle, CycleFocus
from learning.programme.states import CycleState
from learning.vocabulary.models import Theme
from portal.demo.loader import first_with
from tests.learning.audit import a_countdown_task, a_cycle, a_pair, a_person

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]
OVER = [CycleState.CLOSED, CycleState.CANCELLED]
SENTENCE = "nothing in it changes any more"


@pytest.mark.parametrize("state", OVER)
def test_nothing_is_changed_in_a_cycle_that_is_over(sign_in: SignIn, state: str) -> None:
    cycle = a_cycle(state=state, first_day=date(2031, 3, 4))
    pair = a_pair(cycle, a_person("Asha"), a_person("Bran"))
    task = a_countdown_task(cycle)
    someone = str(first_with(Role.LEAD_QA).pk)
    focus = {
        "source": "research",
        "source_words": "A paper",
        "population": "Children in need",
        "theme": Theme.objects.get(code="R02").pk,
        "question": "Who asks the child?",
    }
    people = {"lead": someone, "administrator": str(first_with(Role.AUDIT_ADMIN).pk)}
    lead = sign_in(Role.LEAD_QA)
    for address, form in (
        ("focus/", focus),
        ("people/", people),
        ("days/1/timetable/", {"entries": "09:00 – 09:30 Welcome"}),
        (f"countdown/{task.pk}/done/", {}),
    ):
        answer = lead.post(f"/audits/{cycle.ref}/{address}", form, follow=True)
        assert SENTENCE in answer.content.decode(), address
    lead.post(f"/audits/{cycle.ref}/pairs/{pair.pk}/why/", {"reason": "Afterwards."})
    cycle, pair = AuditCycle.objects.get(pk=cycle.pk), cycle.pairs.get()
    assert not CycleFocus.objects.filter(cycle=cycle).exists()
    assert cycle.administrator is None
    assert not cycle.days.first().timetable.exists()
    assert cycle.countdown.get().done_at is None
    assert pair.reason_for_mix == ""


@pytest.mark.parametrize("state", OVER)
def test_the_page_of_a_cycle_that_is_over_offers_no_change(sign_in: SignIn, state: str) -> None:
    a_cycle(state=state)
    page = sign_in(Role.LEAD_QA).get("/audits/2031-Q1/").content.decode()
    for address in ("focus/", "people/", "days/1/timetable/", "days/"):
        assert f'2031-Q1/{address}"' not in page


def test_a_cycle_that_goes_on_offers_all_of_it(sign_in: SignIn) -> None:
    a_cycle(state=CycleState.PLANNED)
    page = sign_in(Role.LEAD_QA).get("/audits/2031-Q1/").content.decode()
    for address in ("focus/", "people/", "days/1/timetable/", "days/"):
        assert f'2031-Q1/{address}"' in page


def test_lead_and_deputy_are_two_people(sign_in: SignIn) -> None:
    cycle = a_cycle(state=CycleState.PLANNED)
    someone = str(cycle.lead.pk)
    form = {"lead": someone, "deputy": someone}
    answer = sign_in(Role.LEAD_QA).post("/audits/2031-Q1/people/", form)
    assert "Lead and deputy are two people." in answer.content.decode()
    cycle.refresh_from_db()
    assert cycle.deputy is None


@pytest.mark.parametrize("place", ["lead", "deputy"])
def test_only_a_lead_manager_leads_or_stands_in(sign_in: SignIn, person: Any, place: str) -> None:
    """Neither by the form's list nor past it."""
    from learning.programme.arranging import name_people
    from learning.programme.services import CycleNotPlannable

    cycle = a_cycle(state=CycleState.PLANNED)
    officer = person(Role.QA_OFFICER)
    form = {"lead": str(cycle.lead.pk), place: str(officer.pk)}
    answer = sign_in(Role.LEAD_QA).post("/audits/2031-Q1/people/", form)
    assert "There is a problem" in answer.content.decode()
    people = {"lead": cycle.lead, "deputy": None, place: officer}
    with pytest.raises(CycleNotPlannable, match="is not one of the lead managers QA"):
        name_people(cycle=cycle, administrator=None, it_contact=None, named_by=cycle.lead, **people)
    cycle.refresh_from_db()
    assert officer not in cycle.leads
