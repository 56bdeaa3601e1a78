"""A cycle whose sample is to be drawn, and lists of cases as councils have them."""

import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.utils import timezone

from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.programme.models import AuditCycle, AuditorReadiness
from learning.programme.settings import AuditSettings
from learning.programme.states import CycleState
from learning.selection import drawing, loading
from learning.selection.drawing import Plan
from learning.selection.files import read_file
from learning.vocabulary.models import AreaOfWork
from tests.learning.audit import a_cycle

HEADERS: dict[int, list[str]] = {
    1: ["Child Unique ID", "Gender", "Date of Birth", "Age", "Date of Contact", "Contact Source"],
    2: ["Child Unique ID", "Assessment start date", "Organisation completing assessment"],
    3: [
        "Child Unique ID",
        "Date of Referral",
        "Referral Source",
        "Allocated Team",
        "Allocated Worker",
    ],
    6: [
        "Child Unique ID",
        "CIN Start Date",
        "CIN Closure Date",
        "Allocated Team",
        "Allocated Worker",
    ],
    7: [
        "Child Unique ID",
        "Date of Birth",
        "Child Protection Plan Start Date",
        "Child Protection Plan End Date",
        "Allocated Team",
        "Allocated Worker",
    ],
    8: [
        "Child Unique ID",
        "Date Started to be Looked After",
        "Date Ceased to be Looked After ",
        "Placement postcode",
        "Allocated Team",
        "Allocated Worker",
    ],
    9: ["Child Unique ID", "Allocated Team", "Allocated Worker", "Eligibility Category"],
    10: [
        "Child Unique ID",
        "Family identifier",
        "Date the Child Entered Care",
        "Date of Decision that Child Should be Placed for Adoption",
        "Date of Adoption Order ",
    ],
    11: ["Individual adopter identifier", "Family identifier"],
}
DAY = date(2031, 1, 6)


def workbook(lists: dict[int, list[list[Any]]], *, header: Any = None, above: int = 0) -> bytes:
    """An Annex A workbook with these rows; the header of each list is the usual one."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in lists.items():
        sheet = book.create_sheet(f"List {number}")
        for _ in range(above):
            sheet.append(["Annex A", None, "Child level data"])
        sheet.append((header or HEADERS)[number])
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def usual_lists(count: int = 6, worker: str = "Wilhelmina Canary") -> dict[int, list[list[Any]]]:
    """A list for each area of work but fostering, `count` children in each."""

    def number(area: int, n: int) -> int:
        return 7_000_000 + area * 1000 + n

    return {
        1: [[number(1, n), "b) Female", DAY, 3.2, DAY, "q) 6: Police"] for n in range(count)],
        2: [[number(2, n), DAY, "Locality 2"] for n in range(count)],
        6: [[number(6, n), DAY, None, f"Team {n % 2}", worker] for n in range(count)],
        7: [
            [number(7, n), date(2019, 3, 17), DAY, None, f"Team {n % 2}", worker]
            for n in range(count)
        ],
        8: [[number(8, n), DAY, None, "ZZ9 9ZZ", "Permanence", worker] for n in range(count)],
        9: [[number(9, n), "Young People's", worker, "b) Former relevant"] for n in range(count)],
        10: [[number(10, n), 8_800_014_000 + n // 2, DAY, DAY, None] for n in range(count)],
    }


@pytest.fixture
def officer(person: Callable[[Role], StaffMember]) -> StaffMember:
    return person(Role.QA_OFFICER)


@pytest.fixture
def cycle(db: None) -> AuditCycle:
    """A cycle in the state in which its sample is drawn, five weeks before its days."""
    return a_cycle("2031-Q1", CycleState.SELECTION, timezone.localdate() + timedelta(days=35))


@pytest.fixture
def frame(cycle: AuditCycle, officer: StaffMember) -> Any:
    """The usual lists, loaded and waiting to be checked."""
    loading.promise_seed(cycle=cycle, promised_by=officer)
    return loading.load_frame(
        cycle=cycle, read=read_file(workbook(usual_lists())), loaded_by=officer
    )


@pytest.fixture
def drawn(frame: Any, cycle: AuditCycle, officer: StaffMember) -> AuditCycle:
    """The cycle with its sample drawn as proposed."""
    loading.check_frame(frame=frame, checked_by=officer)
    drawing.draw_sample(cycle=cycle, plan=the_proposal(frame), drawn_by=officer)
    return cycle


@pytest.fixture
def confirmed(drawn: AuditCycle, officer: StaffMember) -> AuditCycle:
    drawing.confirm_draw(cycle=drawn, confirmed_by=officer)
    return drawn


def the_proposal(frame: Any, **changes: Any) -> Plan:
    """What the portal proposes, with a reason for each area that the list does not have."""
    candidates = drawing.drawable(frame)
    targets = drawing.proposal_for(candidates)
    missing = drawing.areas_without(targets, candidates)
    plan = {
        "targets": targets,
        "not_covered": {area.code: "Not on this list." for area in missing},
    }
    return Plan(**(plan | changes))


def prepared(*people: StaffMember) -> None:
    """Record these people as prepared to audit."""
    day = timezone.localdate() - timedelta(days=30)
    for person in people:
        AuditorReadiness.objects.update_or_create(
            person=person,
            defaults={"modules_read_on": day, "briefing_attended_on": day, "recorded_by": person},
        )


def only_areas(*codes: str) -> None:
    """Let only these areas of work have to be covered."""
    AreaOfWork.objects.exclude(code__in=codes).update(is_active=False)


def service_wants(**numbers: int) -> None:
    """Set what the service decides for itself."""
    settings = AuditSettings.load()
    for name, value in numbers.items():
        setattr(settings, name, value)
    settings.save()


def text_of(response: Any) -> str:
    """The page with single spaces."""
    return re.sub(r"\s+", " ", response.content.decode())
