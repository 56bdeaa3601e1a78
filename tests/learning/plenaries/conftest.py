"""A cycle on its second day: a pair with one audit, and another auditor."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.programme.models import AuditCycle
from learning.submissions.models import AuditSubmission
from learning.submissions.states import SubmissionState
from tests.learning.audit import a_cycle, a_pair, a_person, a_sampled_case, a_submission

STRONG = "Children were met at home, because workers came when it suited the family."
DEVELOP = "Plans name services; nobody can see from them what should be different for the child."


@dataclass(frozen=True)
class Days:
    """Who is who in these two days."""

    cycle: AuditCycle
    submission: AuditSubmission
    auditor: StaffMember
    other: StaffMember
    lead: StaffMember
    officer: StaffMember


@pytest.fixture
def days(person: Callable[[Role], StaffMember]) -> Days:
    yesterday = timezone.localdate() - timedelta(days=1)
    cycle = a_cycle(first_day=yesterday)
    auditor, other = a_person("Ada"), a_person("Ivo")
    pair = a_pair(cycle, auditor, a_person("Ben"))
    a_pair(cycle, other, a_person("Uma"))
    case = a_sampled_case(cycle, worker=a_person("Wes"), pair=pair)
    submission = a_submission(case, SubmissionState.SUBMITTED)
    AuditSubmission.objects.filter(pk=submission.pk).update(
        began_at=timezone.now() - timedelta(days=1)
    )
    return Days(cycle, submission, auditor, other, person(Role.LEAD_QA), person(Role.QA_OFFICER))


def url(name: str, days: Days, *args: Any) -> str:
    return reverse(f"plenaries:{name}", args=[days.cycle.ref, *args])


@pytest.fixture
def write(days: Days, sign_in: Callable[..., Client]) -> Callable[..., Any]:
    """`write(days.auditor, 1, strengths=…)`: the answer to their save of that day's note."""

    def _write(who: StaffMember, day: int, **words: Any) -> Any:
        usual = {"strengths": STRONG, "to_develop": DEVELOP, "version": 0}
        return sign_in(who).post(url("write", days, day), usual | words)

    return _write
