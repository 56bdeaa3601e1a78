"""One audit with everybody in it: a pair, a worker, a manager who owns the recommendation, the QA office."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.events.working_days import add_working_days
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.programme.models import AuditCycle
from learning.submissions.models import AuditSubmission
from tests.learning.audit import a_cycle, a_pair, a_person, a_sampled_case, a_submission

STATEMENT = (
    "The allocated worker met mother and grandmother on Tuesday; they agreed that grandmother takes both "
    "girls at weekends, and the plan now names her."
)
EVIDENCE = "The plan of 3 June and the note of the supervision after it"


@dataclass(frozen=True)
class Audit:
    """Who is who in this audit."""

    cycle: AuditCycle
    submission: AuditSubmission
    auditor: StaffMember
    partner: StaffMember
    worker: StaffMember
    owner: StaffMember
    owners_manager: StaffMember
    lead: StaffMember
    officer: StaffMember


@pytest.fixture
def audit(person: Callable[[Role], StaffMember]) -> Audit:
    owner, worker = person(Role.LINE_MANAGER), person(Role.FRONT_LINE)
    auditor, partner = a_colleague("Ada"), a_colleague("Ben")
    cycle = a_cycle()
    case = a_sampled_case(cycle, worker=worker, pair=a_pair(cycle, auditor, partner))
    return Audit(
        cycle=cycle,
        submission=a_submission(case, "reading"),
        auditor=auditor,
        partner=partner,
        worker=worker,
        owner=owner,
        owners_manager=person(Role.SENIOR_MANAGER),
        lead=person(Role.LEAD_QA),
        officer=person(Role.QA_OFFICER),
    )


def a_colleague(name: str, role: Role = Role.FRONT_LINE, **fields: Any) -> StaffMember:
    """Somebody new with this role."""
    colleague = a_person(name, **fields)
    colleague.groups.add(Group.objects.get(name=role.label))
    return colleague


def in_working_days(count: int) -> date:
    return add_working_days(timezone.localdate(), count)


def typed(name: str, day: date) -> dict[str, str]:
    """A day as the three short fields send it."""
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(day.year),
    }


def a_draft(owner: StaffMember, **change: Any) -> dict[str, Any]:
    """What the form of a draft sends."""
    return {
        "level": "case",
        "action_type": "casework",
        "action": "Agree with the family who comes when the plan is under strain.",
        "why": "So that she knows who will be there at the weekend.",
        "how_known": "She can say who comes.",
        "owner": owner.pk,
        **typed("due_date", in_working_days(20)),
        **change,
    }


def a_confirmation(name: str, **change: Any) -> dict[str, Any]:
    """What the form of the written confirmation sends."""
    return {
        "statement": STATEMENT,
        "evidence": EVIDENCE,
        "full_name": name,
        **typed("completed_on", timezone.localdate()),
        **change,
    }


def url(name: str, recommendation: Any) -> str:
    return reverse(f"recommendations:{name}", args=[recommendation.ref])


@pytest.fixture
def as_(sign_in: Callable[..., Client]) -> Callable[[StaffMember], Client]:
    """`as_(somebody)`: a client signed in as them."""
    return sign_in
