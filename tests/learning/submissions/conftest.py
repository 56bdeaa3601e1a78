"""One case of one worker, and two auditors who may open it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Group

from audit_pages.pages.cycle_keeping import keep_page
from audit_pages.publishing.models import Approval
from audit_pages.publishing.services import approve_and_publish
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.programme.models import Acknowledgement, AuditCycle
from learning.programme.readings import left_to_acknowledge
from learning.selection.states import CaseState
from learning.submissions.models import AuditSubmission
from learning.submissions.opening import open_case, start_submission
from learning.submissions.writing import SectionText, save_entry
from portal.demo.loader import first_with
from tests.learning.audit import a_cycle, a_pair, a_person, a_sampled_case


@dataclass
class Audit:
    """One audit with everybody in it."""

    submission: AuditSubmission
    first: StaffMember
    second: StaffMember
    worker: StaffMember
    manager: StaffMember
    lead: StaffMember

    @property
    def ref(self) -> str:
        return self.submission.case.ref

    def fresh(self) -> AuditSubmission:
        """The submission as it stands in the database now."""
        return AuditSubmission.objects.get(pk=self.submission.pk)

    def section(self, key: str) -> Any:
        return self.submission.form.sections.get(key=key)

    def write(self, key: str, **boxes: str) -> Any:
        """The first auditor's save over what stands."""
        entry = self.submission.entries.filter(section__key=key).first()
        return save_entry(
            submission=self.fresh(),
            section=self.section(key),
            text=SectionText(boxes),
            base_version=entry.version if entry else 0,
            by=self.first,
        )


def publish_briefing(cycle: AuditCycle) -> None:
    """The cycle's page, written by an editor and approved by the lead."""
    page = keep_page(cycle)
    page.context = "<p>We look at how plans are written.</p>"
    page.save_revision(user=first_with(Role.EDITOR))
    approve_and_publish(
        page=page, approved_by=first_with(Role.LEAD_QA), route=Approval.Route.WORKFLOW
    )


def acknowledge(cycle: AuditCycle, *people: StaffMember) -> None:
    for person in people:
        for reading in left_to_acknowledge(person, cycle):
            Acknowledgement.objects.create(
                cycle=cycle,
                person=person,
                subject=reading.subject,
                revision_id=reading.revision_id,
            )


@pytest.fixture
def allocated(person: Callable[[Role], StaffMember]) -> Audit:
    """A case that was given to its pair a moment ago."""
    return an_audit(person(Role.LEAD_QA))


def an_audit(lead: StaffMember) -> Audit:
    manager = a_person("Manager")
    manager.groups.add(Group.objects.get(name=Role.LINE_MANAGER.label))
    first, second = a_person("First"), a_person("Second")
    worker = a_person("Worker", line_manager=manager)
    cycle = a_cycle()
    pair = a_pair(cycle, first, second)
    case = a_sampled_case(cycle, worker=worker, pair=pair, state=CaseState.ALLOCATED)
    publish_briefing(cycle)
    acknowledge(cycle, first, second)
    submission = start_submission(case=case, started_by=lead)
    return Audit(submission, first, second, worker, manager, lead)


@pytest.fixture
def opened(allocated: Audit) -> Audit:
    """A case that both of the pair have opened."""
    open_case(submission=allocated.submission, opened_by=allocated.first)
    open_case(submission=allocated.submission, opened_by=allocated.second)
    allocated.submission.refresh_from_db()
    return allocated
