"""Search reads what `audit_pages` publishes; nothing below it knows that it is there."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        from search import receivers

        receivers.connect()
