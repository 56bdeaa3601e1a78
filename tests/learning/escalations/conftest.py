"""One audit that is being written, and everybody whom a concern out of it reaches."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.escalations import selectors
from learning.escalations.models import Escalation
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.programme.models import AuditCycle
from learning.submissions.models import AuditSubmission
from tests.learning.audit import (
    a_cycle,
    a_pair,
    a_person,
    a_sampled_case,
    a_submission,
    parts_of_submission,
)

CANARY = "plovercurlew"


def a_colleague(name: str, role: Role, **fields: Any) -> StaffMember:
    """Somebody new with this role."""
    colleague = a_person(name, **fields)
    colleague.groups.add(Group.objects.get(name=role.label))
    return colleague


@dataclass(frozen=True)
class Cast:
    """Who is who around this concern."""

    cycle: AuditCycle
    submission: AuditSubmission
    auditor: StaffMember
    partner: StaffMember
    worker: StaffMember
    manager: StaffMember
    lead: StaffMember
    deputy: StaffMember
    officer: StaffMember
    senior: StaffMember
    director: StaffMember

    @property
    def ref(self) -> str:
        return self.submission.case.ref


@pytest.fixture
def cast(person: Callable[[Role], StaffMember]) -> Cast:
    director = a_colleague("Dee", Role.SENIOR_MANAGER)
    senior = a_colleague("Sol", Role.SENIOR_MANAGER, line_manager=director)
    manager = a_colleague("Mia", Role.LINE_MANAGER, line_manager=senior)
    worker = a_colleague("Wes", Role.FRONT_LINE, line_manager=manager)
    deputy = a_colleague("Lin", Role.LEAD_QA, line_manager=director)
    auditor, partner = a_colleague("Ada", Role.FRONT_LINE), a_colleague("Ben", Role.FRONT_LINE)
    cycle = a_cycle()
    AuditCycle.objects.update(deputy=deputy)
    cycle.refresh_from_db()
    StaffMember.objects.filter(pk=cycle.lead_id).update(line_manager=director)
    case = a_sampled_case(cycle, worker=worker, pair=a_pair(cycle, auditor, partner))
    submission = a_submission(case)
    parts_of_submission(submission)
    return Cast(
        cycle=cycle,
        submission=submission,
        auditor=auditor,
        partner=partner,
        worker=worker,
        manager=manager,
        lead=person(Role.LEAD_QA),
        deputy=deputy,
        officer=person(Role.QA_OFFICER),
        senior=senior,
        director=director,
    )


@pytest.fixture
def office_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the day and the hour at which the test runs."""
    monkeypatch.setattr(selectors, "opens_at", lambda *args: None)


def url(name: str, escalation: Escalation) -> str:
    return reverse(f"escalations:{name}", args=[escalation.ref])


def urgent_url(cast: Cast) -> str:
    return reverse("submissions:urgent", args=[cast.ref])


def conveying(recipient: StaffMember, **change: Any) -> dict[str, Any]:
    """What the form of conveying sends: until a day from now."""
    until: datetime = timezone.localtime() + timedelta(days=1)
    return {
        "recipient": recipient.pk,
        "action": f"Have him seen by a paediatrician. {CANARY}",
        "deadline_day_day": until.day,
        "deadline_day_month": until.month,
        "deadline_day_year": until.year,
        "deadline_time": "17:00",
    } | change


def reported(cast: Cast, sign_in: Callable[..., Client], words: str = "") -> Escalation:
    """The escalation that the pair's yes has opened."""
    sign_in(cast.auditor).post(urgent_url(cast), {"is_concern": "yes", "words": words})
    return Escalation.objects.get()


@pytest.fixture
def raised(cast: Cast, sign_in: Callable[..., Client]) -> Escalation:
    return reported(cast, sign_in, f"A mark on his cheek, in an e-mail of week seven. {CANARY}")


@pytest.fixture
def conveyed(raised: Escalation, cast: Cast, sign_in: Callable[..., Client]) -> Escalation:
    sign_in(cast.lead).post(url("convey", raised), conveying(cast.senior))
    return Escalation.objects.get()
