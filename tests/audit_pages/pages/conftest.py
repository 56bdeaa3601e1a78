"""Pages that the borough does not have by itself."""

from collections.abc import Callable

import pytest

from audit_pages.pages.cycle_keeping import keep_page
from audit_pages.publishing.models import Approval
from audit_pages.publishing.services import approve_and_publish
from learning.people.models import StaffMember
from learning.people.roles import Role
from tests.learning.audit import a_cycle


@pytest.fixture
def cycle_page(person: Callable[[Role], StaffMember]) -> None:
    """The live page of a cycle."""
    page = keep_page(a_cycle())
    assert page is not None
    page.context = "<p>We look again.</p>"
    page.save_revision(user=person(Role.EDITOR))
    approve_and_publish(page=page, approved_by=person(Role.LEAD_QA), route=Approval.Route.WORKFLOW)
