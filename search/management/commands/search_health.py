"""Say how search is; fail when it is unwell, so that a timer can raise the alarm."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.rebuilding.health import look


class Command(BaseCommand):
    help = "What waits, what is parked, which index is read. Exit code 1 when something is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        health = look()
        if options["json"]:
            self.stdout.write(json.dumps(health.as_json(), indent=2))
        else:
            self.stdout.write(
                f"{health.documents} documents, {health.waiting} waiting "
                f"({health.lag_seconds:.0f} s), {health.parked} parked; engine {health.engine}"
            )
            for problem in health.problems:
                self.stderr.write(problem)
        if not health.is_well:
            sys.exit(1)
