"""A cycle that is ready to be reported, and the steps that its report takes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from learning.models import AuditCycle, CycleReport, StaffMember
from learning.people.roles import Role
from learning.programme.services import move_cycle
from learning.programme.states import CycleState
from learning.recommendations.models import Recommendation
from learning.reports import considering, services
from learning.reports.parts import PARTS
from learning.reports.states import Decision
from tests.learning.audit import a_board, a_cycle, a_recommendation, a_statement, audited_cases

TODAY = timezone.localdate()
WORDS = "Children were seen at home, because workers came when it mattered to them."


@dataclass(frozen=True)
class Round:
    """A cycle that is ready to be reported, the one before it, and who is who."""

    cycle: AuditCycle
    before: AuditCycle
    late: Recommendation
    lead: StaffMember
    officer: StaffMember
    senior: StaffMember
    chair: StaffMember

    @property
    def report(self) -> CycleReport:
        return CycleReport.objects.get(cycle=self.cycle)

    def url(self, step: str = "") -> str:
        return f"/audits/reports/{self.cycle.ref}/{step}"


@pytest.fixture
def round_(person: Callable[[Role], StaffMember]) -> Round:
    return a_round(person)


def a_round(person: Callable[[Role], StaffMember]) -> Round:
    """The cycle before, and one of 24 audits that is ready to be reported."""
    before = a_cycle("2030-Q4", CycleState.CLOSED, TODAY - timedelta(days=130))
    cycle = a_cycle("2031-Q1", CycleState.REPORTING, TODAY - timedelta(days=40))
    audits = audited_cases(cycle, 24)
    for audit in audits[:9]:
        a_statement(audit, "development_area", "P07")
    senior, chair = person(Role.SENIOR_MANAGER), person(Role.BOARD_MEMBER)
    a_board(senior, order=1)
    a_board(chair, order=2)
    late = a_recommendation(owner=senior, cycle=before, level="service", due_in=-9)
    return Round(cycle, before, late, person(Role.LEAD_QA), person(Role.QA_OFFICER), senior, chair)


def written(round_: Round) -> CycleReport:
    """The report with its figures and every word that it needs."""
    report = services.begin_report(cycle=round_.cycle, begun_by=round_.officer)
    for part in PARTS:
        services.write_part(
            report=report, number=part.number, text=WORDS, version=0, written_by=round_.officer
        )
    services.answer_earlier(
        report=report,
        recommendation=round_.late,
        words="The owner fell ill.",
        written_by=round_.lead,
    )
    return services.take_figures(report=report, taken_by=round_.lead)


def signed(round_: Round) -> CycleReport:
    return services.sign_report(
        report=written(round_), signed_by=round_.lead, full_name=str(round_.lead)
    )


def with_boards(round_: Round) -> CycleReport:
    signed(round_)
    move_cycle(cycle=round_.cycle, step="send_to_boards", actor=round_.lead)
    return round_.report


def decide(round_: Round, who: StaffMember, turn: int = 0, **fields: Any) -> None:
    row = list(round_.report.considerations.all())[turn]
    values = {"considered_on": TODAY, "decision": Decision.AGREED, "minute": "Agreed."} | fields
    considering.record_consideration(consideration=row, recorded_by=who, **values)
