"""Who watches over openings, and who is too near to an audit to open it."""

from typing import Any

from django.db.models import Q

from learning.people.models import StaffMember
from learning.people.roles import Role
from learning.submissions.models import AuditSubmission


def leads(but: Any) -> list[StaffMember]:
    """Lead managers who can sign in today, without this person."""
    return _who_sign_in(Role.LEAD_QA, but)


def governance(but: Any) -> list[StaffMember]:
    """People of information governance who can sign in today, without this person."""
    return _who_sign_in(Role.INFORMATION_GOVERNANCE, but)


def _who_sign_in(role: Role, but: Any) -> list[StaffMember]:
    people = StaffMember.objects.filter(groups__name=role.label).exclude(pk=but.pk)
    return [person for person in people.order_by("pk") if person.may_sign_in]


def is_about_own_work(submission: AuditSubmission, person: Any) -> bool:
    """Whether the audit is of this person's work or their people's, or written by them."""
    case = submission.case
    of_worker = Q(worker=person) | Q(worker__line_manager=person)
    of_pair = Q(pair__members__person=person)
    return type(case).objects.filter(of_worker | of_pair, pk=case.pk).exists()
