"""Registers of the editors' desk that are read there and changed nowhere but by the steps of their room."""

from typing import Any, ClassVar

from django.contrib.admin.options import IncorrectLookupParameters
from django.db import models
from django.http import Http404, HttpRequest
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

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


class RegisterView(IndexView):
    """The list, on the screen only, filtered by the register's own filters alone.

    Of an address such as `?owner__password__startswith=a` modeladmin would take every part for a filter, so
    that the number of lines told what stands in a text, or in another table, letter by letter.
    """

    FORMATS = ()

    def get_filters(self, request: HttpRequest) -> tuple[list[Any], bool, dict[str, Any], bool]:
        filters, has_filters, _others, is_distinct = super().get_filters(request)
        return filters, has_filters, {}, is_distinct

    def get_queryset(self, request: HttpRequest | None = None) -> models.QuerySet[Any]:
        try:
            return super().get_queryset(request)
        except IncorrectLookupParameters as error:
            raise Http404 from error


class Register(ModelAdmin):
    """A list in the desk: no export, no history, no page for one line."""

    index_view_class = RegisterView
    list_export = ()
    history_view_enabled = False
    inspect_view_enabled = False

    def register_indexing(self) -> None:
        """Wagtail keeps no index of whom these rows point at: the page of a colleague's account would tell IT
        support that there is a private letter to them."""
