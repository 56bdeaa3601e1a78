"""`end_reply_times`: submissions go on when the worker's days to reply are over. Run by the timer."""

from typing import Any

from django.core.management.base import BaseCommand

from learning.submissions.finishing import end_overdue_reply_times


class Command(BaseCommand):
    help = "Lets submissions go on whose worker's time to reply is over; twice does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{end_overdue_reply_times()} submissions go on without a reply.")
