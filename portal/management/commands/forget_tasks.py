"""`forget_tasks`: the rows of tasks that ended long ago."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend


class Command(BaseCommand):
    help = (
        "Deletes the rows of tasks that ended PORTAL_TASKS_KEPT_DAYS ago, and of those that failed "
        "PORTAL_FAILED_TASKS_KEPT_DAYS ago. Each page that is saved leaves some."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Nothing, where tasks run at once and leave no rows."""
        if isinstance(task_backends["default"], DatabaseBackend):
            call_command(
                "prune_db_task_results",
                queue_name="*",
                min_age_days=settings.PORTAL_TASKS_KEPT_DAYS,
                failed_min_age_days=settings.PORTAL_FAILED_TASKS_KEPT_DAYS,
                verbosity=options["verbosity"],
            )
