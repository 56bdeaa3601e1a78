"""`expire_grants`: take away what has run out."""

from typing import Any

from django.core.management.base import BaseCommand

from learning.submissions.grants import expire_grants


class Command(BaseCommand):
    help = "Removes grants of restricted material that have run out. Safe to run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        count = expire_grants()
        if count or options["verbosity"] > 1:
            self.stdout.write(f"{count} grants had run out and were removed.")
