"""Who may do what with packs (domain.md E7, row “Presentation pack builder”)."""

from typing import Any

from django.db.models import Q, QuerySet

from audit_pages.packs.models import Pack
from learning.people.models import StaffMember
from learning.people.roles import Role

MAKING_ROLES = (
    Role.FRONT_LINE,
    Role.LINE_MANAGER,
    Role.LEAD_QA,
    Role.QA_OFFICER,
    Role.AUDIT_ADMIN,
    Role.SENIOR_MANAGER,
    Role.EDITOR,
)
READING_ROLES = (*MAKING_ROLES, Role.BOARD_MEMBER)
"""Board members read what is shared with them. IT support and information governance have no part."""


def user_can_make_packs(user: Any) -> bool:
    return user.is_authenticated and user.may_read_learning and user.has_role(*MAKING_ROLES)


def user_can_read_packs(user: Any) -> bool:
    return user.is_authenticated and user.may_read_learning and user.has_role(*READING_ROLES)


def packs_visible_to(user: Any) -> QuerySet[Pack]:
    """One's own packs, and those shared with this person."""
    if not user_can_read_packs(user):
        return Pack.objects.none()
    mine = Q(owner=user)
    shared = Q(
        pk__in=user.packs_shared_with_me.through.objects.filter(staffmember=user).values("pack")
    )
    return Pack.objects.filter(mine | shared)


def packs_editable_by(user: Any) -> QuerySet[Pack]:
    """One's own, while one's role makes packs. Nobody edits another person's pack."""
    if not user_can_make_packs(user):
        return Pack.objects.none()
    return Pack.objects.filter(owner=user)


def possible_readers(pack: Pack) -> QuerySet[StaffMember]:
    """Colleagues with whom the pack may be shared: at work, and with a role that reads packs."""
    names = [role.label for role in READING_ROLES]
    return (
        StaffMember.objects.filter(is_active=True, groups__name__in=names)
        .exclude(pk=pack.owner_id)
        .distinct()
    )
