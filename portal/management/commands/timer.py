"""`timer`: what is due, every minute."""

import logging
import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

logger = logging.getLogger("portal.timer")

JOBS = ["publish_scheduled", "expire_grants", "search_drain"]
"""Commands that are safe to run twice or late, in order."""


class Command(BaseCommand):
    help = "Publishes and expires what is scheduled and brings the index up to date, every minute."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Run what is due and stop.")
        parser.add_argument("--seconds", type=int, default=60, help="Pause between two rounds.")

    def handle(self, *args: Any, **options: Any) -> None:
        self.run_due()
        while not options["once"]:
            time.sleep(options["seconds"])
            close_old_connections()
            self.run_due()

    def run_due(self) -> None:
        """Every job once; one that fails is reported and does not keep the others from running."""
        for job in JOBS:
            try:
                call_command(job, stdout=self.stdout, verbosity=0)
            except Exception:
                logger.exception("The timer's job %s failed; it runs again in the next round.", job)
