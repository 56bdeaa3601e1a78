"""Lists of the programme ask the same number of queries however long they are, and count nobody out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learning.people.models import JobFamily
from learning.people.roles import Role
from learning.programme.models import AuditCycle, AuditorExpression, AuditTeamMember
from learning.programme.states import CycleState
from learning.suppression.rows import row_of_counts
from tests.learning.audit import a_countdown_task, a_cycle, a_pair, a_person, a_prepared_person

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]


def queries(client: Any, url: str) -> int:
    client.get(url)  # what a process remembers
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def fill(cycle: AuditCycle, start: int, count: int) -> None:
    """That many pairs of prepared people, offers and countdown tasks."""
    for number in range(start, start + count):
        a_pair(cycle, a_prepared_person(f"A{number}"), a_prepared_person(f"B{number}"))
        AuditorExpression.objects.create(cycle=cycle, person=a_person(f"C{number}"))
        a_countdown_task(cycle, key=f"task-{number}")


@pytest.mark.parametrize(
    "url", ["/audits/2031-Q1/", "/audits/2031-Q1/team/", "/audits/preparation/"]
)
def test_more_people_ask_no_more_queries(sign_in: SignIn, url: str) -> None:
    cycle = a_cycle(state=CycleState.TEAM_FORMING)
    fill(cycle, 0, 2)
    lead = sign_in(Role.LEAD_QA)
    few = queries(lead, url)
    fill(cycle, 2, 20)
    assert queries(lead, url) == few


def test_more_cycles_ask_no_more_queries(sign_in: SignIn, person: Any) -> None:
    def add(year: int) -> None:
        for quarter in range(1, 5):
            first_day = timezone.localdate() + timedelta(days=year * 10 + quarter)
            cycle = a_cycle(f"{year}-Q{quarter}", CycleState.READY, first_day)
            AuditTeamMember.objects.create(cycle=cycle, person=person(Role.FRONT_LINE))
            a_countdown_task(cycle)

    add(2031)
    worker = sign_in(Role.FRONT_LINE)
    few, few_of_work = queries(worker, "/audits/"), queries(worker, "/my/my-work/")
    for year in range(2032, 2040):
        add(year)
    assert queries(worker, "/audits/") == few
    assert queries(worker, "/my/my-work/") == few_of_work


def test_years_and_cycles_stand_newest_first(sign_in: SignIn) -> None:
    for ref in ("2031-Q1", "2032-Q1", "2031-Q2"):
        a_cycle(ref)
    page = sign_in(Role.BOARD_MEMBER).get("/audits/").content.decode()
    found = [page.index(f"/audits/{ref}/") for ref in ("2032-Q1", "2031-Q2", "2031-Q1")]
    assert found == sorted(found)


@pytest.mark.parametrize("role", [Role.IT_SUPPORT, Role.INFORMATION_GOVERNANCE])
def test_roles_without_a_part_do_not_see_the_programme(sign_in: SignIn, role: Role) -> None:
    a_cycle()
    assert sign_in(role).get("/audits/").status_code == 403
    assert sign_in(role).get("/audits/2031-Q1/").status_code == 403


def test_an_open_call_stands_in_my_work_until_it_is_answered(sign_in: SignIn) -> None:
    a_cycle(state=CycleState.TEAM_FORMING)
    worker = sign_in(Role.FRONT_LINE)
    assert "Would you like to audit in 2031-Q1?" in worker.get("/my/my-work/").content.decode()
    worker.post("/audits/2031-Q1/my-part/offer/", {"words": ""})
    assert "Would you like to audit" not in worker.get("/my/my-work/").content.decode()
    assert "Would you like" not in sign_in(Role.EDITOR).get("/my/my-work/").content.decode()


def test_an_overdue_task_stands_first_and_says_so(sign_in: SignIn) -> None:
    cycle = a_cycle(state=CycleState.TEAM_FORMING)
    a_countdown_task(cycle, key="late", due_in=-3)
    assert "Overdue since" in sign_in(Role.LEAD_QA).get("/my/my-work/").content.decode()
    assert "Overdue since" in sign_in(Role.FRONT_LINE).get("/audits/2031-Q1/").content.decode()


def test_taking_part_shows_no_small_count(sign_in: SignIn) -> None:
    cycle = a_cycle(state=CycleState.TEAM_FORMING)
    for number in range(7):
        a_pair(cycle, a_person(f"S{number}", job_family=JobFamily.SOCIAL_WORK))
    for number in range(6):
        a_pair(cycle, a_person(f"F{number}", job_family=JobFamily.FAMILY_SUPPORT))
    a_pair(cycle, a_person("Boss", job_family=JobFamily.SENIOR_MANAGEMENT))
    page = sign_in(Role.FRONT_LINE).get("/audits/2031-Q1/").content.decode()
    assert "Family support and early help: 6" in page
    assert "Senior management: 1" not in page
    assert "Senior managers audit too." in page


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 9, "b": 7, "c": 2}, {"a": "not shown", "b": "7", "c": "not shown"}),
        ({"a": 9, "b": 2, "c": 1}, {"a": "not shown", "b": "not shown", "c": "not shown"}),
        ({"a": 9, "b": 8}, {"a": "9", "b": "8"}),
        ({"a": 3}, {"a": "not shown"}),
    ],
)
def test_small_counts_cannot_be_got_back_from_the_sum(
    counts: dict[str, int], shown: dict[str, str]
) -> None:
    assert row_of_counts(counts) == shown


OF_THE_SAMPLE = ("The draw", "Drawn cases", "Submissions", "Recommendations")


def ways(client: Any) -> list[str]:
    """The links of the cycle's page to what comes of its sample."""
    titles = [way.title for way in client.get("/audits/2031-Q1/").context["ways_on"]]
    return [title for title in titles if title in OF_THE_SAMPLE]


def test_the_cycle_leads_on_to_what_each_person_may_open(sign_in: SignIn) -> None:
    a_cycle(state=CycleState.IN_PROGRESS)
    assert ways(sign_in(Role.QA_OFFICER)) == list(OF_THE_SAMPLE)
    assert ways(sign_in(Role.FRONT_LINE)) == ["Recommendations"]
    for way in sign_in(Role.LEAD_QA).get("/audits/2031-Q1/").context["ways_on"]:
        assert sign_in(Role.LEAD_QA).get(way.url).status_code == 200


def test_before_the_draw_there_is_nothing_to_lead_on_to(sign_in: SignIn) -> None:
    a_cycle(state=CycleState.TEAM_FORMING)
    assert ways(sign_in(Role.LEAD_QA)) == []


def test_a_task_that_is_a_step_is_done_by_the_step_alone(sign_in: SignIn) -> None:
    cycle = a_cycle(state=CycleState.TEAM_AGREED)
    task = a_countdown_task(cycle, key="open_selection")
    lead = sign_in(Role.LEAD_QA)
    url = f"/audits/2031-Q1/countdown/{task.pk}/done/"
    assert url not in lead.get("/audits/2031-Q1/").content.decode()
    lead.post(url)
    task.refresh_from_db()
    assert task.done_at is None
    lead.post("/audits/2031-Q1/steps/open_selection/", {"reason": "Early"})
    task.refresh_from_db()
    assert task.done_at is not None
