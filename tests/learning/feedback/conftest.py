"""One audit after its days, with everybody who has a part in asking the family."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from learning.feedback.asking import begin_asking
from learning.feedback.models import FamilyFeedback
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.programme.states import CycleState
from learning.selection.states import CaseState
from learning.submissions.grants import grant_to_pair, grant_to_worker
from learning.submissions.models import AuditSubmission, OpeningStatement
from learning.submissions.states import SubmissionState
from tests.learning.audit import a_cycle, a_pair, a_person, a_sampled_case, a_submission

SAFE = {
    "domestic_abuse": "He no longer lives there and does not see her telephone.",
    "bail": "Nothing known.",
    "address": "Nothing known.",
    "distress": "Tired, and glad to be asked.",
    "court": "No hearing before March.",
    "is_safe": "yes",
    "how": "Ring in the mornings, while the children are at school.",
}
NOTES = {
    "noticed": "She laughed when she spoke of the visits.",
    "main_points": "She knew why we came, and that it helped.",
    "agrees": "The visits helped, as the audit says.",
    "differs": "She saw the plan in June, and we thought in May.",
}


@dataclass
class Family:
    """Who is who."""

    submission: AuditSubmission
    child: FamilyFeedback
    parent: FamilyFeedback
    first: StaffMember
    second: StaffMember
    worker: StaffMember
    manager: StaffMember
    lead: StaffMember
    officer: StaffMember

    @property
    def ref(self) -> str:
        return self.submission.case.ref

    def state(self) -> str:
        """Where asking the parent stands in the database now."""
        return FamilyFeedback.objects.get(pk=self.parent.pk).state


class Desk:
    """One person's clicks about one of the family."""

    def __init__(self, family: Family, client: Client) -> None:
        self.family, self.client = family, client

    def url(self, rest: str = "") -> str:
        return f"/audits/family-feedback/{self.family.ref}/{self.family.parent.pk}/{rest}"

    def get(self, rest: str = "", expected: int = 200) -> str:
        answer = self.client.get(self.url(rest), follow=True)
        assert answer.status_code == expected, rest
        return str(answer.content.decode())

    def post(self, rest: str, expected: int = 302, **fields: Any) -> str:
        answer = self.client.post(self.url(rest), fields)
        assert answer.status_code == expected, answer.content.decode()[:3000]
        return str(answer.content.decode())


def day_fields(name: str, day: Any) -> dict[str, str]:
    """A day as the three fields that a form asks for."""
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(day.year),
    }


def a_family(person: Callable[[Role], StaffMember], ref: str = "2031-Q1", tag: str = "") -> Family:
    manager = a_person(f"Manager{tag}")
    manager.groups.add(Group.objects.get(name=Role.LINE_MANAGER.label))
    first, second = a_person(f"First{tag}"), a_person(f"Second{tag}")
    worker = a_person(f"Worker{tag}", line_manager=manager)
    cycle = a_cycle(ref, CycleState.FAMILY_FEEDBACK)
    case = a_sampled_case(
        cycle, worker=worker, pair=a_pair(cycle, first, second), state=CaseState.AUDITED
    )
    submission = a_submission(case, SubmissionState.AWAITING_FAMILY)
    lead = person(Role.LEAD_QA)
    grant_to_pair(submission=submission, granted_by=lead)
    grant_to_worker(submission=submission, granted_by=lead)
    for auditor in (first, second):
        OpeningStatement.objects.create(submission=submission, person=auditor)
    child, parent = begin_asking(cycle=cycle, begun_by=lead)
    officer = person(Role.QA_OFFICER)
    return Family(submission, child, parent, first, second, worker, manager, lead, officer)


@pytest.fixture
def family(person: Callable[[Role], StaffMember]) -> Family:
    return a_family(person)


@pytest.fixture
def desk(sign_in: Callable[..., Client]) -> Callable[[Family, Any], Desk]:
    return lambda family, somebody: Desk(family, sign_in(somebody))
