"""The ten role groups (domain.md C2, E7). Auditor and auditee are relations to a cycle, not groups."""

from django.db import models


class Role(models.TextChoices):
    """A role's code; its label is the name of the group that carries it."""

    FRONT_LINE = "front_line", "Front-line staff"
    LINE_MANAGER = "line_manager", "Line managers"
    LEAD_QA = "lead_qa", "Lead managers QA"
    QA_OFFICER = "qa_officer", "QA officers"
    AUDIT_ADMIN = "audit_admin", "Audit administrators"
    IT_SUPPORT = "it_support", "IT support"
    SENIOR_MANAGER = "senior_manager", "Senior managers"
    BOARD_MEMBER = "board_member", "Board members"
    EDITOR = "editor", "Editors"
    INFORMATION_GOVERNANCE = "information_governance", "Information governance"


READING_ROLES = frozenset(Role) - {Role.IT_SUPPORT}
"""Roles that read published learning. IT support's work gives no reading (domain.md E7)."""

DESK_ROLES = frozenset(
    {
        Role.EDITOR,
        Role.LEAD_QA,
        Role.QA_OFFICER,
        Role.AUDIT_ADMIN,
        Role.IT_SUPPORT,
        Role.INFORMATION_GOVERNANCE,
    }
)
"""Roles with the editors' desk (Wagtail's admin); what they find there differs."""
