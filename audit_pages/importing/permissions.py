"""Who may load findings, and who may let them go live (domain.md E7)."""

from typing import Any

from audit_pages.importing.models import ImportBatch
from learning.people.roles import Role


def user_can_import(user: Any) -> bool:
    """Editors and lead managers load files and sort out themes."""
    return user.may_sign_in and user.has_role(Role.EDITOR, Role.LEAD_QA)


def user_can_decide(user: Any) -> bool:
    """Lead managers approve, reject and withdraw what somebody else loaded."""
    return user.may_sign_in and user.has_role(Role.LEAD_QA)


def user_can_approve_batch(user: Any, batch: ImportBatch) -> bool:
    """A lead manager, unless they loaded it themselves."""
    return user_can_decide(user) and user.pk != batch.imported_by_id


def user_can_reject_batch(user: Any, batch: ImportBatch) -> bool:
    """A lead manager; and whoever loaded it may take their own drafts back."""
    return user_can_decide(user) or (user_can_import(user) and user.pk == batch.imported_by_id)
