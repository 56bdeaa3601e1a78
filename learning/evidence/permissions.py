"""Who may see, write and share evidence notes. Being a superuser opens nothing here."""

from typing import Any

from wagtail_modeladmin.helpers import PermissionHelper

from learning.evidence.models import EvidenceNote
from learning.people.roles import Role


def user_can_write_evidence_notes(user: Any) -> bool:
    """The QA office: leads and QA officers (domain.md E7)."""
    return user.is_authenticated and user.has_role(Role.LEAD_QA, Role.QA_OFFICER)


def user_can_view_evidence_note(user: Any, note: EvidenceNote) -> bool:
    """The QA office, and those with a running grant."""
    return EvidenceNote.objects.visible_to(user).filter(pk=note.pk).exists()


class EvidencePermissionHelper(PermissionHelper):
    """Asks our questions for every view of the register: edit and inspect skip the queryset."""

    def user_has_any_permissions(self, user: Any) -> bool:
        return user_can_write_evidence_notes(user) or EvidenceNote.objects.visible_to(user).exists()

    def user_can_list(self, user: Any) -> bool:
        return self.user_has_any_permissions(user)

    def user_can_create(self, user: Any) -> bool:
        return user_can_write_evidence_notes(user)

    def user_can_edit_obj(self, user: Any, obj: EvidenceNote) -> bool:
        return user_can_write_evidence_notes(user)

    def user_can_delete_obj(self, user: Any, obj: EvidenceNote) -> bool:
        return False

    def user_can_inspect_obj(self, user: Any, obj: EvidenceNote) -> bool:
        return user_can_view_evidence_note(user, obj)
