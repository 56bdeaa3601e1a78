"""Registers of the editors' desk that are read there and changed nowhere but by the steps of their room."""

from typing import Any, ClassVar

from wagtail_modeladmin.helpers import PermissionHelper

from learning.access.doors import holds
from learning.access.matrix import Right


class ReadOnlyRegister(PermissionHelper):
    """The list for those who hold `right`; nothing to make, change, delete or open, superusers included."""

    right: ClassVar[Right]

    def user_has_any_permissions(self, user: Any) -> bool:
        return holds(user, self.right)

    def user_can_list(self, user: Any) -> bool:
        return holds(user, self.right)

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return False
