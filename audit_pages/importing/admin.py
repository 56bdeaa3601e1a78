"""The room's places in the Wagtail admin: its addresses and its entry in the menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from audit_pages.importing import theme_views, views
from audit_pages.importing.permissions import user_can_import

app_name = "imports"
urlpatterns = [
    path("", views.batches, name="batches"),
    path("new/", views.upload, name="upload"),
    path("themes/", theme_views.themes, name="themes"),
    path("themes/again/", theme_views.suggest_anew, name="suggest_anew"),
    path("<int:batch_id>/", views.batch, name="batch"),
    path("<int:batch_id>/rejected.csv", views.rejected, name="rejected"),
    path("<int:batch_id>/go-on/", views.go_on, name="go_on"),
    path("<int:batch_id>/approve/", views.approve, name="approve"),
    path("<int:batch_id>/reject/", views.reject, name="reject"),
    path("<int:batch_id>/withdraw/", views.withdraw, name="withdraw"),
]


class ImportsMenu(SubmenuMenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_import(request.user)


@hooks.register("register_admin_urls")
def import_urls() -> list[Any]:
    return [path("imports/", include((urlpatterns, app_name), namespace="imports"))]


@hooks.register("register_admin_menu_item")
def imports_menu_item() -> MenuItem:
    entries = [
        MenuItem("Files loaded", reverse("imports:batches"), icon_name="download", order=10),
        MenuItem("Load a file", reverse("imports:upload"), icon_name="plus", order=20),
        MenuItem("Suggested themes", reverse("imports:themes"), icon_name="tag", order=30),
    ]
    return ImportsMenu("Imports", Menu(items=entries), icon_name="download", order=450)
