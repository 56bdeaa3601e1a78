"""Who may do what with a recommendation (domain.md E7). Being a superuser opens nothing here."""

from typing import Any

from learning.access.doors import holds
from learning.access.matrix import Right
from learning.people.roles import Role
from learning.programme.models import AuditCycle
from learning.recommendations.models import Recommendation
from learning.submissions.models import AuditSubmission
from learning.submissions.states import WITH_THE_LEAD, SubmissionState


def user_can_draft_from(user: Any, submission: AuditSubmission) -> bool:
    """The pair, and the lead."""
    return submission.is_of(user) or user_can_issue(user)


def takes_drafts_of(submission: AuditSubmission, user: Any) -> bool:
    """Whether it is time: for the pair while it writes, for the lead from then on until the lock."""
    if submission.is_of(user) and submission.is_writable:
        return True
    is_with_lead = submission.state in WITH_THE_LEAD and submission.state != SubmissionState.LOCKED
    return is_with_lead and user_can_issue(user)


def user_can_draft_for(user: Any, cycle: AuditCycle) -> bool:
    """The lead, and whoever audits in this cycle: recommendations come out of the plenary (domain.md A40)."""
    return user_can_issue(user) or cycle.team.filter(person=user).exists()


def user_can_change_draft(user: Any, recommendation: Recommendation) -> bool:
    """The lead, whoever wrote it, and their pair."""
    if recommendation.submission is not None:
        return user_can_draft_from(user, recommendation.submission)
    return user_can_issue(user) or bool(recommendation.drafted_by_id == user.pk)


def user_can_issue(user: Any) -> bool:
    return holds(user, Right.ISSUE_RECOMMENDATION)


def user_owns(user: Any, recommendation: Recommendation) -> bool:
    return bool(recommendation.owner_id == user.pk)


def has_owned(user: Any, recommendation: Recommendation) -> bool:
    """Whether it is theirs, or was before a lead gave it to somebody else."""
    if user_owns(user, recommendation):
        return True
    return bool(recommendation.owner_changes.filter(from_owner=user).exists())


def user_can_verify(user: Any, recommendation: Recommendation) -> bool:
    """The lead or a QA officer; never who owns it or has ever owned it (domain.md invariant 3)."""
    return holds(user, Right.VERIFY_RECOMMENDATION) and not has_owned(user, recommendation)


def user_can_pause(user: Any, recommendation: Recommendation) -> bool:
    """The QA office; never the owner, who would silence their own follow-ups (domain.md A45)."""
    return holds(user, Right.FOLLOW_UP) and not user_owns(user, recommendation)


def user_can_supersede(user: Any, recommendation: Recommendation) -> bool:
    """A lead; never the owner, who would end what is asked of themselves."""
    return user_can_issue(user) and not user_owns(user, recommendation)


def user_can_decide_extension(user: Any, recommendation: Recommendation) -> bool:
    """The lead; a board member where it goes beyond one service; never an owner (domain.md E5)."""
    if has_owned(user, recommendation):
        return False
    if recommendation.is_of_the_board:
        return bool(user.has_role(Role.BOARD_MEMBER))
    return user_can_issue(user)


def user_can_decide_non_acceptance(user: Any, recommendation: Recommendation) -> bool:
    """A senior manager who may read it; never an owner."""
    if not user.has_role(Role.SENIOR_MANAGER) or has_owned(user, recommendation):
        return False
    return Recommendation.objects.visible_to(user).filter(pk=recommendation.pk).exists()


def user_can_see_follow_ups(user: Any, recommendation: Recommendation) -> bool:
    """The QA office, the owner, who manages the owner, and senior managers of what they may read (E7)."""
    if holds(user, Right.FOLLOW_UP) or user_owns(user, recommendation):
        return True
    if user.has_role(Role.SENIOR_MANAGER):
        return True
    return bool(recommendation.owner.line_manager_id == user.pk)
