"""The published side of the house: pages, publishing, packs."""

from django.apps import AppConfig


class AuditPagesConfig(AppConfig):
    name = "audit_pages"
    verbose_name = "Published learning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from audit_pages.pages import cycle_keeping, letter_keeping, question_sets, readings
        from audit_pages.publishing import receivers

        receivers.connect()
        readings.connect()
        question_sets.connect()
        cycle_keeping.connect()
        letter_keeping.connect()
