"""Tells Wagtail to use our pages for staff."""

from wagtail.users.apps import WagtailUsersAppConfig


class PortalUsersConfig(WagtailUsersAppConfig):
    user_viewset = "learning.people.wagtail_users.StaffViewSet"
