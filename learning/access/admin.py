"""The access log in the editors' desk: read by leads and information governance, changed by nobody."""

from typing import Any

from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin

from learning.access.models import AccessEvent
from learning.people.roles import Role


class AccessLogPermissionHelper(PermissionHelper):
    """Reading only, whatever else somebody may do (domain.md E7)."""

    def user_has_any_permissions(self, user: Any) -> bool:
        return user.has_role(Role.LEAD_QA, Role.INFORMATION_GOVERNANCE)

    def user_can_list(self, user: Any) -> bool:
        return self.user_has_any_permissions(user)

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: AccessEvent) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: AccessEvent) -> bool:
        return False

    def user_can_inspect_obj(self, user: Any, obj: AccessEvent) -> bool:
        """The list says it all: there is no page for one row, and so no button to it."""
        return False


class AccessEventAdmin(ModelAdmin):
    """Who looked at what, and who was refused. Ids only."""

    model = AccessEvent
    base_url_path = "access-log"
    menu_label = "Access log"
    menu_icon = "history"
    menu_order = 900
    list_display = ("happened_at", "user_id", "action", "object_type", "object_id")
    list_filter = ("action", "object_type")
    list_export = ()
    history_view_enabled = False
    inspect_view_enabled = False
    permission_helper_class = AccessLogPermissionHelper
