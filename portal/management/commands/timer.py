"""`timer`: what is due, every minute, and once a night."""

import logging
import time
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

logger = logging.getLogger("portal.timer")

Jobs = Mapping[str, Mapping[str, Any]]
"""Commands with their options, in order. Each is safe to run twice or late."""

JOBS: Jobs = {
    "publish_scheduled": {},
    "expire_grants": {},
    "end_reply_times": {},
    "send_escalation_alerts": {},
    "send_follow_ups": {},
    "search_drain": {},
}
NIGHTLY: Jobs = {
    "search_reconcile": {"fix": True},
    "purge_fruitless": {},
    "forget_unsaved": {},
    "forget_tasks": {},
    "clearsessions": {},
    "dispose": {},
}
NIGHT_BEGINS = 2
"""The hour from which the nightly jobs are due, once a day; also late, when the timer was stopped."""


class Command(BaseCommand):
    help = (
        "Publishes and expires what is scheduled and brings the index up to date, every minute; "
        "compares the index with what is published, every night."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Run what is due and stop.")
        parser.add_argument("--nightly", action="store_true", help="Run the nightly jobs and stop.")
        parser.add_argument("--seconds", type=int, default=60, help="Pause between two rounds.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["nightly"]:
            self.run_jobs(NIGHTLY)
        elif options["once"]:
            self.run_jobs(JOBS)
        else:
            self.run_on(options["seconds"])

    def run_on(self, seconds: int) -> None:
        """Round after round, until the process is stopped."""
        last_night: date | None = None
        while True:
            self.run_jobs(JOBS)
            now = timezone.localtime()
            if nightly_is_due(now, last_night):
                self.run_jobs(NIGHTLY)
                last_night = now.date()
            time.sleep(seconds)
            close_old_connections()

    def run_jobs(self, jobs: Jobs) -> None:
        """Each once; one that fails is reported and does not keep the others from running."""
        for job, options in jobs.items():
            try:
                call_command(job, stdout=self.stdout, verbosity=0, **options)
            except Exception:
                logger.exception("The timer's job %s failed; it runs again in the next round.", job)


def nightly_is_due(now: datetime, last_night: date | None) -> bool:
    """Whether the nightly jobs have not run since the night of this day began."""
    return now.hour >= NIGHT_BEGINS and now.date() != last_night
