"""What a cycle took of people's time: each writes down their own, the sum is nobody's."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.figures import auditing
from learning.figures.scope import scope_up_to
from learning.hours.models import LoggedHours
from learning.hours.selectors import hours_of
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.process_review import hours as process_review
from learning.programme.models import AuditCycle
from learning.programme.states import CycleState
from learning.submissions.models import SubmitConfirmation
from tests.learning.audit import a_cycle, a_pair, a_person, audited_cases

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def cycle(db: None) -> AuditCycle:
    return a_cycle()


@pytest.fixture
def auditor(cycle: AuditCycle) -> StaffMember:
    ada = a_person("Ada")
    a_pair(cycle, ada, a_person("Ben"))
    return ada


def own(cycle: AuditCycle) -> str:
    return reverse("hours:own", args=[cycle.ref])


def test_an_auditor_writes_down_hours_and_changes_them(
    cycle: AuditCycle, auditor: StaffMember, sign_in: SignIn
) -> None:
    client = sign_in(auditor)
    assert client.post(own(cycle), {"plenary": "1.5", "families": "2"}).status_code == 302
    assert client.post(own(cycle), {"plenary": "2.5", "families": ""}).status_code == 302
    assert list(LoggedHours.objects.values_list("activity", "hours")) == [
        ("plenary", Decimal("2.5"))
    ]
    page = client.get(own(cycle)).text
    assert 'value="2.5"' in page
    assert ">2.5<" in page


@pytest.mark.parametrize("hours", ["-1", "301", "2.55", "many", "NaN", "1e3"])
def test_hours_that_cannot_be_are_said_to_be_so(
    cycle: AuditCycle, auditor: StaffMember, sign_in: SignIn, hours: str
) -> None:
    answer = sign_in(auditor).post(own(cycle), {"plenary": hours})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert not LoggedHours.objects.exists()


def test_nobody_else_writes_hours_or_sees_those_of_another(
    cycle: AuditCycle, auditor: StaffMember, sign_in: SignIn
) -> None:
    sign_in(auditor).post(own(cycle), {"plenary": "7.5"})
    for who in (Role.FRONT_LINE, Role.SENIOR_MANAGER, Role.BOARD_MEMBER, a_person("Sue")):
        client = sign_in(who)
        assert client.get(own(cycle)).status_code == 404
        assert client.post(own(cycle), {"plenary": "1"}).status_code == 404
        assert client.get(reverse("hours:cycle", args=[cycle.ref])).status_code == 403
    assert ">7.5<" not in sign_in(Role.AUDIT_ADMIN).get(own(cycle)).text
    assert sign_in(auditor).get(reverse("hours:cycle", args=[cycle.ref])).status_code == 403
    assert LoggedHours.objects.count() == 1


def test_the_lead_sees_the_sum_and_no_names(
    cycle: AuditCycle, auditor: StaffMember, sign_in: SignIn
) -> None:
    other = cycle.team.exclude(person=auditor).get().person
    sign_in(auditor).post(own(cycle), {"plenary": "1.5", "preparation": "4"})
    sign_in(other).post(own(cycle), {"plenary": "2"})
    page = sign_in(Role.LEAD_QA).get(reverse("hours:cycle", args=[cycle.ref])).text
    assert ">3.5<" in page
    assert "<strong>7.5</strong>" in page
    assert auditor.get_full_name() not in page


def test_a_cycle_that_is_closed_takes_no_more_hours(
    cycle: AuditCycle, auditor: StaffMember, sign_in: SignIn
) -> None:
    AuditCycle.objects.filter(pk=cycle.pk).update(state=CycleState.CLOSED)
    client = sign_in(auditor)
    assert "its hours are counted" in client.get(own(cycle)).text
    assert client.post(own(cycle), {"plenary": "1"}).status_code == 422
    assert not LoggedHours.objects.exists()


def test_figure_17_counts_other_hours_of_five_people_and_not_of_four(sign_in: SignIn) -> None:
    cycle = a_cycle(state=CycleState.REPORTING)
    for submission in audited_cases(cycle, 6):
        SubmitConfirmation.objects.create(
            submission=submission, person=cycle.lead, fingerprint="f", hours=5
        )
    people = [a_person(f"P{number}") for number in range(5)]
    a_pair(cycle, *people)
    for person in people[:4]:
        sign_in(person).post(own(cycle), {"preparation": "6"})
    assert cells(cycle) == ["5.0", "5.0", "none verified yet"]
    sign_in(people[4]).post(own(cycle), {"preparation": "6"})
    assert cells(cycle) == ["5.0", "10.0", "none verified yet"]
    assert hours_of(cycle).total == 60
    assert process_review.hours_of([cycle])[cycle.pk].words == "60 hours of 6 people"


def test_the_review_of_the_audit_says_no_hours_of_four(sign_in: SignIn) -> None:
    cycle = a_cycle(state=CycleState.REPORTING)
    people = [a_person(f"P{number}") for number in range(4)]
    a_pair(cycle, *people)
    for person in people:
        sign_in(person).post(own(cycle), {"preparation": "6"})
    assert "not shown" in process_review.hours_of([cycle])[cycle.pk].words


def cells(cycle: AuditCycle) -> list[str]:
    figure = auditing.cost(scope_up_to(cycle, timezone.localdate()))
    return [cell.words for row in figure.rows if row.label == cycle.ref for cell in row.cells]


def test_pages_cost_no_more_queries_with_more_rows(
    cycle: AuditCycle,
    auditor: StaffMember,
    sign_in: SignIn,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(20):
        LoggedHours.objects.create(
            cycle=cycle, person=a_person(f"P{number}"), activity="other", hours=1
        )
    lead = sign_in(Role.LEAD_QA)
    for address in (own(cycle), reverse("hours:cycle", args=[cycle.ref])):
        lead.get(address)
        with django_assert_max_num_queries(14):
            lead.get(address)


def test_the_sum_less_the_hours_of_the_pairs_tells_nobody_else_s(cycle: AuditCycle) -> None:
    """The figure says how long the pairs took for each audit; what one person took beside would be the rest."""
    audits = audited_cases(cycle, 6)
    for number, audit in enumerate(audits):
        person = a_person(f"Pair{number}")
        SubmitConfirmation.objects.create(
            submission=audit, person=person, fingerprint="x", hours=Decimal(8)
        )
    LoggedHours.objects.create(
        cycle=cycle, person=a_person("Admin"), activity="plenary", hours=Decimal(11)
    )
    assert process_review.hours_of([cycle])[cycle.pk].words == "48 hours of 6 people"
