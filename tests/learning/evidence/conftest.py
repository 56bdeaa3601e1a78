"""A finding, and a cycle of audits that it may rest on."""

from collections.abc import Callable
from typing import Any

import pytest

from audit_pages.models import FindingPage
from learning.evidence.services import name_evidence
from learning.people.roles import Role
from learning.submissions.models import AuditSubmission
from learning.submissions.states import SubmissionState
from tests.learning.audit import a_cycle, a_sampled_case, a_submission


@pytest.fixture
def finding(db: None) -> FindingPage:
    return FindingPage.objects.live().order_by("pk").first()


@pytest.fixture
def audits(db: None) -> Callable[..., list[AuditSubmission]]:
    """`audits(24)`: so many of a new cycle, quality assured unless a state is given."""

    def _audits(
        count: int, ref: str = "2031-Q1", state: str = SubmissionState.LOCKED, **fields: Any
    ) -> list[AuditSubmission]:
        cycle = a_cycle(ref)
        return [a_submission(a_sampled_case(cycle, **fields), state) for _ in range(count)]

    return _audits


@pytest.fixture
def rest(person: Any, finding: FindingPage) -> Callable[..., Any]:
    """`rest(audits)`: the QA officer names them as what the finding rests on."""

    def _rest(named: list[AuditSubmission], page: Any = None, by: Any = None) -> Any:
        return name_evidence(
            page=page or finding,
            submissions=named,
            bearing="",
            named_by=by or person(Role.QA_OFFICER),
        )

    return _rest
