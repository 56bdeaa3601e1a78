"""One audit that is quality assured, a superuser who is nothing to it, and those who watch."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from learning.models import AuditSubmission
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.submissions.states import SubmissionState
from tests.learning.audit import a_cycle, a_pair, a_person, a_sampled_case, a_submission

CANARY = "petrelhollow"
REASON = "An inspector asks today how this was followed up, and both auditors are away."
FOUND = "I rang the person; the inspector had asked indeed, and nothing was passed on."


@dataclass(frozen=True)
class Cast:
    """Who is who around this audit."""

    submission: AuditSubmission
    superuser: StaffMember
    worker: StaffMember
    manager: StaffMember
    auditor: StaffMember
    lead: StaffMember
    governance: StaffMember

    @property
    def ref(self) -> str:
        return self.submission.case.ref


@pytest.fixture
def cast(person: Callable[[Role], StaffMember]) -> Cast:
    manager = a_person("Mia")
    worker = a_person("Wes", line_manager=manager)
    auditor = a_person("Ada")
    for somebody in (manager, worker, auditor):
        somebody.groups.add(Group.objects.get(name=Role.FRONT_LINE.label))
    cycle = a_cycle()
    case = a_sampled_case(cycle, worker=worker, pair=a_pair(cycle, auditor, a_person("Ben")))
    submission = a_submission(case, SubmissionState.QUALITY_ASSURED)
    entry = submission.entries.create(section=submission.form.sections.first())
    entry.statements.create(kind="strength", text=f"Seen at home. {CANARY}", written_by=auditor)
    return Cast(
        submission=submission,
        superuser=a_person("Root", is_superuser=True),
        worker=worker,
        manager=manager,
        auditor=auditor,
        lead=person(Role.LEAD_QA),
        governance=person(Role.INFORMATION_GOVERNANCE),
    )


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], Any]:
    """`with at(moment):` the portal's clock shows that moment."""

    @contextmanager
    def _at(moment: datetime) -> Iterator[None]:
        with monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda: moment)
            yield

    return _at
