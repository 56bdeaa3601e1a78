"""Compare what is published with what is indexed; nightly."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.contract import EngineUnavailable
from search.ledger.draining import drain
from search.ledger.reconciling import find_differences, forget_tombstones, put_right


class Command(BaseCommand):
    help = "Count pages that are missing from the index, left over, out of date, or open to others."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--fix", action="store_true", help="bring every page at fault up to date"
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            differences = find_differences()
            marked = put_right(differences) if options["fix"] else 0
        except EngineUnavailable as away:
            raise CommandError(f"Elasticsearch does not answer: {away}.") from None
        if options["fix"]:
            forget_tombstones()
            drain()
        report = {found.place: found.counts() for found in differences}
        if options["json"]:
            self.stdout.write(json.dumps({"places": report, "marked": marked}))
        else:
            for place, counts in report.items():
                said = ", ".join(f"{count} {fault}" for fault, count in counts.items())
                self.stdout.write(f"{place}: {said}")
        if not options["fix"] and any(found.page_ids for found in differences):
            sys.exit(1)
