"""What a line manager finds about the own team: hidden when small, and nothing to be got by taking away."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from learning.figures import own_team
from learning.figures.audiences import FIGURES, figures_for
from learning.figures.figure import Figure
from learning.figures.scope import scope_up_to
from learning.models import AuditCycle, AuditSubmission, StaffMember
from learning.people.models import Team
from learning.people.roles import Role
from learning.programme.states import CycleState
from learning.suppression.rows import NOT_SHOWN
from tests.learning.audit import a_cycle, a_statement, audited_cases

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Any]
TODAY = timezone.localdate()


@pytest.fixture
def manager(person: Callable[[Role], StaffMember]) -> StaffMember:
    return person(Role.LINE_MANAGER)


@pytest.fixture
def cycles(db: None) -> list[AuditCycle]:
    """Two cycles of one year, which is over."""
    day = TODAY - timedelta(days=200)
    return [a_cycle(f"2031-Q{turn}", CycleState.CLOSED, day) for turn in (1, 2)]


def audits_of(cycle: AuditCycle, team: Team, count: int, tagged: int) -> list[AuditSubmission]:
    """So many audits of the team, some of which have plans as a strength."""
    audits = audited_cases(cycle, count, team=team)
    for audit in audits[:tagged]:
        a_statement(audit, "strength", "P07")
    return audits


def other_team(manager: StaffMember) -> Team:
    return Team.objects.exclude(pk=manager.team_id)[0]


def by_theme(manager: StaffMember) -> dict[str, list[str]]:
    figure = _figures(manager)["own-team-themes"]
    return {row[0]: row[1:] for row in figure.table}


def _figures(person: StaffMember) -> dict[str, Figure]:
    return {figure.key: figure for figure in figures_for(person, scope_up_to(None, TODAY))}


def test_the_audits_of_the_year_are_counted_together(
    manager: StaffMember, cycles: list[AuditCycle]
) -> None:
    for cycle, tagged in zip(cycles, (3, 4), strict=True):
        audits_of(cycle, manager.team, 8, tagged)
        audits_of(cycle, other_team(manager), 12, 6)
    assert by_theme(manager)["SMART plans"] == ["7 of 16 audits (44%)", "0 of 16 audits (0%)"]


@pytest.mark.parametrize(
    ("own", "others"),
    [
        (3, 10),  # few of the team
        (14, 10),  # all but few of the team
        (7, 2),  # taken from the whole, few of the others
        (7, 22),  # taken from the whole, all but few of the others
    ],
)
def test_nothing_is_shown_that_gives_team_or_others_away(
    manager: StaffMember, cycles: list[AuditCycle], own: int, others: int
) -> None:
    audits_of(cycles[0], manager.team, 16, own)
    audits_of(cycles[0], other_team(manager), 24, others)
    assert "SMART plans" not in by_theme(manager)


def test_a_small_rest_of_the_service_hides_everything(
    manager: StaffMember, cycles: list[AuditCycle]
) -> None:
    """Where the others had four audits in all, the whole less the team would be about those four."""
    audits_of(cycles[0], manager.team, 20, 9)
    audits_of(cycles[0], other_team(manager), 4, 0)
    assert by_theme(manager) == {"Too few audits to show anything": [NOT_SHOWN, NOT_SHOWN]}


def test_a_team_with_few_audits_finds_none_of_them(
    manager: StaffMember, cycles: list[AuditCycle]
) -> None:
    audits_of(cycles[0], manager.team, 4, 4)
    audits_of(cycles[0], other_team(manager), 20, 10)
    assert by_theme(manager) == {"Too few audits to show anything": [NOT_SHOWN, NOT_SHOWN]}


def test_two_days_show_the_same_until_another_year_is_over(
    manager: StaffMember, cycles: list[AuditCycle]
) -> None:
    """A cycle that is added to a year takes the whole year away instead of adding to it: the difference of
    two days would be that cycle's."""
    audits_of(cycles[0], manager.team, 16, 7)
    audits_of(cycles[0], other_team(manager), 24, 10)
    audits_of(a_cycle("2032-Q1", CycleState.CLOSED, TODAY), manager.team, 16, 9)
    later = a_cycle("2032-Q2", CycleState.IN_PROGRESS, TODAY)
    audits_of(later, manager.team, 16, 9)
    assert by_theme(manager)["SMART plans"][0].startswith("7 of 16")


def test_cases_drawn_on_purpose_are_left_out(
    manager: StaffMember, cycles: list[AuditCycle]
) -> None:
    audits_of(cycles[0], manager.team, 16, 7)
    audits_of(cycles[0], other_team(manager), 24, 10)
    chosen = audited_cases(cycles[0], 10, team=manager.team, route="themed")
    for audit in chosen:
        a_statement(audit, "strength", "P07")
    assert by_theme(manager)["SMART plans"][0] == "7 of 16 audits (44%)"


def test_kinds_of_gaps_are_counted_by_audit(manager: StaffMember, cycles: list[AuditCycle]) -> None:
    own = audits_of(cycles[0], manager.team, 16, 0)
    others = audits_of(cycles[0], other_team(manager), 24, 0)
    for audit in [*own[:6], *others[:10]]:
        audit.gaps.create(kind="visit", text="A visit.")
        audit.gaps.create(kind="visit", text="Another.")
    figure = _figures(manager)["own-team-gaps"]
    assert figure.table == [["A visit or contact", "6 of 16 audits (38%)"]]


@pytest.mark.parametrize(
    "role", [Role.FRONT_LINE, Role.LEAD_QA, Role.SENIOR_MANAGER, Role.BOARD_MEMBER], ids=str
)
def test_nobody_else_finds_a_teams_figures(
    person: Callable[[Role], StaffMember], cycles: list[AuditCycle], role: Role
) -> None:
    assert not [key for key in _figures(person(role)) if key.startswith("own-team")]


def test_no_report_freezes_them(manager: StaffMember, cycles: list[AuditCycle]) -> None:
    scope = scope_up_to(None, TODAY)
    assert not [e for e in FIGURES if e.make(scope).key.startswith("own-team")]
    assert own_team.figures_of(manager.team, scope)


def test_page_and_file_say_the_same_and_name_no_other_team(
    sign_in: SignIn, manager: StaffMember, cycles: list[AuditCycle]
) -> None:
    audits_of(cycles[0], manager.team, 16, 7)
    other = other_team(manager)
    audits_of(cycles[0], other, 24, 10)
    client = sign_in(manager)
    for url in ("/audits/figures/", "/audits/figures/csv/"):
        content = client.get(url).content.decode()
        assert "Your team in 2031, by theme" in content
        assert "7 of 16 audits (44%)" in content
        assert other.name not in content


def test_more_audits_and_years_bring_no_more_queries(
    manager: StaffMember, cycles: list[AuditCycle]
) -> None:
    audits_of(cycles[0], manager.team, 6, 5)
    with CaptureQueriesContext(connection) as few:
        own_team.figures_of(manager.team, scope_up_to(None, TODAY))
    audits_of(a_cycle("2032-Q1", CycleState.CLOSED, TODAY), manager.team, 30, 20)
    with CaptureQueriesContext(connection) as many:
        own_team.figures_of(manager.team, scope_up_to(None, TODAY))
    assert len(many) == len(few)
