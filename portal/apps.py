"""What knows everyone: settings, urls, health, the demo."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        from portal.exports import guard_every_export

        guard_every_export()
