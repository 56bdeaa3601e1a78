"""One audit that was shared with its worker, and everybody who has to do with a letter out of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from learning.models import GoodPracticeLetter
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.submissions.models import AuditSubmission
from learning.submissions.states import SubmissionState
from tests.learning.audit import a_cycle, a_pair, a_person, a_sampled_case, a_submission

CANARY = "gannetmarrow"
NOMINATION = {
    "what_was_done": f"She rang the school back the same day. {CANARY}",
    "difference_made": f"He was met at the gate. {CANARY}",
}
PARTS = {name: f"You rang the school back. {CANARY} {name}" for name in GoodPracticeLetter.PARTS}


def a_colleague(name: str, role: Role, **fields: Any) -> StaffMember:
    """Somebody new with this role."""
    colleague = a_person(name, **fields)
    colleague.groups.add(Group.objects.get(name=role.label))
    return colleague


@dataclass(frozen=True)
class Cast:
    """Who is who around this letter."""

    submission: AuditSubmission
    auditor: StaffMember
    worker: StaffMember
    manager: StaffMember
    lead: StaffMember
    second_lead: StaffMember
    senior: StaffMember
    officer: StaffMember


@pytest.fixture
def cast(person: Callable[[Role], StaffMember]) -> Cast:
    manager = a_colleague("Mia", Role.LINE_MANAGER)
    worker = a_colleague("Wes", Role.FRONT_LINE, line_manager=manager)
    auditor, partner = a_colleague("Ada", Role.FRONT_LINE), a_colleague("Ben", Role.FRONT_LINE)
    cycle = a_cycle()
    case = a_sampled_case(cycle, worker=worker, pair=a_pair(cycle, auditor, partner))
    return Cast(
        submission=a_submission(case, SubmissionState.SHARED_WITH_WORKER),
        auditor=auditor,
        worker=worker,
        manager=manager,
        lead=person(Role.LEAD_QA),
        second_lead=a_colleague("Lin", Role.LEAD_QA),
        senior=a_colleague("Sol", Role.SENIOR_MANAGER),
        officer=person(Role.QA_OFFICER),
    )


def url(name: str, letter: GoodPracticeLetter) -> str:
    return reverse(f"letters:{name}", args=[letter.ref])


def nominating_url(cast: Cast) -> str:
    return reverse("letters:nominate", args=[cast.submission.case.ref])


@pytest.fixture
def sent(
    cast: Cast, sign_in: Callable[..., Client], django_capture_on_commit_callbacks: Any
) -> Any:
    """The letter with its worker, by the steps that people take."""
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(cast.auditor).post(nominating_url(cast), NOMINATION)
        letter = GoodPracticeLetter.objects.get()
        lead = sign_in(cast.lead)
        lead.post(url("choose_writer", letter), {"writer": cast.senior.pk})
        sign_in(cast.senior).post(url("write", letter), PARTS)
        lead.post(url("approve", letter))
        lead.post(url("send", letter))
    return GoodPracticeLetter.objects.get()


@pytest.fixture
def shared(sent: GoodPracticeLetter, cast: Cast, sign_in: Callable[..., Client]) -> Any:
    """The letter whose worker has said yes, with its page begun."""
    sign_in(cast.worker).post(url("answer", sent), {"may_share": "yes"})
    sign_in(cast.lead).post(url("begin_page", sent))
    return GoodPracticeLetter.objects.get()
