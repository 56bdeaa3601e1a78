"""The access log in the editors' desk: read by leads and information governance, changed by nobody."""

from learning.access.matrix import Right
from learning.access.models import AccessEvent
from learning.access.registers import ReadOnlyRegister, Register


class AccessLogHelper(ReadOnlyRegister):
    right = Right.ACCESS_LOG


class AccessEventAdmin(Register):
    """Who looked at what, and who was refused. Ids only."""

    model = AccessEvent
    base_url_path = "access-log"
    menu_label = "Access log"
    menu_icon = "history"
    menu_order = 900
    list_display = ("happened_at", "user_id", "action", "object_type", "object_id")
    list_filter = ("action", "object_type")
    permission_helper_class = AccessLogHelper
