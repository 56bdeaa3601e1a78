"""Who watches over openings, and who is too near to an audit to open it."""

from typing import Any

from django.db.models import Q

from learning.people.directory import who_sign_in
from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.submissions.models import AuditSubmission


def leads(but: Any) -> list[StaffMember]:
    """Lead managers who can sign in today, without this person."""
    return [person for person in who_sign_in(Role.LEAD_QA) if person.pk != but.pk]


def governance(but: Any) -> list[StaffMember]:
    """People of information governance who can sign in today, without this person."""
    return [person for person in who_sign_in(Role.INFORMATION_GOVERNANCE) if person.pk != but.pk]


def is_about_own_work(submission: AuditSubmission, person: Any) -> bool:
    """Whether the audit is of this person's work or their people's, or written by them."""
    case = submission.case
    of_worker = Q(worker=person) | Q(worker__line_manager=person)
    of_pair = Q(pair__members__person=person)
    return type(case).objects.filter(of_worker | of_pair, pk=case.pk).exists()
